package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.DecideFunction;
import dev.intermezzo.orchestrator.payment.Command;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Decision;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.NotifyStatus;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import dev.intermezzo.schemas.avro.LivePayment;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds whose state machine has forgotten one rule of money. Both the orchestrator and the auditor run them. */
final class BrokenBuilds {
    private BrokenBuilds() {}

    /** Takes every approval for one of the money that was asked for. */
    static Bookkeeper withoutAmountCheck() {
        return build((state, event) -> Decider.decide(state, believing(event)));
    }

    /** Takes a transaction that it is told of again for another one. */
    static Bookkeeper countingEachWebhook() {
        return build((state, event) -> Decider.decide(
                state,
                ofWebhook(
                        event,
                        facts -> told(
                                facts, facts.transactionId() + '/' + event.id(), facts.status(), facts.amount()))));
    }

    /** Passes further money over once the payment is approved. */
    static Bookkeeper droppingFurtherMoney() {
        return build((state, event) -> Decider.decide(
                state,
                state != null && state.kind() == StateKind.APPROVED
                        ? ofWebhook(
                                event,
                                facts -> told(facts, facts.transactionId(), TransactionStatus.PENDING, facts.amount()))
                        : event));
    }

    /** Forgets that a second approval is a surplus. */
    static Bookkeeper withoutSurplusRule() {
        return build((state, event) -> changed(
                Decider.decide(state, event),
                live -> LivePayment.newBuilder(live).setCases(List.of()).build()));
    }

    /** Tells the shop "failed" whenever it told "approved". */
    static Bookkeeper tellingBoth() {
        return build((state, event) -> {
            Decision decision = Decider.decide(state, event);
            List<Command> commands = new ArrayList<>(decision.commands());
            decision.commands().stream()
                    .filter(Command.TellShop.class::isInstance)
                    .map(Command.TellShop.class::cast)
                    .forEach(told -> commands.add(new Command.TellShop(
                            numbered(told.head(), 9),
                            told.integrationId(),
                            told.orderUuid(),
                            told.notifyUrl(),
                            NotifyStatus.FAILED,
                            true,
                            told.mozelloKeyId())));
            return with(decision, commands);
        });
    }

    /** Tries "failed" again where "approved" was parked. */
    static Bookkeeper tryingTheOtherAgain() {
        return build((state, event) -> {
            Decision decision = Decider.decide(state, event);
            List<Command> commands = decision.commands().stream()
                    .map(each -> each instanceof Command.TellShopAgain again
                            ? new Command.TellShopAgain(
                                    again.head(),
                                    again.requestId(),
                                    again.integrationId(),
                                    again.orderUuid(),
                                    again.notifyUrl(),
                                    NotifyStatus.FAILED,
                                    again.checkPending(),
                                    again.mozelloKeyId())
                            : each)
                    .toList();
            return with(decision, commands);
        });
    }

    /** Orders every pay-out twice. */
    static Bookkeeper payingTwice() {
        return build((state, event) -> {
            Decision decision = Decider.decide(state, event);
            List<Command> commands = new ArrayList<>(decision.commands());
            decision.commands().stream()
                    .filter(Command.PayOut.class::isInstance)
                    .map(Command.PayOut.class::cast)
                    .forEach(payOut -> commands.add(new Command.PayOut(
                            numbered(payOut.head(), 9),
                            payOut.attempt(),
                            payOut.provider(),
                            payOut.account(),
                            payOut.amount(),
                            payOut.settings(),
                            payOut.notAfter(),
                            payOut.buyer(),
                            payOut.reason(),
                            payOut.destination())));
            return with(decision, commands);
        });
    }

    /** Pays out on one person's word. */
    static Bookkeeper withoutSecondPerson() {
        return build((state, event) -> Decider.decide(state, seconded(event)));
    }

    /** Says "approved" for sandbox money to any shop. */
    static Bookkeeper withoutSandboxRule() {
        return build(BrokenBuilds::forgettingTestShops);
    }

    /** The same as a build of another decider version. */
    static Bookkeeper anotherVersionWithoutSandboxRule() {
        return new Bookkeeper(BrokenBuilds::forgettingTestShops, Decider.DECIDER_VERSION + 1);
    }

    private static Decision forgettingTestShops(@Nullable PaymentState state, Event event) {
        return changed(Decider.decide(state == null ? null : withTestShop(state), event), live -> plan(live, false));
    }

    private static Bookkeeper build(DecideFunction decider) {
        return new Bookkeeper(decider, Decider.DECIDER_VERSION);
    }

    private static Event believing(Event event) {
        return ofWebhook(event, facts -> told(facts, facts.transactionId(), facts.status(), new BigDecimal("49.90")));
    }

    private static Event ofWebhook(Event event, UnaryOperator<WebhookFacts> change) {
        return event.fact() instanceof Fact.WebhookReceived received
                ? with(
                        event,
                        new Fact.WebhookReceived(
                                received.origin(), change.apply(received.webhook()), received.attempt()))
                : event;
    }

    private static WebhookFacts told(
            WebhookFacts facts, String transaction, TransactionStatus status, @Nullable BigDecimal amount) {
        return new WebhookFacts(
                facts.account(),
                transaction,
                facts.pspTransactionId(),
                facts.userId(),
                facts.rawStatus(),
                status,
                amount,
                facts.currency(),
                facts.merchantReference(),
                facts.method(),
                facts.shape(),
                facts.bodyDigest());
    }

    private static Event seconded(Event event) {
        return event.fact() instanceof Fact.OperatorActed acted
                ? with(event, new Fact.OperatorActed(acted.operator(), "nobody", acted.act()))
                : event;
    }

    private static Event with(Event event, Fact fact) {
        return new Event(
                event.id(), event.paymentId(), event.merchantId(), event.environment(), event.occurredAt(), fact);
    }

    private static Decision with(Decision decision, List<Command> commands) {
        return new Decision(decision.next(), decision.verdict(), decision.reason(), commands, decision.timers());
    }

    private static Decision changed(Decision decision, UnaryOperator<LivePayment> change) {
        PaymentState next = Objects.requireNonNull(decision.next());
        return new Decision(
                changed(next, change), decision.verdict(), decision.reason(), decision.commands(), decision.timers());
    }

    private static PaymentState changed(PaymentState state, UnaryOperator<LivePayment> change) {
        PaymentStateRecord stored = StateCodec.toRecord(state);
        return StateCodec.toState(PaymentStateRecord.newBuilder(stored)
                .setBody(change.apply((LivePayment) stored.getBody()))
                .build());
    }

    private static PaymentState withTestShop(PaymentState state) {
        return changed(state, live -> plan(live, true));
    }

    private static LivePayment plan(LivePayment live, boolean testShop) {
        return LivePayment.newBuilder(live)
                .setPlan(PaymentPlan.newBuilder(live.getPlan())
                        .setTestShop(testShop)
                        .build())
                .build();
    }

    private static Command.Head numbered(Command.Head head, int number) {
        String id = head.id().substring(0, head.id().lastIndexOf('.') + 1) + number;
        return new Command.Head(id, head.paymentId(), head.merchantId(), head.environment(), head.occurredAt());
    }
}
