package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.orchestrator.cashier.ContractWorld.Case;
import dev.intermezzo.partners.mozarto.CashierAnswer;
import dev.intermezzo.partners.mozarto.CashierReading;
import dev.intermezzo.partners.mozarto.CashierWebhook;
import dev.intermezzo.partners.mozarto.MoneyMatch;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.partners.mozarto.TransactionStatus;
import dev.intermezzo.partners.mozarto.WebhookReading;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each provider and direction of the catalogue: what we write is taken by the simulated Cashier, what it answers and
 * tells is what we read. What both sides rest on, the documented messages, is compared with ours in the partners' tests
 * (DocumentedExamplesTest, ProviderPayloadsTest) and with the simulator's in its own (EveryProviderTest).
 */
class ProviderContractTest {
    /** The documented example. */
    private static final String NEOSURF = """
            {"pspType":"NEOSURF","type":"PAYIN","baseamount":50.00,"currency":"EUR","currencyCode":"EUR",
             "userId":"user_123","email":"player@example.com"}
            """;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ContractWorld world;

    @BeforeAll
    static void start() {
        world = new ContractWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /** A voucher is redeemed in the call itself: it has tests of its own. */
    static Stream<Case> contracts() {
        return operations()
                .filter(operation -> operation.readiness() != ProviderOperation.Readiness.DESCRIBED)
                .filter(operation -> !operation.synchronous())
                .map(Case::of);
    }

    static Stream<Case> payIns() {
        return contracts().filter(Case::opensPage);
    }

    static Stream<Case> payOuts() {
        return contracts().filter(each -> !each.opensPage());
    }

    private static Stream<ProviderOperation> operations() {
        return ProviderCatalogue.bundled().providers().stream().flatMap(provider -> provider.operations().stream());
    }

    @Test
    void every_provider_and_direction_that_can_be_used_has_its_contract() {
        assertThat(contracts().map(Case::toString))
                .containsExactly(
                        "CLEO pay-in",
                        "FORUMPAY pay-in",
                        "FORUMPAY pay-out",
                        "GIGADAT pay-in",
                        "GIGADAT pay-out ETO",
                        "PAYONE pay-in",
                        "PAYONE pay-out",
                        "TRUST pay-in",
                        "WORLDPAY_EU pay-in");
    }

    @ParameterizedTest
    @MethodSource("payIns")
    void a_pay_in_is_taken_its_page_found_and_its_webhook_confirms_the_money(Case payIn) {
        HttpResult.Answered answer = world.call(payIn);

        assertThat(answer.status()).as(text(answer)).isEqualTo(200);
        assertThat(world.fact(payIn, answer)).isInstanceOf(PageOpened.class);
        CashierReading.PageOpened page = (CashierReading.PageOpened) read(payIn, answer);
        TransactionSnapshot transaction = transaction(world.cashier.transactions(), payIn);
        if (!page.transactionIds().isEmpty()) {
            assertThat(page.transactionIds()).contains(transaction.id());
        }
        world.approve(URI.create(page.redirectUrl()));
        assertConfirmed(payIn, transaction);
    }

    @ParameterizedTest
    @MethodSource("payOuts")
    void a_pay_out_is_taken_pending_and_its_webhook_confirms_the_money(Case payOut) {
        HttpResult.Answered answer = world.call(payOut);

        assertThat(answer.status()).as(text(answer)).isEqualTo(200);
        TransactionSnapshot transaction = transaction(world.cashier.payOuts(), payOut);
        assertThat(world.fact(payOut, answer)).isInstanceOfSatisfying(AnsweredAtOnce.class, fact -> {
            assertThat(fact.getStatus()).isEqualTo(dev.intermezzo.schemas.avro.TransactionStatus.PENDING);
            assertThat(fact.getTransactionIds()).contains(transaction.id());
        });
        assertConfirmed(payOut, transaction);
    }

    private static void assertConfirmed(Case contract, TransactionSnapshot transaction) {
        CashierWebhook webhook = await().until(() -> webhook(transaction.id()), Optional::isPresent)
                .orElseThrow();

        assertThat(webhook.status()).isEqualTo(TransactionStatus.APPROVED);
        assertThat(webhook.userId()).isEqualTo(contract.asked().userId());
        assertThat(MoneyMatch.of(contract.asked().amount(), contract.operation(), webhook))
                .isEqualTo(new MoneyMatch.Matches());
    }

    private static Optional<CashierWebhook> webhook(String transaction) {
        return world.webhooks().stream()
                .map(WebhookReading::of)
                .map(CashierWebhook.class::cast)
                .filter(read -> read.transactionId().equals(transaction))
                .findFirst();
    }

    private static TransactionSnapshot transaction(List<TransactionSnapshot> all, Case contract) {
        return all.stream()
                .filter(each -> each.email().equals(contract.email()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void somebody_elses_token_is_the_accounts_matter(Case contract) {
        assertRejected(contract, world.callAsSomebodyElse(contract), RejectionCategory.ACCOUNT_AUTHENTICATION);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void a_request_without_its_amount_or_provider_is_refused_as_invalid(Case contract) {
        String body = new String(ContractWorld.body(contract), StandardCharsets.UTF_8);

        assertRejected(
                contract, world.call(contract, body.replace("baseamount", "baseAmount")), RejectionCategory.VALIDATION);
        assertRejected(contract, world.call(contract, body.replace("pspType", "psp")), RejectionCategory.VALIDATION);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void a_provider_or_direction_that_nobody_set_up_is_refused_as_configuration(Case contract) {
        String body = new String(ContractWorld.body(contract), StandardCharsets.UTF_8);
        String code = contract.operation().pspType().code();

        assertRejected(
                contract,
                world.call(contract, body.replace("\"" + code + "\"", "\"NEOSURF\"")),
                RejectionCategory.RULE_OR_CONFIGURATION_MISSING);
        assertRejected(
                contract,
                world.call(contract, body.replaceFirst("\"PAY(IN|OUT)\"", "\"REFUND\"")),
                RejectionCategory.RULE_OR_CONFIGURATION_MISSING);
    }

    private static void assertRejected(Case contract, HttpResult.Answered answer, RejectionCategory category) {
        assertThat(world.fact(contract, answer))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.getCategory()).isEqualTo(category));
    }

    static Stream<Arguments> doubts() {
        return contracts()
                .flatMap(contract -> Stream.of(
                        Arguments.of(contract.ofAnotherBuyer(), CallFault.ERROR_500, "SERVER_ERROR", 0),
                        Arguments.of(contract.ofAnotherBuyer(), CallFault.ERROR_UNDER_200, "PSP_UNKNOWN_ERROR", 0),
                        Arguments.of(contract.ofAnotherBuyer(), CallFault.WEB_PAGE, "answer-html", 1),
                        Arguments.of(contract.ofAnotherBuyer(), CallFault.EMPTY_ANSWER, "answer-empty", 1)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("doubts")
    void what_leaves_a_doubt_is_a_lost_answer_for_every_provider(
            Case contract, CallFault fault, String code, int existing) {
        expect(contract, fault);

        SpecificRecordBase fact = world.fact(contract, world.call(contract));

        assertThat(fact)
                .isInstanceOfSatisfying(
                        AnswerLost.class, lost -> assertThat(lost.getCode()).isEqualTo(code));
        assertThat(Stream.concat(world.cashier.transactions().stream(), world.cashier.payOuts().stream())
                        .filter(each -> each.email().equals(contract.email())))
                .hasSize(existing);
    }

    static Stream<Arguments> pages() {
        return payIns().flatMap(payIn -> Stream.of(
                Arguments.of(payIn.ofAnotherBuyer(), CallFault.PAGE_WITHOUT_TLS, "redirect-not-https"),
                Arguments.of(payIn.ofAnotherBuyer(), CallFault.PAGE_ELSEWHERE, "redirect-host")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("pages")
    void a_page_without_tls_or_elsewhere_is_never_shown_and_its_transaction_stays_payable(
            Case payIn, CallFault fault, String code) {
        expect(payIn, fault);

        HttpResult.Answered answer = world.call(payIn);

        String opened = transaction(world.cashier.transactions(), payIn).id();
        assertThat(world.fact(payIn, answer)).isInstanceOfSatisfying(AnswerLost.class, lost -> {
            assertThat(lost.getCode()).isEqualTo(code);
            if (text(answer).contains(opened)) {
                assertThat(lost.getTransactionIds()).contains(opened);
            }
        });
    }

    private static void expect(Case contract, CallFault fault) {
        if (contract.opensPage()) {
            world.cashier.expect(contract.email(), FaultPlan.of(fault));
        } else {
            world.cashier.expectPayOut(
                    contract.email(), fault, dev.intermezzo.sandbox.cashier.TransactionStatus.PENDING);
        }
    }

    @ParameterizedTest
    @CsvSource({"BRITE", "NEOSURF", "EMERCHANTPAY"})
    void what_is_only_described_would_be_answered_as_not_set_up(String psp) {
        Case described = payIn(psp);

        HttpResult.Answered answer =
                world.call(described, "{\"pspType\":\"" + psp + "\",\"type\":\"PAYIN\",\"baseamount\":25.00}");

        assertRejected(described, answer, RejectionCategory.RULE_OR_CONFIGURATION_MISSING);
    }

    @Test
    void a_session_that_brite_refuses_leaves_open_what_happened() {
        Case brite = payIn("BRITE");
        try (ContractWorld other = new ContractWorld()) {
            other.cashier.refuseBriteSessions();

            HttpResult.Answered answer = other.call(brite, "{\"pspType\":\"BRITE\",\"type\":\"PAYIN\"}");

            assertThat(other.fact(brite, answer)).isInstanceOfSatisfying(AnswerLost.class, lost -> {
                assertThat(lost.getCode()).isEqualTo("UNKNOWN_PSP_ERROR");
                assertThat(lost.getTransactionIds()).hasSize(1);
            });
        }
    }

    @Test
    void a_page_of_brite_is_found_and_whatever_happens_there_no_webhook_comes() {
        Case brite = payIn("BRITE");
        try (ContractWorld other = ContractWorld.with(Psp.BRITE)) {
            HttpResult.Answered answer = other.call(brite, """
                    {"pspType":"BRITE","type":"PAYIN","baseamount":25.00,"currency":"EUR","userId":"user-1",
                     "email":"buyer-1@example.com"}
                    """);

            assertThat(other.fact(brite, answer)).isInstanceOf(PageOpened.class);
            other.approve(URI.create(((CashierReading.PageOpened) read(brite, answer)).redirectUrl()));
            assertThat(other.cashier.transactions())
                    .singleElement()
                    .satisfies(paid -> assertThat(paid.status())
                            .isEqualTo(dev.intermezzo.sandbox.cashier.TransactionStatus.APPROVED));
            assertThat(other.cashier.webhookAttempts()).isEmpty();
        }
    }

    @Test
    void a_voucher_of_neosurf_is_no_result_in_its_documented_answer_and_confirmed_by_webhook() {
        Case neosurf = payIn("NEOSURF");
        try (ContractWorld other = ContractWorld.with(Psp.NEOSURF)) {
            HttpResult.Answered answer = other.call(neosurf, NEOSURF);

            assertThat(other.fact(neosurf, answer))
                    .isInstanceOfSatisfying(
                            AnsweredAtOnce.class,
                            fact -> assertThat(fact.getStatus())
                                    .isEqualTo(dev.intermezzo.schemas.avro.TransactionStatus.PENDING));
            CashierWebhook webhook =
                    (CashierWebhook) WebhookReading.of(await().until(other::webhooks, received -> !received.isEmpty())
                            .getFirst());
            assertThat(webhook.method()).isEqualTo("NEOSURF_PAYIN");
            assertThat(webhook.userId()).isEqualTo("user_123");
            assertThat(MoneyMatch.of(Money.parse("EUR 50.00"), neosurf.operation(), webhook))
                    .isEqualTo(new MoneyMatch.Matches());
        }
    }

    @Test
    void a_voucher_that_neosurf_refuses_is_declined_and_not_in_doubt() {
        Case neosurf = payIn("NEOSURF");
        try (ContractWorld other = ContractWorld.with(Psp.NEOSURF)) {
            other.cashier.expectVoucher(
                    "player@example.com", dev.intermezzo.sandbox.cashier.TransactionStatus.DECLINED);

            HttpResult.Answered answer = other.call(neosurf, NEOSURF);

            assertThat(other.fact(neosurf, answer))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected ->
                                    assertThat(rejected.getCategory()).isEqualTo(RejectionCategory.VOUCHER_REJECTED));
        }
    }

    @Test
    void a_challenge_of_emerchantpay_is_accepted_and_its_webhook_confirms_the_money() {
        Case card = payIn("EMERCHANTPAY");
        try (ContractWorld other = ContractWorld.with(Psp.EMERCHANTPAY)) {
            HttpResult.Answered answer = other.call(card, """
                    {"pspType":"EMERCHANTPAY","type":"PAYIN","baseamount":25.00,"currency":"EUR",
                     "userId":"user-1","firstName":"Avery","lastName":"Example","email":"buyer-1@example.com",
                     "card":{"pan":"4000000000000002","cvv":"123","expMonth":"03","expYear":"2027",
                     "cardHolderName":"Avery Example"}}
                    """);

            assertThat(read(card, answer)).isInstanceOf(CashierReading.Accepted.class);
            other.approve(URI.create(text(answer).replaceAll(".*\"url\":\"([^\"]*)\".*", "$1")));
            CashierWebhook webhook =
                    (CashierWebhook) WebhookReading.of(await().until(other::webhooks, received -> !received.isEmpty())
                            .getFirst());
            assertThat(MoneyMatch.of(Money.parse("EUR 25.00"), card.operation(), webhook))
                    .isEqualTo(new MoneyMatch.Matches());
        }
    }

    private static Case payIn(String psp) {
        return Case.of(ProviderCatalogue.bundled()
                .operation(new PspType(psp), Operation.PAYIN)
                .orElseThrow());
    }

    private static CashierReading read(Case contract, HttpResult.Answered answer) {
        return CashierAnswer.read(
                contract.operation(), answer.status(), answer.headers().get("content-type"), answer.body());
    }

    private static String text(HttpResult.Answered answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
