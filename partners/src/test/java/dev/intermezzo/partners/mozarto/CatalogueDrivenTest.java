package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.buyer;
import static dev.intermezzo.partners.mozarto.Examples.payoneWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules of a provider file do, shown on copies of PAYONE's file with one thing changed. */
class CatalogueDrivenTest {

    private static final String AMOUNT = "\"source\": \"amount\", \"required\": true";

    @ParameterizedTest
    @CsvSource({"CA,true", "ca,true", "LV,false"})
    void a_country_the_provider_does_not_take_makes_it_not_eligible(String country, boolean eligible) {
        ProviderOperation canadaOnly = payoneWith("\"countries\": []", "\"countries\": [\"CA\"]");

        var result = EligibilityCheck.check(
                canadaOnly,
                Money.parse("CAD 1.00"),
                buyer().with(BuyerField.COUNTRY_CODE, country),
                AccountSettings.DEFAULTS);

        assertThat(result)
                .isEqualTo(
                        eligible
                                ? new EligibilityCheck.Eligibility.Eligible()
                                : new EligibilityCheck.Eligibility.NotEligible(EligibilityCheck.Reason.COUNTRY));
    }

    @Test
    void a_buyer_whose_country_is_unknown_is_asked_instead_of_turned_away() {
        ProviderOperation canadaOnly = payoneWith("\"countries\": []", "\"countries\": [\"CA\"]");

        var result = EligibilityCheck.check(
                canadaOnly,
                Money.parse("CAD 1.00"),
                buyer().with(BuyerField.COUNTRY_CODE, ""),
                AccountSettings.DEFAULTS);

        assertThat(result)
                .isEqualTo(new EligibilityCheck.Eligibility.NeedsDetails(
                        List.of(new FieldProblem("countryCode", FieldProblem.Code.MISSING))));
    }

    @Test
    void a_field_from_the_settings_is_sent_and_its_absence_makes_the_operation_not_eligible() {
        ProviderOperation withSetting = payoneWith(
                "\"name\": \"brandId\", \"source\": \"brand-id\", \"required\": false",
                "\"name\": \"usage\", \"source\": \"setting\", \"required\": true");
        AccountSettings settings = new AccountSettings(Set.of(), Map.of("usage", "Order"), List.of());

        assertThat(CashierRequest.payIn(withSetting, payIn("CAD 1.00", AccountSettings.DEFAULTS)))
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_STATABLE));
        assertThat(body(withSetting, payIn("CAD 1.00", settings))).contains("\"usage\":\"Order\"");
    }

    @Test
    void a_statement_nobody_can_make_truthfully_makes_the_operation_not_eligible() {
        ProviderOperation withStatement = payoneWith(
                "\"name\": \"brandId\", \"source\": \"brand-id\", \"required\": false",
                "\"name\": \"kycVerified\", \"source\": \"unsettled\", \"required\": true");

        assertThat(CashierRequest.payIn(withStatement, payIn("CAD 1.00", AccountSettings.DEFAULTS)))
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_STATABLE));
    }

    @Test
    void a_providers_exact_decimals_are_written_where_they_hold_the_amount() {
        ProviderOperation oneDecimal = payoneWith(AMOUNT, AMOUNT + ", \"decimals\": 1");
        ProviderOperation threeDecimals = payoneWith(AMOUNT, AMOUNT + ", \"decimals\": 3");

        assertThat(body(oneDecimal, payIn("CAD 10.50", AccountSettings.DEFAULTS)))
                .contains("\"baseamount\":10.5,");
        assertThat(body(threeDecimals, payIn("CAD 10.50", AccountSettings.DEFAULTS)))
                .contains("\"baseamount\":10.500,");
        assertThat(CashierRequest.payIn(oneDecimal, payIn("CAD 10.55", AccountSettings.DEFAULTS)))
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.AMOUNT));
    }

    @Test
    void a_yen_amount_has_no_decimals() {
        ProviderOperation yen = payoneWith("\"CAD\"", "\"JPY\"");

        assertThat(body(yen, payIn("JPY 1000", AccountSettings.DEFAULTS)))
                .contains("\"baseamount\":1000,")
                .contains("\"currencyCode\":\"JPY\"");
    }

    @Test
    void an_optional_detail_that_is_bad_is_left_out_instead_of_asked() {
        ProviderOperation optionalAddress = payoneWith(
                "\"name\": \"brandId\", \"source\": \"brand-id\", \"required\": false",
                "\"name\": \"userIp\", \"source\": \"ip-address\", \"required\": false");
        PayIn payIn = new PayIn(
                Money.parse("CAD 1.00"),
                buyer().with(BuyerField.IP_ADDRESS, "not an address"),
                "u",
                "r",
                AccountSettings.DEFAULTS,
                null,
                true);

        assertThat(body(optionalAddress, payIn)).doesNotContain("userIp");
        assertThat(body(
                        optionalAddress,
                        new PayIn(
                                payIn.amount(),
                                buyer().with(BuyerField.IP_ADDRESS, "192.0.2.1"),
                                "u",
                                "r",
                                AccountSettings.DEFAULTS,
                                null,
                                true)))
                .contains("\"userIp\":\"192.0.2.1\"");
    }

    @Test
    void a_provider_of_which_nobody_would_hear_the_outcome_cannot_be_routed_to_whatever_its_file_calls_itself() {
        String silent = Examples.catalogueFile("payone.json").replace("\"expected\": true", "\"expected\": false");

        assertThatThrownBy(() -> catalogue("payone.json", silent))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("may be routed but its outcome would never be known");
        assertThat(Examples.payIn("BRITE").webhook().expected()).isFalse();
        assertThat(Examples.payIn("BRITE").routable(Set.of("brite-no-word"))).isFalse();
    }

    @Test
    void a_silent_provider_is_routed_to_once_its_request_is_known_and_an_operator_confirms_its_silence() {
        ProviderOperation silent = britesRequestRead("assumed");

        assertThat(silent.routable(Set.of())).isFalse();
        assertThat(silent.routable(Set.of("brite-no-word"))).isTrue();
        assertThat(EligibilityCheck.check(
                        silent,
                        Money.parse("EUR 25.00"),
                        buyer(),
                        new AccountSettings(Set.of("brite-no-word"), Map.of(), List.of())))
                .isEqualTo(new EligibilityCheck.Eligibility.Eligible());
    }

    @Test
    void silence_is_never_documented_and_its_assumption_is_named_and_needed() {
        String trust = Examples.catalogueFile("trust.json");

        assertThatThrownBy(() -> britesRequestRead("documented"))
                .hasMessageContaining("would never be known, and no assumption says so");
        assertThatThrownBy(() -> catalogue(
                        "brite.json",
                        Examples.catalogueFile("brite.json").replace("\"silence\": \"", "\"silence\": \"another-")))
                .hasMessageContaining("lets its silence rest on an assumption that is not named");
        assertThatThrownBy(() -> catalogue(
                        "trust.json",
                        trust.replace("\"secret\": \"no\"", "\"secret\": \"no\", \"silence\": \"trust-page-in-data\"")))
                .hasMessageContaining("needs no assumption about silence");
    }

    /** BRITE as its file would be if the document told its request and its answer. */
    private static ProviderOperation britesRequestRead(String readiness) {
        String file = Examples.catalogueFile("brite.json")
                .replace("\"readiness\": \"described\"", "\"readiness\": \"" + readiness + "\"")
                .replace("\"returnAddress\": \"unknown\"", "\"returnAddress\": \"static\"")
                .replace("\"fields\": [],\n        \"hosts\"", "\"fields\": [\"data.url\"],\n        \"hosts\"")
                .replace("{\"name\": \"type\", \"source\": \"operation\", \"required\": true}", """
                        {"name": "type", "source": "operation", "required": true},
                        {"name": "baseamount", "source": "amount", "required": true},
                        {"name": "currency", "source": "currency", "required": true},
                        {"name": "userId", "source": "user-id", "required": true},
                        {"name": "email", "source": "email", "required": true}""");
        return catalogue("brite.json", file)
                .operation(new PspType("BRITE"), Operation.PAYIN)
                .orElseThrow();
    }

    @Test
    void an_assumption_about_session_tokens_is_named_and_only_where_the_user_token_is_demanded() {
        String forumPay = Examples.catalogueFile("forumpay.json");

        assertThatThrownBy(() -> catalogue("forumpay.json", forumPay.replace("\"user-token\"", "\"either\"")))
                .hasMessageContaining("needs no assumption for a session token");
        assertThatThrownBy(() -> catalogue(
                        "forumpay.json",
                        forumPay.replace("\"sessionAssumption\": \"", "\"sessionAssumption\": \"another-")))
                .hasMessageContaining("rest on an assumption that is not named");
    }

    private static ProviderCatalogue catalogue(String name, String file) {
        return ProviderCatalogue.of(new TreeMap<>(Map.of(name, file.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_page_provider_that_calls_a_payment_approved_in_its_answer_is_not_believed() {
        CashierReading reading = CashierAnswer.read(
                Examples.payIn("BRITE"),
                200,
                "application/json",
                "{\"isSuccess\":true,\"data\":{\"transaction_status\":\"Approved\",\"transactionId\":\"t-1\"}}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(reading).isEqualTo(new CashierReading.Accepted(List.of("t-1"), null, null, null, false));
    }

    private static PayIn payIn(String amount, AccountSettings settings) {
        return new PayIn(Money.parse(amount), buyer(), "u", "r", settings, null, true);
    }

    private static String body(ProviderOperation operation, PayIn payIn) {
        CashierRequest.Result result = CashierRequest.payIn(operation, payIn);
        return new String(((CashierRequest.Result.Ready) result).request().body(), StandardCharsets.UTF_8);
    }
}
