package dev.intermezzo.sandbox.cashier;

import static dev.intermezzo.sandbox.cashier.CashierClient.example;
import static dev.intermezzo.sandbox.cashier.CashierClient.names;
import static dev.intermezzo.sandbox.cashier.CashierClient.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each provider behind the simulated Cashier takes, answers and tells, against the documented messages. */
class EveryProviderTest {

    private static final String PHONE = "14165550100";
    private static final String BACK = "http://127.0.0.1:8080/return/sandbox-account";
    private static final String CLEO = """
            {"pspType":"CLEO","type":"PAYIN","baseamount":10000.00,"currency":"MXN","currencyCode":"MXN",
             "userId":"user-1","email":"buyer-1@example.com","firstName":"Maria","lastName":"Example",
             "phone":"525555550100","gender":"female","dob":"1990-01-15","countryCode":"MX","kycVerified":false,
             "blocked":false,"isVelocity":false,"transactionCount":"0","userBalance":0.00,"partnerName":"Demo shop",
             "address":{"line1":"Calle 1","city":"Puebla","state":"PUE","postalCode":"72000","country":"MX"}}
            """;
    private static final String GIGADAT = """
            {"pspType":"GIGADAT","type":"PAYIN","name":"Avery Example","email":"buyer-1@example.com",
             "phone":"14165550100","baseamount":310.00,"userIp":"192.0.2.7","userId":"user-1","currency":"CAD"}
            """;

    private static final String WORLDPAY = """
            {"pspType":"WORLDPAY_EU","type":"PAYIN","baseamount":25.00,"currency":"GBP","userId":"user-1",
             "email":"buyer-1@example.com","firstName":"Avery","lastName":"Example","phone":"442079460100",
             "gender":"female","dob":"1990-01-15","countryCode":"GB","kycVerified":false,"blocked":false,
             "isVelocity":false,"transactionCount":"0","userBalance":0.00,"partnerName":"Demo shop",
             "address":{"line1":"1 Example Street","city":"London","postalCode":"SW1A 1AA","country":"GB"}}
            """;
    private static final String EMERCHANTPAY = """
            {"pspType":"EMERCHANTPAY","type":"PAYIN","baseamount":25.00,"currency":"EUR","userId":"user-1",
             "firstName":"Avery","lastName":"Example","email":"buyer-1@example.com",
             "card":{"pan":"4000000000000002","cvv":"123","expMonth":"03","expYear":"2027",
             "cardHolderName":"Avery Example"},"address":{"state":"NY"},"countryCode":"US",
             "hppSuccessUrl":"https://pay.example.com/good","hppFailureUrl":"https://pay.example.com/bad"}
            """;
    private static final String BRITE = """
            {"pspType":"BRITE","type":"PAYIN","baseamount":25.00,"currency":"EUR","userId":"user-1",
             "email":"buyer-1@example.com"}
            """;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final SimulatedCashier cashier = SimulatedCashier.start(
            CashierSettings.of(0, "company", SimulatedCashierTest.SECRET),
            new BackOffice(receiver.address(), URI.create(BACK), null),
            InstantSource.system(),
            new Random(1));
    private final CashierClient client = new CashierClient(cashier);

    @AfterEach
    void close() {
        client.close();
        cashier.close();
        receiver.close();
    }

    private static String request(String name) {
        return switch (name) {
            case "CLEO" -> CLEO;
            case "GIGADAT" -> GIGADAT;
            case "WORLDPAY_EU" -> WORLDPAY;
            case "EMERCHANTPAY" -> EMERCHANTPAY;
            case "BRITE" -> BRITE;
            case "NEOSURF" -> example("payin-neosurf-request");
            case "ETO" -> example("payout-gigadat-eto-request");
            default -> example(name);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payin-forumpay-request",
                "payin-trust-request",
                "payout-forumpay-request",
                "payout-gigadat-eto-request"
            })
    void a_documented_request_is_taken_to_the_letter(String example) {
        assertThat(client.taken(example(example)).path("isSuccess").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payin-payone-request-older-eur", "payout-payone-request-older-eur"})
    void payones_older_requests_are_taken_in_the_currency_of_today_only(String example) {
        assertThat(client.refusal(example(example), PHONE))
                .containsExactly("currency must be CAD", "currencyCode must be CAD");
        assertThat(client.taken(example(example).replace("EUR", "CAD"))
                        .path("isSuccess")
                        .asBoolean())
                .isTrue();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("GIGADAT", "payin-gigadat-response-200"),
                Arguments.of("CLEO", "payin-generic-response-200"),
                Arguments.of("BRITE", "payin-generic-response-200"),
                Arguments.of("EMERCHANTPAY", "payin-generic-response-200"),
                Arguments.of("NEOSURF", "payin-neosurf-response-200-older"),
                Arguments.of("payin-forumpay-request", "payin-generic-response-200"),
                Arguments.of("payout-forumpay-request", "payout-forumpay-response-200"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void an_answer_has_the_fields_of_its_example_in_their_order(String request, String example) {
        setUpEverything();
        JsonNode documented = tree(example(example));

        JsonNode answer = client.taken(request(request));

        assertThat(names(answer)).isEqualTo(names(documented));
        assertThat(names(answer.path("data"))).isEqualTo(names(documented.path("data")));
        documented
                .path("data")
                .properties()
                .forEach(field -> assertThat(
                                answer.path("data").path(field.getKey()).getNodeType())
                        .as(field.getKey())
                        .isEqualTo(field.getValue().getNodeType()));
        if (request.equals("GIGADAT")) {
            assertThat(answer.path("message")).isEqualTo(documented.path("message"));
            assertThat(answer.at("/data/method").asText()).isEqualTo("GET_REDIRECT");
        }
    }

    @Test
    void a_transfer_by_email_waits_for_an_approval_and_nobody_is_sent_anywhere() {
        JsonNode answer = client.taken(request("ETO"));

        assertThat(answer.path("message").asText()).isEqualTo("Added to approvals table");
        assertThat(answer.at("/data/method").asText()).isEqualTo("AWAITING_APPROVAL");
        assertThat(names(answer.path("data")))
                .startsWith(
                        "method",
                        "payoutType",
                        "webflowURL",
                        "finalizationURL",
                        "instructions",
                        "paymentToken",
                        "amount");
        assertThat(answer.at("/data/webflowURL").asText())
                .doesNotContain(cashier.base().toString());
        await().untilAsserted(() -> assertThat(cashier.payOuts())
                .singleElement()
                .satisfies(payOut -> {
                    assertThat(payOut.psp()).isEqualTo(Psp.GIGADAT);
                    assertThat(payOut.status()).isEqualTo(TransactionStatus.APPROVED);
                }));
        assertThat(cashier.transactions()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GIGADAT | 310.00 | 310 | amount must have exactly two decimals",
                "GIGADAT | 310.00 | 310.5 | amount must have exactly two decimals",
                "GIGADAT | \"14165550100\" | \"+14165550100\" | phone must be a North American number of 10 or 11 digits",
                "GIGADAT | \"14165550100\" | \"441234567890\" | phone must be a North American number of 10 or 11 digits",
                "GIGADAT | \"name\":\"Avery Example\" | \"firstName\":\"Avery\" | name must not be empty",
                "GIGADAT | \"192.0.2.7\" | \"here\" | userIp must be an IP address",
                "GIGADAT | \"CAD\" | \"USD\" | currency must be CAD",
                "ETO | 10.00 | 10 | amount must have exactly two decimals",
                "ETO | \"ETO\" | \"WIRE\" | payoutType must be ETO",
                "ETO | \"mobile\" | \"phone\" | mobile must have 10 or 11 digits",
                "ETO | \"CAD\" | \"EUR\" | currency must be CAD",
                "CLEO | \"currency\":\"MXN\",\"currencyCode\":\"MXN\" | \"currency\":\"CLP\",\"currencyCode\":\"CLP\""
                        + " | currency must be MXN in MX",
                "CLEO | \"currencyCode\":\"MXN\" | \"currencyCode\":\"PEN\" | currencyCode must be MXN",
                "CLEO | \"countryCode\":\"MX\" | \"countryCode\":\"CA\" | countryCode must be CL, PE or MX",
                "CLEO | 525555550100 | 12345 | phone must have at least 6 digits",
                "CLEO | \"1990-01-15\" | \"15.01.1990\" | dob must be a date such as 1990-01-15",
                "CLEO | \"female\" | \"f\" | gender must be female or male",
                "CLEO | \"blocked\":false | \"blocked\":\"no\" | blocked must be a boolean",
                "CLEO | \"transactionCount\":\"0\" | \"transactionCount\":0 | transactionCount must be a number as text",
                "CLEO | \"userBalance\":0.00 | \"userBalance\":\"0\" | userBalance must be a number",
                "CLEO | \"city\":\"Puebla\" | \"town\":\"Puebla\" | address.city must not be empty",
                "CLEO | \"partnerName\":\"Demo shop\" | \"partnerName\":\"\" | partnerName must not be empty",
                "WORLDPAY_EU | \"442079460100\" | \"12345\" | phone must have at least 6 digits",
                "WORLDPAY_EU | \"1990-01-15\" | \"1990\" | dob must be a date such as 1990-01-15",
                "WORLDPAY_EU | \"countryCode\":\"GB\" | \"country\":\"GB\" | countryCode must be a country code",
                "WORLDPAY_EU | \"transactionCount\":\"0\" | \"transactionCount\":0"
                        + " | transactionCount must be a number as text",
                "WORLDPAY_EU | \"isVelocity\":false | \"isVelocity\":\"false\" | isVelocity must be a boolean",
                "WORLDPAY_EU | \"userBalance\":0.00 | \"userBalance\":\"0\" | userBalance must be a number",
                "WORLDPAY_EU | \"gender\":\"female\" | \"sex\":\"female\" | gender must be female or male",
                "WORLDPAY_EU | \"partnerName\":\"Demo shop\" | \"emailVerification\":\"a@b.cd\",\"partnerName\":\"x\","
                        + "\"verificationDate\":\"2026-01-15\" | emailVerification must be buyer-1@example.com",
                "WORLDPAY_EU | \"partnerName\":\"Demo shop\" | \"emailVerification\":\"buyer-1@example.com\","
                        + "\"partnerName\":\"x\",\"verificationDate\":\"15.1.2026\""
                        + " | verificationDate must be a date such as 1990-01-15",
                "WORLDPAY_EU | \"postalCode\" | \"zip\" | address.postalCode must not be empty",
                "WORLDPAY_EU | \"dob\" | \"card\":{},\"dob\" | card must not be sent",
                "NEOSURF | \"currencyCode\" | \"code\" | currencyCode must be a currency code",
                "NEOSURF | \"user_123\" | \"\" | userId must not be empty",
                "NEOSURF | player@example.com | player | email must be a valid email",
                "NEOSURF | 50.00 | 0.00 | amount must be positive",
                "NEOSURF | \"type\" | \"siteUrl\":\"here\",\"type\" | siteUrl must be a web address",
                "EMERCHANTPAY | \"03\" | \"3\" | card.expMonth must be a month of 2 digits",
                "EMERCHANTPAY | \"03\" | \"13\" | card.expMonth must be a month of 2 digits",
                "EMERCHANTPAY | \"2027\" | \"27\" | card.expYear must be a year of 4 digits",
                "EMERCHANTPAY | \"cvv\":\"123\" | \"cvv\":\"\" | card.cvv must not be empty",
                "EMERCHANTPAY | \"pan\" | \"number\" | card.pan must not be empty",
                "EMERCHANTPAY | \"cardHolderName\" | \"name_on_card\" | card.cardHolderName must not be empty",
                "EMERCHANTPAY | \"state\":\"NY\" | \"city\":\"New York\" | address.state must not be empty",
                "EMERCHANTPAY | \"lastName\" | \"surname\" | lastName must not be empty",
                "EMERCHANTPAY | https://pay.example.com/good | here | hppSuccessUrl must be a web address",
                "BRITE | \"userId\" | \"user\" | userId must not be empty",
                "BRITE | 25.00 | \"25.00\" | amount must not be empty",
                "payout-forumpay-request | \"BTC\" | \"btc\" | preferredCrypto must be a cryptocurrency",
                "payout-forumpay-request | walletAddress | wallet | walletAddress must not be empty",
            })
    void each_rule_broken_in_turn_is_refused_by_name(String name, String part, String other, String problem) {
        setUpEverything();
        String good = request(name).replace("\": ", "\":");
        assertThat(good).contains(part);

        assertThat(client.refusal(good.replace(part, other), PHONE)).containsExactly(problem);
        assertThat(cashier.transactions()).isEmpty();
        assertThat(cashier.payOuts()).isEmpty();
    }

    @Test
    void the_phone_of_the_user_token_wins_at_gigadat() {
        assertThat(client.refusal(GIGADAT, "441234567890"))
                .containsExactly("phone of the user token must be a North American number of 10 or 11 digits");
    }

    @ParameterizedTest
    @CsvSource({"CL,CLP,25", "PE,PEN,25.50", "MX,MXN,25.50"})
    void cleo_takes_each_country_in_its_own_currency(String country, String currency, String amount) {
        String request = CLEO.replace("\"MX\"", "\"" + country + "\"")
                .replace("MXN", currency)
                .replace("10000.00", amount);

        assertThat(client.taken(request).at("/data/status").asText()).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @CsvSource({"CLEO,url,user-1", "GIGADAT,webflowURL,user-1", "WORLDPAY_EU,paymentUrl,user-1"})
    void an_approval_is_told_by_the_general_webhook_with_its_currency(String psp, String field, String user) {
        JsonNode data = client.taken(request(psp)).path("data");
        URI page = URI.create(data.path(field).asText());

        HttpResponse<String> pressed = client.press(page, "approve");

        assertThat(pressed.headers().firstValue("Location")).contains(BACK);
        await().until(() -> !receiver.bodies().isEmpty());
        JsonNode webhook = tree(receiver.bodies().getFirst());
        assertThat(names(webhook)).isEqualTo(names(tree(example("webhook-generic"))));
        assertThat(webhook.path("transaction_status").asText()).isEqualTo("Approved");
        assertThat(webhook.path("user_id").asText()).isEqualTo(user);
        assertThat(webhook.path("currency").asText())
                .isEqualTo(tree(request(psp)).path("currency").asText());
        if (psp.equals("GIGADAT")) {
            assertThat(webhook.path("transaction_id")).isEqualTo(data.path("transactionId"));
        }
    }

    private void setUpEverything() {
        Stream.of(Psp.values()).forEach(cashier::setUp);
    }

    @Test
    void worldpays_page_stands_in_its_own_field() {
        JsonNode data = client.taken(WORLDPAY).path("data");

        assertThat(names(data)).containsExactly("status", "paymentUrl", "sessionId");
        assertThat(client.look(URI.create(data.path("paymentUrl").asText())).body())
                .contains("Example World Cards", "25.00");
    }

    @Test
    void a_voucher_of_neosurf_is_redeemed_in_the_call_and_told_by_webhook_with_its_method() {
        cashier.setUp(Psp.NEOSURF);

        JsonNode answer = client.taken(request("NEOSURF"));

        assertThat(answer.at("/data/status").asText()).isEqualTo("PENDING");
        assertThat(names(answer.path("data"))).doesNotContain("url", "transactionId");
        await().until(() -> !receiver.bodies().isEmpty());
        JsonNode webhook = tree(receiver.bodies().getFirst());
        assertThat(webhook.path("method").asText()).isEqualTo("NEOSURF_PAYIN");
        assertThat(webhook.path("transaction_status").asText()).isEqualTo("Approved");
        assertThat(webhook.path("user_id").asText()).isEqualTo("user_123");
        assertThat(webhook.path("amount").asText()).isEqualTo("50.00");
        assertThat(names(webhook))
                .startsWith(names(tree(example("webhook-generic"))).toArray(String[]::new));
    }

    @Test
    void a_voucher_that_neosurf_refuses_is_told_in_data_without_a_code_of_the_cashiers() {
        cashier.setUp(Psp.NEOSURF);
        cashier.expectVoucher("player@example.com", TransactionStatus.DECLINED);

        HttpResponse<String> response = client.call(request("NEOSURF"));

        JsonNode answer = tree(response.body());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(answer.has("errorCode")).isFalse();
        assertThat(names(answer.path("data"))).containsExactly("error", "errorcode");
        assertThat(cashier.transactions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"approve,https://pay.example.com/good", "cancel,https://pay.example.com/bad"})
    void emerchantpay_sends_the_buyer_where_the_request_says_and_keeps_no_card(String button, String back) {
        cashier.setUp(Psp.EMERCHANTPAY);
        URI page = URI.create(client.taken(EMERCHANTPAY).at("/data/url").asText());

        assertThat(client.look(page).body()).contains("Example Issuing Bank").doesNotContain("4000000000000002");
        assertThat(client.press(page, button).headers().firstValue("Location")).contains(back);
        assertThat(cashier.transactions() + " " + cashier.calls()).doesNotContain("4000000000000002");
    }

    @ParameterizedTest
    @CsvSource({"approve,APPROVED", "decline,DECLINED", "cancel,CANCELLED"})
    void whatever_a_buyer_does_at_brite_nobody_is_told(String button, TransactionStatus outcome) {
        cashier.setUp(Psp.BRITE);
        URI page = URI.create(client.taken(BRITE).at("/data/url").asText());

        HttpResponse<String> pressed = client.press(page, button);

        assertThat(pressed.headers().firstValue("Location")).contains(BACK);
        assertThat(cashier.transactions())
                .singleElement()
                .satisfies(each -> assertThat(each.status()).isEqualTo(outcome));
        assertThat(Psp.BRITE.rules().words()).isEmpty();
        assertThat(cashier.webhookAttempts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Psp.class)
    void every_provider_has_a_page_of_its_own_but_the_one_that_sends_nobody_anywhere(Psp psp) {
        assertThat(psp.opensPage()).isEqualTo(psp != Psp.NEOSURF);
        if (!psp.opensPage()) {
            return;
        }
        Front own = psp.page().front();

        assertThat(Stream.of(Psp.values())
                        .filter(other -> other != psp && other.opensPage())
                        .map(other -> other.page().front()))
                .noneMatch(other ->
                        other.brand().equals(own.brand()) || other.note().equals(own.note()))
                .noneMatch(other -> other.style().equals(own.style()));
    }

    @Test
    void gigadats_page_is_found_under_the_address_with_its_token() {
        URI page = URI.create(client.taken(GIGADAT).at("/data/webflowURL").asText());

        HttpResponse<String> shown = client.look(page);

        assertThat(page.getQuery()).contains("token=");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("Example Transfers", "310.00", "/approve", "/decline", "/cancel");
    }

    @ParameterizedTest
    @CsvSource({
        "BRITE,PAYIN",
        "NEOSURF,PAYIN",
        "EMERCHANTPAY,PAYIN",
        "CLEO,PAYOUT",
        "GIGADAT,PAYOUT",
    })
    void what_is_only_described_is_answered_as_not_set_up_and_never_succeeds(String psp, String type) {
        String request = "{\"pspType\":\"" + psp + "\",\"type\":\"" + type + "\",\"payoutType\":\"ACH\"}";

        HttpResponse<String> response = client.call(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(tree(response.body())).isEqualTo(tree(example("error-400-psp-config-not-found")));
    }

    @Test
    void a_session_that_brite_refuses_is_an_unknown_error_with_brites_words_in_data() {
        cashier.refuseBriteSessions();

        HttpResponse<String> response = client.call("{\"pspType\":\"BRITE\",\"type\":\"PAYIN\"}");

        JsonNode documented = tree(example("payin-flexepin-response-500-unknown-psp"));
        JsonNode answer = tree(response.body());
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(names(answer)).containsAll(names(documented)).contains("data");
        assertThat(answer.path("errorCode")).isEqualTo(documented.path("errorCode"));
        assertThat(answer.path("message")).isEqualTo(documented.path("message"));
    }

    @Test
    void nobody_is_paid_out_where_no_rule_says_so() {
        HttpResponse<String> response =
                client.call(example("payin-trust-request").replace("PAYIN", "PAYOUT"));

        assertThat(tree(response.body())).isEqualTo(tree(example("error-rules-not-matched")));
    }

    static Stream<Arguments> oddAnswers() {
        return Stream.of("CLEO", "GIGADAT", "WORLDPAY_EU", "payin-forumpay-request")
                .flatMap(psp -> Stream.of(
                        Arguments.of(psp, CallFault.WEB_PAGE, "<!doctype html>", 1),
                        Arguments.of(psp, CallFault.EMPTY_ANSWER, "", 1),
                        Arguments.of(psp, CallFault.ERROR_UNDER_200, "\"isSuccess\":false", 0),
                        Arguments.of(psp, CallFault.PAGE_WITHOUT_TLS, "http://page.example.com/1", 1),
                        Arguments.of(psp, CallFault.PAGE_ELSEWHERE, "https://elsewhere.example.com/1", 1)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("oddAnswers")
    void an_odd_answer_is_given_once_under_200(String name, CallFault fault, String part, int opened) {
        String request = request(name);
        cashier.expect(tree(request).path("email").asText(), FaultPlan.of(fault));

        HttpResponse<String> odd = client.call(request);

        assertThat(odd.statusCode()).isEqualTo(200);
        assertThat(odd.body()).contains(part);
        assertThat(odd.body().isEmpty()).isEqualTo(fault == CallFault.EMPTY_ANSWER);
        assertThat(cashier.transactions()).hasSize(opened);
        assertThat(client.taken(request).at("/data").isObject()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = CallFault.class,
            names = {"WEB_PAGE", "EMPTY_ANSWER", "ERROR_UNDER_200"})
    void a_pay_out_that_is_answered_oddly_left_or_did_not_leave_as_the_fault_says(CallFault fault) {
        cashier.expectPayOut("merchant-user@example.com", fault, TransactionStatus.APPROVED);

        HttpResponse<String> odd = client.call(request("ETO"));

        assertThat(odd.statusCode()).isEqualTo(200);
        assertThat(odd.body()).doesNotContain("AWAITING_APPROVAL");
        assertThat(cashier.payOuts()).hasSize(fault == CallFault.ERROR_UNDER_200 ? 0 : 1);
    }
}
