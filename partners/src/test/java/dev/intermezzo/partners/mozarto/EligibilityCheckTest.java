package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.buyer;
import static dev.intermezzo.partners.mozarto.Examples.payIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozarto.EligibilityCheck.Eligibility;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EligibilityCheckTest {

    private static final ProviderOperation PAYONE = payIn("PAYONE");

    @Test
    void complete_details_leave_nothing_to_ask() {
        assertThat(EligibilityCheck.missing(PAYONE, buyer())).isEmpty();
    }

    @Test
    void who_demands_the_user_token_serves_no_account_with_session_tokens_unless_that_is_confirmed() {
        ProviderOperation forumPay = payIn("FORUMPAY");
        Set<String> needed = forumPay.neededToRoute();
        Set<String> andMore = new HashSet<>(needed);
        andMore.add("forumpay-takes-session-token");

        assertThat(eligibility(forumPay, needed, UserContextMode.TOKEN)).isInstanceOf(Eligibility.Eligible.class);
        assertThat(eligibility(forumPay, needed, UserContextMode.SESSION))
                .isEqualTo(new Eligibility.NotEligible(EligibilityCheck.Reason.USER_CONTEXT));
        assertThat(eligibility(forumPay, andMore, UserContextMode.SESSION)).isInstanceOf(Eligibility.Eligible.class);
        assertThat(needed).doesNotContain("forumpay-takes-session-token");
    }

    @Test
    void whoever_takes_either_serves_an_account_with_session_tokens() {
        assertThat(eligibility(payIn("TRUST"), payIn("TRUST").neededToRoute(), UserContextMode.SESSION))
                .isInstanceOf(Eligibility.Eligible.class);
    }

    @Test
    void nothing_that_could_be_confirmed_lets_emerchantpay_take_a_session_token() {
        ProviderOperation operation = payIn("EMERCHANTPAY");

        assertThat(operation.userContext()).isEqualTo(ProviderOperation.UserContext.USER_TOKEN);
        assertThat(operation.takes(UserContextMode.SESSION, Set.of("emerchantpay-takes-session-token")))
                .isFalse();
    }

    private static Eligibility eligibility(ProviderOperation operation, Set<String> confirmed, UserContextMode mode) {
        return EligibilityCheck.check(
                operation,
                Money.parse("EUR 10.00"),
                buyer().with(BuyerField.COUNTRY_CODE, "DE"),
                new AccountSettings(confirmed, Map.of(), List.of(), mode));
    }

    @Test
    void everything_unknown_is_asked_once_and_in_the_forms_order() {
        List<FieldProblem> problems = EligibilityCheck.missing(PAYONE, BuyerDetails.none());

        assertThat(problems)
                .extracting(FieldProblem::name)
                .containsExactly("email", "firstName", "lastName", "phone", "countryCode");
        assertThat(problems).extracting(FieldProblem::code).containsOnly(FieldProblem.Code.MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "phone,12345,too-short",
        "phone,+1 234 5,too-short",
        "phone,1234567890123456,too-long",
        "phone,call me,invalid",
        "phone,416+5550142,invalid",
        "phone,٤١٦٥٥٥٠١٤٢,invalid",
        "email,maya,invalid",
        "email,maya@localhost,invalid",
        "email,maya tremblay@example.com,invalid",
        "email,a@b@example.com,invalid",
        "countryCode,Canada,invalid",
        "countryCode,XX,invalid",
        "countryCode,12,invalid",
    })
    void a_detail_that_would_be_refused_is_named_with_its_problem(String field, String value, String code) {
        BuyerDetails buyer = buyer().with(BuyerField.ofKey(field).orElseThrow(), value);

        List<FieldProblem> problems = EligibilityCheck.missing(PAYONE, buyer);

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().name()).isEqualTo(field);
        assertThat(problems.getFirst().code()).hasToString(code);
    }

    @Test
    void a_line_break_in_a_name_is_refused() {
        BuyerDetails buyer = buyer().with(BuyerField.FIRST_NAME, "Ma\nya");

        assertThat(EligibilityCheck.missing(PAYONE, buyer))
                .containsExactly(new FieldProblem("firstName", FieldProblem.Code.INVALID));
    }

    @Test
    void an_overlong_name_is_refused() {
        BuyerDetails buyer = buyer().with(BuyerField.LAST_NAME, "x".repeat(201));

        assertThat(EligibilityCheck.missing(PAYONE, buyer))
                .containsExactly(new FieldProblem("lastName", FieldProblem.Code.TOO_LONG));
    }

    @ParameterizedTest
    @CsvSource({"4165550142,", "14165550142,", "+1 416-555-0142,", "+44 1234 567890,invalid", "1165550142,invalid"})
    void gigadat_takes_north_american_numbers_only(String phone, @Nullable String code) {
        BuyerDetails buyer = buyer().with(BuyerField.PHONE, phone).with(BuyerField.IP_ADDRESS, "192.0.2.1");

        Optional<String> problem = EligibilityCheck.missing(payIn("GIGADAT"), buyer).stream()
                .map(each -> each.name() + " " + each.code())
                .findFirst();

        assertThat(problem).isEqualTo(Optional.ofNullable(code).map(text -> "phone " + text));
    }

    @Test
    void the_details_form_and_the_eligibility_speak_with_one_voice() {
        BuyerDetails withoutPhone = buyer().with(BuyerField.PHONE, "");
        Money amount = Money.parse("CAD 25.00");

        var before = EligibilityCheck.check(PAYONE, amount, withoutPhone, AccountSettings.DEFAULTS);
        var after = EligibilityCheck.check(
                PAYONE,
                amount,
                withoutPhone.updatedBy(BuyerDetails.none().with(BuyerField.PHONE, "416 555 0142")),
                AccountSettings.DEFAULTS);

        assertThat(before)
                .isEqualTo(
                        new EligibilityCheck.Eligibility.NeedsDetails(EligibilityCheck.missing(PAYONE, withoutPhone)));
        assertThat(after).isEqualTo(new EligibilityCheck.Eligibility.Eligible());
    }

    @Property
    void whatever_the_buyer_types_the_check_answers_and_an_accepted_value_can_be_sent(@ForAll String typed) {
        for (BuyerField field : EligibilityCheck.TOKEN_CLAIMS) {
            BuyerDetails buyer = buyer().with(field, typed);
            boolean accepted = EligibilityCheck.missing(PAYONE, buyer).isEmpty();

            CashierRequest.Result result = CashierRequest.payIn(
                    PAYONE, new PayIn(Money.parse("CAD 1.00"), buyer, "u", "r", AccountSettings.DEFAULTS, null, true));

            assertThat(result instanceof CashierRequest.Result.Ready).isEqualTo(accepted);
        }
    }
}
