package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.bytes;
import static dev.intermezzo.partners.mozarto.Examples.payIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FORUMPAY and TRUST: what is sent, what is understood, and what their webhooks mean. */
class AssumedProvidersTest {

    private static final Money TEN_EUROS = Money.parse("EUR 10.00");
    private static final String RETURN = "https://pay.example.com/return/a-token";
    private static final AccountSettings FORUMPAY = new AccountSettings(
            Set.of("forumpay-request-as-in-example", "forumpay-page-in-data-url", "forumpay-webhook-repeats-user-id"),
            Map.of(),
            List.of());
    private static final AccountSettings TRUST = new AccountSettings(
            Set.of("trust-request-as-in-example", "trust-page-in-data", "trust-webhook-says-status"),
            Map.of(AccountSettings.RETURN_ADDRESS, RETURN),
            List.of());

    private static CashierRequest.Result request(String psp, AccountSettings settings, BuyerDetails buyer) {
        return CashierRequest.payIn(
                payIn(psp), new PayIn(TEN_EUROS, buyer, "user-1", "reference-1", settings, null, true));
    }

    private static JsonNode body(String psp, AccountSettings settings, BuyerDetails buyer) {
        CashierRequest.Result result = request(psp, settings, buyer);
        return Examples.tree(((CashierRequest.Result.Ready) result).request().body());
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @CsvSource({"FORUMPAY", "TRUST"})
    void nothing_is_sent_before_the_account_confirmed_what_is_assumed(String psp) {
        assertThat(request(psp, AccountSettings.DEFAULTS, Examples.buyer()))
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_ROUTABLE));
    }

    @Test
    void the_request_of_forumpay_has_the_fields_and_the_order_of_its_example() {
        JsonNode body = body("FORUMPAY", FORUMPAY, Examples.buyer());

        assertThat(names(body)).isEqualTo(names(Examples.tree(bytes("payin-forumpay-request"))));
        assertThat(body.path("country").asText()).isEqualTo("CA");
        assertThat(body.path("currency").asText()).isEqualTo("EUR");
        assertThat(body.path("userId").asText()).isEqualTo("user-1");
    }

    @Test
    void our_reference_is_sent_to_forumpay_once_the_account_says_that_it_may() {
        AccountSettings confirmed = new AccountSettings(
                Set.copyOf(payIn("FORUMPAY").assumptions().stream()
                        .map(ProviderOperation.Assumption::name)
                        .toList()),
                Map.of(),
                List.of());

        assertThat(body("FORUMPAY", confirmed, Examples.buyer())
                        .path("merchantReference")
                        .asText())
                .isEqualTo("reference-1");
    }

    @Test
    void the_request_of_trust_has_its_examples_fields_the_prefill_and_the_payments_own_return_address() {
        JsonNode body = body("TRUST", TRUST, Examples.buyer());

        assertThat(names(body))
                .containsExactly(
                        "pspType",
                        "type",
                        "currency",
                        "baseamount",
                        "merchantReference",
                        "userId",
                        "firstName",
                        "lastName",
                        "email",
                        "phone",
                        "countryCode",
                        "hppSuccessUrl",
                        "hppFailureUrl")
                .containsAll(names(Examples.tree(bytes("payin-trust-request"))));
        assertThat(body.path("hppSuccessUrl").asText()).isEqualTo(RETURN);
        assertThat(body.path("hppFailureUrl").asText()).isEqualTo(RETURN);
        assertThat(body.path("phone").asText()).isEqualTo("+14165550142");
    }

    @Test
    void card_data_is_no_field_that_trust_could_be_sent() {
        assertThat(payIn("TRUST").fields()).extracting(FieldRule::name).doesNotContain("card", "pan", "expiry", "cvv");
    }

    @Test
    void without_a_return_address_trust_uses_the_one_of_the_back_office() {
        AccountSettings none = new AccountSettings(TRUST.confirmedAssumptions(), Map.of(), List.of());

        assertThat(names(body("TRUST", none, Examples.buyer()))).doesNotContain("hppSuccessUrl", "hppFailureUrl");
    }

    @ParameterizedTest
    @CsvSource({
        "FORUMPAY,countryCode,'',MISSING",
        "FORUMPAY,countryCode,XX,INVALID",
        "FORUMPAY,email,'',MISSING",
        "FORUMPAY,email,no address,INVALID",
        "FORUMPAY,firstName,'',MISSING",
        "FORUMPAY,phone,'',MISSING",
        "TRUST,phone,12345,TOO_SHORT",
        "TRUST,phone,+1234567890123456,TOO_LONG",
        "TRUST,phone,not a number,INVALID",
        "TRUST,countryCode,'',MISSING",
        "TRUST,lastName,'',MISSING",
        "TRUST,email,'',MISSING",
    })
    void what_the_field_rules_or_the_user_token_lack_is_asked_of_the_buyer(
            String psp, String field, String value, FieldProblem.Code code) {
        BuyerDetails buyer = Examples.buyer().with(BuyerField.ofKey(field).orElseThrow(), value);

        assertThat(request(psp, psp.equals("TRUST") ? TRUST : FORUMPAY, buyer))
                .isInstanceOfAny(CashierRequest.Result.Incomplete.class, CashierRequest.Result.Ready.class);
        assertThat(EligibilityCheck.missing(payIn(psp), buyer)).containsExactly(new FieldProblem(field, code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"isSuccess\":true,\"data\":{\"paymentUrl\":\"https://p.example/1\",\"transactionId\":\"t-1\"}}",
                "{\"isSuccess\":true,\"paymentUrl\":\"https://p.example/1\",\"transactionId\":\"t-1\"}",
            })
    void trusts_page_and_transaction_are_found_wherever_the_answer_puts_them(String answer) {
        CashierReading reading =
                CashierAnswer.read(payIn("TRUST"), 200, "application/json", answer.getBytes(StandardCharsets.UTF_8));

        assertThat(reading)
                .isEqualTo(new CashierReading.PageOpened("https://p.example/1", List.of("t-1"), null, null, null));
    }

    @Test
    void the_page_of_forumpay_is_found_in_an_answer_that_names_no_transaction() {
        CashierReading reading =
                CashierAnswer.read(payIn("FORUMPAY"), 200, "application/json", bytes("payin-generic-response-200"));

        assertThat(reading).isInstanceOfSatisfying(CashierReading.PageOpened.class, page -> {
            assertThat(page.transactionIds()).isEmpty();
            assertThat(payIn("FORUMPAY").userId()).isEqualTo(UserIdMode.PER_ATTEMPT);
        });
    }

    @Test
    void the_user_id_that_forumpay_is_told_leads_back_from_its_webhook() {
        PaymentAttempt attempt =
                new PaymentAttempt("demo-shop", UUID.fromString("11111111-2222-4333-8444-555555555555"), 3);
        String webhook = new String(bytes("webhook-generic"), StandardCharsets.UTF_8)
                .replace("user_123", UserId.perAttempt(attempt));

        CashierWebhook read = (CashierWebhook) WebhookReading.of(webhook.getBytes(StandardCharsets.UTF_8));

        assertThat(UserId.attemptOf(Objects.requireNonNull(read.userId()))).contains(attempt);
    }

    @ParameterizedTest
    @CsvSource({"FORUMPAY", "TRUST"})
    void the_general_webhook_confirms_the_money_that_was_asked_and_no_other(String psp) {
        CashierWebhook webhook = (CashierWebhook) WebhookReading.of(bytes("webhook-generic"));

        assertThat(MoneyMatch.of(Money.parse("EUR 100.00"), payIn(psp), webhook))
                .isEqualTo(new MoneyMatch.Matches());
        assertThat(MoneyMatch.of(Money.parse("EUR 100.01"), payIn(psp), webhook))
                .isEqualTo(new MoneyMatch.Differs(MoneyMatch.How.LESS));
        assertThat(MoneyMatch.of(Money.parse("USD 100.00"), payIn(psp), webhook))
                .isEqualTo(new MoneyMatch.Differs(MoneyMatch.How.CURRENCY));
    }

    @ParameterizedTest
    @CsvSource({"FORUMPAY", "TRUST"})
    void a_webhook_without_currency_is_no_confirmation(String psp) {
        CashierWebhook webhook = (CashierWebhook) WebhookReading.of(bytes("webhook-payone"));

        assertThat(MoneyMatch.of(TEN_EUROS, payIn(psp), webhook))
                .isEqualTo(new MoneyMatch.Missing(MoneyMatch.What.CURRENCY));
    }

    @ParameterizedTest
    @CsvSource({"FORUMPAY", "TRUST"})
    void the_page_may_only_be_where_the_account_says(String psp) {
        AccountSettings listed = new AccountSettings(Set.of(), Map.of(), List.of("pay.example.com"));

        assertThat(RedirectPolicy.of(payIn(psp), AccountSettings.DEFAULTS, false)
                        .judge("https://pay.example.com/1"))
                .isInstanceOf(RedirectVerdict.Refused.class);
        assertThat(RedirectPolicy.of(payIn(psp), listed, false).judge("https://pay.example.com/1"))
                .isInstanceOf(RedirectVerdict.Allowed.class);
    }
}
