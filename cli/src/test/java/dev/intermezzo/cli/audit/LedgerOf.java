package dev.intermezzo.cli.audit;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.Incoming;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.OperationKind;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.SealedUrl;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Ledgers of payments, booked as the orchestrator books them: one approved by PAYONE, one that fell back to another route. */
final class LedgerOf {
    static final String SEALED_TEXT = "sealed-details-of-the-buyer";
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String MERCHANT = "demo-shop";
    private static final String ACCOUNT = "sandbox-account";

    private final String order;
    private final Bookkeeper bookkeeper = new Bookkeeper();
    private final EventReader reader = new EventReader(WriterSchemas.compiledIn());
    private final List<LedgerEntry> entries = new ArrayList<>();
    private @Nullable PaymentState state;
    private @Nullable ChainHead head;

    private LedgerOf(String order) {
        this.order = order;
    }

    static List<LedgerEntry> approved(String order) {
        LedgerOf ledger = new LedgerOf(order);
        Booking.Entered opened = ledger.book(Topics.PAYMENT_EVENTS, ledger.checkout(route("PAYONE", List.of())));
        ledger.book(
                Topics.CASHIER_RESULTS,
                ledger.answered(
                        opened.commands().getFirst().id(),
                        new PageOpened(new SealedUrl(ByteBuffer.wrap(new byte[] {5})), List.of("tx-" + order))));
        ledger.book(Topics.PAYMENT_INTERNAL, ledger.approval());
        return List.copyOf(ledger.entries);
    }

    /**
     * CLEO does not take the currency, PAYONE is not configured at Mozarto, GIGADAT needs a phone number that is not known, so
     * TRUST's page is opened.
     */
    static List<LedgerEntry> fellBack(String order) {
        LedgerOf ledger = new LedgerOf(order);
        Booking.Entered opened = ledger.book(
                Topics.PAYMENT_EVENTS,
                ledger.checkout(
                        route("CLEO", List.of("currency")),
                        route("PAYONE", List.of()),
                        missing("GIGADAT", "phone"),
                        route("TRUST", List.of())));
        ledger.book(
                Topics.CASHIER_RESULTS,
                ledger.answered(
                        opened.commands().getFirst().id(),
                        new Rejected(
                                RejectionCategory.RULE_OR_CONFIGURATION_MISSING, "PSP_CONFIG_MISSING", List.of())));
        return List.copyOf(ledger.entries);
    }

    static String payment(String order) {
        return Ids.payment(MERCHANT, order);
    }

    private <T extends SpecificRecordBase> Booking.Entered book(Topic<T> topic, T value) {
        byte[] bytes = Codec.of(topic.value()).encode(value);
        Incoming.Fact fact = (Incoming.Fact) reader.read(topic.name(), bytes);
        Booking.Entered entered = (Booking.Entered) bookkeeper.book(state, head, topic.name(), bytes, fact.event());
        state = entered.state();
        head = entered.head();
        entries.add(entered.entry());
        return entered;
    }

    private PaymentEvent checkout(PlannedRoute... routes) {
        ByteBuffer sealed = ByteBuffer.wrap(SEALED_TEXT.getBytes(StandardCharsets.UTF_8));
        return PaymentEvent.newBuilder()
                .setId("checkout-" + order)
                .setPaymentId(payment(order))
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(START)
                .setBody(CheckoutReceived.newBuilder()
                        .setOrderUuid(order)
                        .setInvoiceId("M-1234567890-1234567890")
                        .setAmount(new Money(new BigDecimal("49.9000"), "CAD"))
                        .setIntegrationId(MERCHANT)
                        .setMozelloKeyId("main")
                        .setLanguageCode("en")
                        .setShopName("Demo \u001b[31mshop")
                        .setSuccessUrl("https://shop.example/success")
                        .setFailureUrl("https://shop.example/failure")
                        .setNotifyUrl("https://shop.example/notify")
                        .setContentDigest(ByteBuffer.wrap(new byte[32]))
                        .setBuyer(new SealedData("key-1", "buyer-details", sealed))
                        .setHolds(List.of())
                        .setPlan(plan(routes))
                        .build())
                .build();
    }

    private CashierResult answered(String commandId, SpecificRecordBase answer) {
        return CashierResult.newBuilder()
                .setId(Ids.result(commandId))
                .setPaymentId(payment(order))
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(START.plusSeconds(1))
                .setCommandId(commandId)
                .setAttempt(1)
                .setProvider("PAYONE")
                .setAccount(ACCOUNT)
                .setHttpStatus(200)
                .setDurationMillis(120)
                .setBody(answer)
                .build();
    }

    private InternalEvent approval() {
        return InternalEvent.newBuilder()
                .setId("wh-" + order)
                .setPaymentId(payment(order))
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(START.plusSeconds(60))
                .setBody(new WebhookMatched(
                        WebhookFacts.newBuilder()
                                .setAccount(ACCOUNT)
                                .setTransactionId("tx-" + order)
                                .setRawStatus("Approved")
                                .setStatus(TransactionStatus.APPROVED)
                                .setAmount(new BigDecimal("49.9000"))
                                .setShape(WebhookShape.YEAR_2026)
                                .setBodyDigest(ByteBuffer.wrap(new byte[32]))
                                .build(),
                        1))
                .build();
    }

    private static PlannedRoute route(String provider, List<String> ineligible) {
        return PlannedRoute.newBuilder()
                .setProvider(provider)
                .setAccount(ACCOUNT)
                .setKind(OperationKind.OPENS_PAGE)
                .setEligible(ineligible.isEmpty())
                .setIneligibleReasons(ineligible)
                .setMissingFields(List.of())
                .setSettings(List.of())
                .setSessionLifetimeSeconds(900)
                .setLateWindowSeconds(3_600)
                .setSingleUsePage(true)
                .setWebhookCurrencyMayBeAbsent(true)
                .setUserIdPerAttempt(true)
                .build();
    }

    private static PlannedRoute missing(String provider, String field) {
        return PlannedRoute.newBuilder(route(provider, List.of()))
                .setMissingFields(List.of(field))
                .build();
    }

    private static PaymentPlan plan(PlannedRoute... routes) {
        return PaymentPlan.newBuilder()
                .setSettingsRevision("1")
                .setCatalogueVersion("1")
                .setRoutes(List.of(routes))
                .setOrderTimeSeconds(86_400)
                .setNoWord(NoWordPolicy.FAILED)
                .setTestShop(true)
                .setBuyerChooses(false)
                .build();
    }
}
