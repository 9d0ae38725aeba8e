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
                Arguments.of("payin-forumpay-request", "payin-generic-response-200"),
                Arguments.of("payout-forumpay-request", "payout-forumpay-response-200"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void an_answer_has_the_fields_of_its_example_in_their_order(String request, String example) {
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
                "payout-forumpay-request | \"BTC\" | \"btc\" | preferredCrypto must be a cryptocurrency",
                "payout-forumpay-request | walletAddress | wallet | walletAddress must not be empty",
            })
    void each_rule_broken_in_turn_is_refused_by_name(String name, String part, String other, String problem) {
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
    @CsvSource({"CLEO,url,user-1", "GIGADAT,webflowURL,user-1"})
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

    @ParameterizedTest
    @EnumSource(Psp.class)
    void every_provider_has_a_page_of_its_own(Psp psp) {
        Front own = psp.rules().front();

        assertThat(Stream.of(Psp.values())
                        .filter(other -> other != psp)
                        .map(other -> other.rules().front()))
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
        "WORLDPAY_EU,PAYIN",
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
        return Stream.of("CLEO", "GIGADAT", "payin-forumpay-request")
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
