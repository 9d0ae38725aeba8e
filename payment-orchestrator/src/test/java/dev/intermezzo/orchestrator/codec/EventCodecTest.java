package dev.intermezzo.orchestrator.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.orchestrator.payment.Act;
import dev.intermezzo.orchestrator.payment.CashierOutcome;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.Fixtures;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.NotifyStatus;
import dev.intermezzo.orchestrator.payment.RejectionCategory;
import dev.intermezzo.orchestrator.payment.SealedUrl;
import dev.intermezzo.orchestrator.payment.ShopOrderStatus;
import dev.intermezzo.orchestrator.payment.ShopOutcome;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.CaseResolved;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.ExecutionStarted;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.NotSent;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.OrderDiffers;
import dev.intermezzo.schemas.avro.OrderMatches;
import dev.intermezzo.schemas.avro.OrphanAttached;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.RefundRecorded;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.ReviewDecided;
import dev.intermezzo.schemas.avro.ReviewDecision;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.ShopUnreachable;
import dev.intermezzo.schemas.avro.TimerFired;
import dev.intermezzo.schemas.avro.ViewRequested;
import dev.intermezzo.schemas.avro.WarmUp;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookOrphaned;
import dev.intermezzo.schemas.avro.WebhookReceived;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    private static final WebhookFacts WEBHOOK = Fixtures.webhook(TransactionStatus.APPROVED, "tx-1", "100.00");
    private static final Money MONEY = new Money(new BigDecimal("100.0000"), "CAD");

    private static PaymentEvent edge(Object body) {
        return new PaymentEvent("e-1", Fixtures.PAYMENT, Fixtures.MERCHANT, Environment.SANDBOX, Fixtures.START, body);
    }

    private static InternalEvent internal(Object body) {
        return new InternalEvent("e-1", Fixtures.PAYMENT, Fixtures.MERCHANT, Environment.SANDBOX, Fixtures.START, body);
    }

    private static CashierResult result(Object body) {
        return new CashierResult(
                "e-1",
                Fixtures.PAYMENT,
                Fixtures.MERCHANT,
                Environment.SANDBOX,
                Fixtures.START,
                "command",
                2,
                "PAYONE",
                "account",
                200,
                30,
                null,
                body);
    }

    private static ShopResult shop(Object body) {
        return new ShopResult(
                "e-1", Fixtures.PAYMENT, Fixtures.MERCHANT, Environment.SANDBOX, Fixtures.START, "command", body);
    }

    /** What a shop tells of its order, in the envelope of a webhook. */
    private static dev.intermezzo.schemas.avro.WebhookFacts shopSays(String status) {
        return dev.intermezzo.schemas.avro.WebhookFacts.newBuilder()
                .setAccount(Ids.shop("demo-shop"))
                .setTransactionId("M-0000000001-0000000001")
                .setRawStatus(status)
                .setStatus(dev.intermezzo.schemas.avro.TransactionStatus.UNKNOWN)
                .setAmount(new BigDecimal("100.0000"))
                .setCurrency("CAD")
                .setShape(dev.intermezzo.schemas.avro.WebhookShape.OTHER)
                .setBodyDigest(ByteBuffer.wrap(new byte[32]))
                .build();
    }

    private static OperatorAct act(Object body) {
        return new OperatorAct(
                "e-1", Fixtures.PAYMENT, Fixtures.MERCHANT, Environment.SANDBOX, Fixtures.START, "olga", "peter", body);
    }

    private static Fact answered(CashierOutcome outcome) {
        return new Fact.CashierAnswered("command", 2, "PAYONE", "account", outcome);
    }

    private static Fact acted(Act act) {
        return new Fact.OperatorActed("olga", "peter", act);
    }

    static Stream<Arguments> facts() {
        Fact.CheckoutReceived form =
                Fixtures.form(Fixtures.plan(Fixtures.route("PAYONE"), Fixtures.missing("CLEO", "phone")));
        return Stream.concat(edgeFacts(form), Stream.concat(internalFacts(), Stream.concat(results(), acts())));
    }

    private static Stream<Arguments> edgeFacts(Fact.CheckoutReceived form) {
        CheckoutReceived wire = new CheckoutReceived(
                form.orderUuid(),
                form.invoiceId(),
                ToWire.money(form.amount()),
                form.integrationId(),
                form.mozelloKeyId(),
                form.languageCode(),
                form.shopName(),
                form.successUrl(),
                form.failureUrl(),
                form.notifyUrl(),
                ToWire.bytes(form.contentDigest()),
                ToWire.sealed(Fixtures.sealed(1)),
                List.of(),
                ToWire.plan(form.plan()));
        return Stream.of(
                Arguments.of(EventCodec.event(edge(wire)), form),
                Arguments.of(
                        EventCodec.event(edge(new BuyerDetailsSubmitted(
                                "PAYONE", ToWire.sealed(Fixtures.sealed(2)), ToWire.plan(form.plan()), null, null))),
                        new Fact.BuyerDetailsSubmitted("PAYONE", Fixtures.sealed(2), form.plan(), null, null)),
                Arguments.of(
                        EventCodec.event(edge(new BuyerDetailsSubmitted(
                                null,
                                ToWire.sealed(Fixtures.sealed(2)),
                                ToWire.plan(form.plan()),
                                ToWire.sealed(Fixtures.sealedVoucher(1)),
                                2))),
                        new Fact.BuyerDetailsSubmitted(
                                null, Fixtures.sealed(2), form.plan(), Fixtures.sealedVoucher(1), 2)),
                Arguments.of(
                        EventCodec.event(edge(new BuyerAskedAgain(true, null, ToWire.plan(form.plan()), null))),
                        new Fact.BuyerAskedAgain(true, null, form.plan(), null)),
                Arguments.of(
                        EventCodec.event(edge(new BuyerAskedAgain(false, "PAYONE", ToWire.plan(form.plan()), 3))),
                        new Fact.BuyerAskedAgain(false, "PAYONE", form.plan(), 3)),
                Arguments.of(EventCodec.event(edge(new BuyerGaveUp())), new Fact.BuyerGaveUp()),
                Arguments.of(
                        EventCodec.event(edge(new WebhookReceived(ToWire.webhook(WEBHOOK), 3))),
                        new Fact.WebhookReceived(Fact.WebhookOrigin.REFERENCE, WEBHOOK, 3)));
    }

    private static Stream<Arguments> internalFacts() {
        return Stream.of(
                Arguments.of(
                        EventCodec.event(
                                internal(new TimerFired(dev.intermezzo.schemas.avro.TimerKind.ORDER_TIME, 7L, 0))),
                        new Fact.TimerFired(TimerKind.ORDER_TIME, 7, 0)),
                Arguments.of(
                        EventCodec.event(internal(new WebhookMatched(ToWire.webhook(WEBHOOK), 1))),
                        new Fact.WebhookReceived(Fact.WebhookOrigin.TRANSACTION, WEBHOOK, 1)),
                Arguments.of(
                        EventCodec.event(internal(new WebhookOrphaned(ToWire.webhook(WEBHOOK)))),
                        new Fact.WebhookOrphaned(WEBHOOK)),
                Arguments.of(
                        EventCodec.event(internal(new NotificationEnded(
                                "request",
                                dev.intermezzo.schemas.avro.NotifyStatus.FAILED,
                                dev.intermezzo.schemas.avro.NotificationEnd.PARKED,
                                13,
                                "paid"))),
                        new Fact.NotificationEnded("request", NotifyStatus.FAILED, NotificationEnd.PARKED, 13, "paid")),
                Arguments.of(
                        EventCodec.event(internal(new ExecutionStarted("command", 9))),
                        new Fact.ExecutionStarted("command", 9)));
    }

    private static Stream<Arguments> results() {
        List<String> ids = List.of("tx-1", "db-1");
        return Stream.of(
                Arguments.of(
                        EventCodec.event(result(new PageOpened(ToWire.url(new SealedUrl(Fixtures.bytes(5))), ids))),
                        answered(new CashierOutcome.PageOpened(new SealedUrl(Fixtures.bytes(5)), ids))),
                Arguments.of(
                        EventCodec.event(result(new AnsweredAtOnce(
                                dev.intermezzo.schemas.avro.TransactionStatus.PENDING,
                                ids,
                                new BigDecimal("1.0000"),
                                "CAD"))),
                        answered(new CashierOutcome.AnsweredAtOnce(
                                TransactionStatus.PENDING, ids, new BigDecimal("1.0000"), "CAD"))),
                Arguments.of(
                        EventCodec.event(result(
                                new Rejected(dev.intermezzo.schemas.avro.RejectionCategory.VALIDATION, "bad", ids))),
                        answered(new CashierOutcome.Rejected(RejectionCategory.VALIDATION, "bad", ids))),
                Arguments.of(
                        EventCodec.event(result(new AnswerLost("lost", ids))),
                        answered(new CashierOutcome.AnswerLost("lost", ids))),
                Arguments.of(
                        EventCodec.event(result(new NotSent("connect"))),
                        answered(new CashierOutcome.NotSent("connect"))),
                Arguments.of(
                        EventCodec.event(result(new NotExecuted("command-expired"))),
                        answered(new CashierOutcome.NotExecuted(CashierOutcome.NotExecuted.EXPIRED))),
                Arguments.of(
                        EventCodec.event(shop(new OrderMatches())),
                        new Fact.ShopAnswered("command", new ShopOutcome.OrderMatches())),
                Arguments.of(
                        EventCodec.event(shop(new OrderDiffers(List.of("total")))),
                        new Fact.ShopAnswered("command", new ShopOutcome.OrderDiffers(List.of("total")))),
                Arguments.of(
                        EventCodec.event(shop(new ShopUnreachable("connect"))),
                        new Fact.ShopAnswered("command", new ShopOutcome.ShopUnreachable("connect"))),
                Arguments.of(
                        EventCodec.event(internal(new WebhookMatched(shopSays("paid"), 0))),
                        new Fact.ShopOrderChanged(ShopOrderStatus.PAID, new BigDecimal("100.0000"), "CAD")),
                Arguments.of(
                        EventCodec.event(internal(new WebhookMatched(shopSays("on hold"), 0))),
                        new Fact.ShopOrderChanged(ShopOrderStatus.UNKNOWN, new BigDecimal("100.0000"), "CAD")));
    }

    private static Stream<Arguments> acts() {
        return Stream.of(
                Arguments.of(
                        EventCodec.event(act(new ReviewDecided(ReviewDecision.REJECT, "why", "case"))),
                        acted(new Act.ReviewDecided(Act.ReviewDecision.REJECT, "why", "case"))),
                Arguments.of(
                        EventCodec.event(act(new CaseResolved("case", "why"))),
                        acted(new Act.CaseResolved("case", "why"))),
                Arguments.of(
                        EventCodec.event(act(new OrphanAttached("orphan", ToWire.webhook(WEBHOOK)))),
                        acted(new Act.OrphanAttached("orphan", WEBHOOK))),
                Arguments.of(
                        EventCodec.event(act(new RefundRequested("r-1", MONEY, "PAYONE", "account", List.of(), null))),
                        acted(new Act.RefundRequested("r-1", Fixtures.PRICE, "PAYONE", "account", List.of()))),
                Arguments.of(
                        EventCodec.event(act(new RefundRequested(
                                "r-1", MONEY, "PAYONE", "account", List.of(), new DestinationRef("supplier", "r1")))),
                        acted(new Act.PayOutRequested(
                                "r-1", Fixtures.PRICE, "PAYONE", "account", new Destination("supplier", "r1")))),
                Arguments.of(
                        EventCodec.event(act(new RefundRecorded("r-1", MONEY, "portal"))),
                        acted(new Act.RefundRecorded("r-1", Fixtures.PRICE, "portal"))),
                Arguments.of(
                        EventCodec.event(act(new AccountReleased("account"))),
                        acted(new Act.AccountReleased("account"))),
                Arguments.of(
                        EventCodec.event(act(new AccountReleased("shop:demo-shop"))),
                        acted(new Act.ShopReleased("demo-shop"))));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void every_kind_of_event_is_read_with_all_it_says(Event read, Fact expected) {
        assertThat(read)
                .isEqualTo(new Event(
                        "e-1",
                        Fixtures.PAYMENT,
                        Fixtures.MERCHANT,
                        dev.intermezzo.orchestrator.payment.Environment.SANDBOX,
                        Fixtures.START,
                        expected));
    }

    @Test
    void a_decision_that_an_older_build_wrote_names_no_case() throws IOException {
        Schema older = new Schema.Parser()
                .parse(Path.of("../schemas/history/OperatorAct/2.avsc").toFile());
        OperatorAct written = act(new ReviewDecided(ReviewDecision.ACCEPT, "why", "left out"));
        byte[] bytes = Codec.asWrittenWith(older, Codec.of(OperatorAct.class).encode(written));

        OperatorAct read = Codec.of(OperatorAct.class).decode(bytes, fingerprint -> older);

        assertThat(EventCodec.event(read).fact())
                .isEqualTo(acted(new Act.ReviewDecided(Act.ReviewDecision.ACCEPT, "why", "")));
    }

    @Test
    void what_decides_nothing_is_no_event() {
        assertThatThrownBy(() -> EventCodec.event(edge(new ViewRequested())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventCodec.event(edge(new WarmUp()))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void money_that_makes_no_sense_is_an_illegal_argument() {
        Money tooFine = new Money(new BigDecimal("1.0050"), "CAD");
        Money noMoney = new Money(new BigDecimal("1.0000"), "NOP");

        assertThatThrownBy(() -> EventCodec.event(act(new RefundRecorded("r-1", tooFine, ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CAD has 2 digits");
        assertThatThrownBy(() -> EventCodec.event(act(new RefundRecorded("r-1", noMoney, ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<Arguments> enums() {
        return Stream.of(
                Arguments.of(dev.intermezzo.schemas.avro.TransactionStatus.values(), TransactionStatus.values()),
                Arguments.of(
                        dev.intermezzo.schemas.avro.WebhookShape.values(),
                        dev.intermezzo.orchestrator.payment.WebhookShape.values()),
                Arguments.of(dev.intermezzo.schemas.avro.RejectionCategory.values(), RejectionCategory.values()),
                Arguments.of(dev.intermezzo.schemas.avro.NotificationEnd.values(), NotificationEnd.values()),
                Arguments.of(dev.intermezzo.schemas.avro.NotifyStatus.values(), NotifyStatus.values()),
                Arguments.of(dev.intermezzo.schemas.avro.TimerKind.values(), TimerKind.values()),
                Arguments.of(ReviewDecision.values(), Act.ReviewDecision.values()),
                Arguments.of(
                        dev.intermezzo.schemas.avro.OperationKind.values(),
                        dev.intermezzo.orchestrator.payment.OperationKind.values()),
                Arguments.of(
                        dev.intermezzo.schemas.avro.NoWordPolicy.values(),
                        dev.intermezzo.orchestrator.payment.NoWordPolicy.values()),
                Arguments.of(Environment.values(), dev.intermezzo.orchestrator.payment.Environment.values()),
                Arguments.of(
                        dev.intermezzo.schemas.avro.AttemptStatus.values(),
                        dev.intermezzo.orchestrator.payment.AttemptStatus.values()),
                Arguments.of(
                        dev.intermezzo.schemas.avro.StoredCaseKind.values(),
                        dev.intermezzo.orchestrator.payment.CaseKind.values()),
                Arguments.of(
                        dev.intermezzo.schemas.avro.StoredRefundStatus.values(),
                        dev.intermezzo.orchestrator.payment.RefundStatus.values()));
    }

    @ParameterizedTest
    @MethodSource("enums")
    void the_words_of_the_wire_and_of_the_state_machine_are_the_same(Enum<?>[] wire, Enum<?>[] domain) {
        assertThat(Arrays.stream(wire).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(domain).map(Enum::name).toList());
    }
}
