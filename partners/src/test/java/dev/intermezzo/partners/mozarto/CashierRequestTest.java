package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.buyer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CashierRequestTest {

    private static final ProviderOperation PAYONE = Examples.payIn("PAYONE");

    static PayIn payIn(String amount) {
        return payIn(Money.parse("CAD " + amount), buyer(), AccountSettings.DEFAULTS);
    }

    private static PayIn payIn(Money amount, BuyerDetails buyer, AccountSettings settings) {
        return new PayIn(amount, buyer, "user-1", "reference-1", settings, null, true);
    }

    @Test
    void a_pay_in_of_payone_is_written_byte_for_byte() {
        String body = body(CashierRequest.payIn(PAYONE, payIn("100.00")));

        assertThat(body)
                .isEqualTo("{\"pspType\":\"PAYONE\",\"type\":\"PAYIN\",\"baseamount\":100.00,\"currency\":\"CAD\","
                        + "\"currencyCode\":\"CAD\",\"userId\":\"user-1\",\"email\":\"maya.tremblay@example.com\","
                        + "\"firstName\":\"Maya\",\"lastName\":\"Tremblay\",\"phone\":\"14165550142\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "0.01,0.01",
        "0.50,0.50",
        "100,100.00",
        "100.5,100.50",
        "1000000.00,1000000.00",
        "999999999999.99,999999999999.99"
    })
    void the_amount_is_a_plain_literal_with_two_decimals(String amount, String literal) {
        String body = body(CashierRequest.payIn(PAYONE, payIn(amount)));

        assertThat(body).contains("\"baseamount\":" + literal + ",");
    }

    @Property
    void every_amount_is_written_with_its_own_digits_and_no_exponent(
            @ForAll @LongRange(min = 1, max = 99_999_999_999_999L) long cents) {
        String body = body(CashierRequest.payIn(
                PAYONE, payIn(Money.ofMinor(CurrencyUnit.CAD, cents), buyer(), AccountSettings.DEFAULTS)));

        assertThat(body).contains("\"baseamount\":" + cents / 100 + "." + String.format("%02d", cents % 100) + ",");
    }

    @Test
    void brand_reference_and_test_mode_are_sent_where_they_are_known_to_be_taken() {
        AccountSettings confirmed = new AccountSettings(
                Set.of("payone-takes-merchant-reference", "payone-takes-test-mode"), Map.of(), List.of());

        String body = body(CashierRequest.payIn(
                PAYONE, new PayIn(Money.parse("CAD 1.00"), buyer(), "u", "reference-1", confirmed, "brand-7", true)));

        assertThat(body)
                .endsWith(",\"brandId\":\"brand-7\",\"merchantReference\":\"reference-1\",\"isTestMode\":true}");
    }

    @Test
    void a_name_of_any_script_arrives_as_it_is() {
        BuyerDetails buyer = buyer().with(BuyerField.LAST_NAME, "Bērziņa \"Ό\" 張 🎻");

        String body =
                body(CashierRequest.payIn(PAYONE, payIn(Money.parse("CAD 1.00"), buyer, AccountSettings.DEFAULTS)));
        JsonNode read = Examples.tree(body.getBytes(StandardCharsets.UTF_8));

        assertThat(read.path("lastName").asText()).isEqualTo("Bērziņa \"Ό\" 張 🎻");
    }

    @Test
    void missing_details_are_named_and_their_values_are_not() {
        BuyerDetails buyer = BuyerDetails.of("maya.tremblay@example.com", "Maya", " ", "12 34", "");

        CashierRequest.Result result =
                CashierRequest.payIn(PAYONE, payIn(Money.parse("CAD 1.00"), buyer, AccountSettings.DEFAULTS));

        assertThat(result)
                .isEqualTo(new CashierRequest.Result.Incomplete(List.of(
                        new FieldProblem("lastName", FieldProblem.Code.MISSING),
                        new FieldProblem("phone", FieldProblem.Code.TOO_SHORT),
                        new FieldProblem("countryCode", FieldProblem.Code.MISSING))));
        assertThat(buyer.toString())
                .doesNotContain("Maya")
                .doesNotContain("example.com")
                .doesNotContain("1234");
    }

    @Test
    void payone_takes_no_other_currency() {
        CashierRequest.Result result =
                CashierRequest.payIn(PAYONE, payIn(Money.parse("EUR 1.00"), buyer(), AccountSettings.DEFAULTS));

        assertThat(result).isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.CURRENCY));
    }

    @Test
    void no_request_is_written_for_a_provider_that_is_only_described() {
        CashierRequest.Result result = CashierRequest.payIn(Examples.payIn("NEOSURF"), payIn("1.00"));

        assertThat(result).isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_ROUTABLE));
    }

    @Test
    void a_pay_out_is_no_pay_in() {
        assertThatThrownBy(() -> CashierRequest.payIn(Examples.payOut("PAYONE"), payIn("1.00")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_user_id_of_ours_beyond_the_bound_is_a_bug_and_not_sent() {
        PayIn payIn =
                new PayIn(Money.parse("CAD 1.00"), buyer(), "u".repeat(65), "r", AccountSettings.DEFAULTS, null, false);

        assertThatThrownBy(() -> CashierRequest.payIn(PAYONE, payIn)).hasMessageContaining("userId");
    }

    @Test
    void neither_the_request_nor_its_description_prints_the_buyer() {
        PayIn payIn = payIn("1.00");
        CashierRequest request = ((CashierRequest.Result.Ready) CashierRequest.payIn(PAYONE, payIn)).request();

        assertThat(request.toString() + payIn).doesNotContain("Maya").doesNotContain("example.com");
    }

    private static String body(CashierRequest.Result result) {
        byte[] body = ((CashierRequest.Result.Ready) result).request().body();
        return new String(body, StandardCharsets.UTF_8);
    }
}
