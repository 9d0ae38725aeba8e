package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.ledger.Outgoing;
import dev.intermezzo.orchestrator.payment.Act;
import dev.intermezzo.orchestrator.payment.CashierOutcome;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.orchestrator.payment.Environment;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.CheckoutReceived;
import dev.intermezzo.orchestrator.payment.Fact.ExecutionStarted;
import dev.intermezzo.orchestrator.payment.Fact.NotificationEnded;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.RejectionCategory;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import dev.intermezzo.orchestrator.payment.WebhookShape;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AuditedMoneyCommand;
import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.PayOut;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The rules of money (payments, "A payment and its attempts", "What the shop and the buyer are told", "Calling the
 * Cashier"), read a second time: from the facts themselves and from what was ordered, not from the state machine's
 * reasons. A rule that the state machine forgets is therefore still seen here.
 *
 * <p>One payment's memory, for one entry; {@link #remember} puts it back.
 */
final class MoneyRules {
    /** Refunds have numbers above it, in commands, answers and webhooks. */
    private static final int LAST_ATTEMPT = Dossier.MAX_ATTEMPTS;

    /** Twice as many messages as can be right. */
    private static final int MAX_TOLD = 4;

    private static final int MAX_MONEY_COMMANDS = 64;

    private final Map<Rule, String> broken = new EnumMap<>(Rule.class);
    private final List<NotifyStatus> told;
    private final List<AuditedMoneyCommand> moneyCommands;
    private final ToldMoney money;
    private @Nullable Money asked;
    private @Nullable Money seenByPersons;
    private boolean moneyReported;
    private boolean personsDecided;
    private boolean dismissed;
    private boolean approvedDelivered;

    MoneyRules(AuditedPayment memory) {
        told = new ArrayList<>(memory.getTold());
        moneyCommands = new ArrayList<>(memory.getMoneyCommands());
        money = new ToldMoney(memory);
        asked = StoredMoney.read(memory.getAsked());
        seenByPersons = StoredMoney.read(memory.getSeenByPersons());
        moneyReported = memory.getMoneyReported();
        personsDecided = memory.getPersonsDecided();
        dismissed = memory.getDismissed();
        approvedDelivered = memory.getApprovedDelivered();
    }

    /**
     * Takes the payment's next event with what was decided about it.
     *
     * @param before null: the event began the payment
     * @return rules that do not hold, each with what was seen
     */
    Map<Rule, String> take(@Nullable PaymentState before, Event event, PaymentState after, List<Outgoing<?>> commands) {
        hear(event);
        commands.forEach(this::ordered);
        if (after instanceof Live live) {
            if (before instanceof Live known && asked != null) {
                money.hear(event, known, asked);
            }
            if (decidedByTwo(event)) {
                if (before instanceof Live known) {
                    money.granted(known.dossier().approvedSum(), live.dossier().approvedSum());
                }
                seenByPersons = live.dossier().approvedSum();
                dismissed = live.kind() != StateKind.APPROVED;
            }
            judge(live);
        }
        return broken;
    }

    /** Puts what has to be known at the next entry into the payment's memory. */
    AuditedPayment.Builder remember(AuditedPayment.Builder memory) {
        return money.remember(memory)
                .setTold(told)
                .setMoneyCommands(moneyCommands)
                .setAsked(StoredMoney.write(asked))
                .setSeenByPersons(StoredMoney.write(seenByPersons))
                .setMoneyReported(moneyReported)
                .setPersonsDecided(personsDecided)
                .setDismissed(dismissed)
                .setApprovedDelivered(approvedDelivered);
    }

    // What the facts say

    private void hear(Event event) {
        personsDecided |= decidedByTwo(event);
        switch (event.fact()) {
            case CheckoutReceived form -> asked = asked == null ? form.amount() : asked;
            case WebhookReceived received -> {
                WebhookFacts facts = received.webhook();
                boolean approved =
                        facts.shape() == WebhookShape.YEAR_2026 && facts.status() == TransactionStatus.APPROVED;
                reported(approved, received.attempt(), facts.amount(), facts.currency());
            }
            case CashierAnswered answered -> answered(answered);
            case ExecutionStarted started -> started(started);
            case NotificationEnded ended -> delivered(ended);
            default -> {}
        }
    }

    /** A release lets calls and messages go on; it decides about nobody's money. */
    private static boolean decidedByTwo(Event event) {
        return event.fact() instanceof OperatorActed acted
                && !(acted.act() instanceof Act.AccountReleased)
                && !(acted.act() instanceof Act.ShopReleased)
                && acted.approver() != null
                && !acted.approver().isBlank()
                && !acted.approver().equals(acted.operator());
    }

    private void reported(boolean approved, int attempt, @Nullable BigDecimal amount, @Nullable String currency) {
        boolean matches = asked != null
                && amount != null
                && amount.compareTo(asked.getAmount()) == 0
                && (currency == null || currency.equals(asked.getCurrencyUnit().getCode()));
        moneyReported |= approved && matches && attempt <= LAST_ATTEMPT;
    }

    private void answered(CashierAnswered answered) {
        if (answered.outcome() instanceof AnsweredAtOnce once) {
            boolean approved = once.status() == TransactionStatus.APPROVED;
            reported(approved, answered.attempt(), once.amount(), once.currency());
        }
        if (certainlyNotSent(answered.outcome())) {
            change(
                    answered.commandId(),
                    known -> AuditedMoneyCommand.newBuilder(known)
                            .setNotSent(true)
                            .build());
        }
    }

    private static boolean certainlyNotSent(CashierOutcome outcome) {
        return switch (outcome) {
            case NotSent none -> true;
            case NotExecuted not -> not.code().equals(NotExecuted.EXPIRED);
            case Rejected rejected -> rejected.category() == RejectionCategory.ACCOUNT_AUTHENTICATION;
            case AnsweredAtOnce once -> false;
            case CashierOutcome.PageOpened opened -> false;
            case CashierOutcome.AnswerLost lost -> false;
        };
    }

    private void started(ExecutionStarted started) {
        Optional<AuditedMoneyCommand> known = command(started.commandId());
        if (known.isPresent() && known.get().getStarted()) {
            broken.put(Rule.CLAIMED_ONCE, "the command " + started.commandId() + " was claimed twice");
        }
        change(
                started.commandId(),
                command ->
                        AuditedMoneyCommand.newBuilder(command).setStarted(true).build());
    }

    private void delivered(NotificationEnded ended) {
        if (ended.end() != NotificationEnd.DELIVERED) {
            return;
        }
        switch (ended.status()) {
            case APPROVED -> approvedDelivered = true;
            case FAILED -> {
                String said = ended.shopStatus();
                if (approvedDelivered && (said == null || said.equalsIgnoreCase("failed"))) {
                    broken.put(Rule.ONE_OUTCOME, "the shop took failed after approved");
                }
            }
        }
    }

    // What was ordered

    private void ordered(Outgoing<?> command) {
        switch (command.value()) {
            case NotificationRequest request when request.getRedrive() != null -> toldAgain(request.getStatus());
            case NotificationRequest request -> told(request.getStatus());
            case CashierCommand cashier -> moneyOrdered(command, cashier);
            default -> {}
        }
    }

    private void told(NotifyStatus status) {
        if (told.contains(NotifyStatus.APPROVED) || told.contains(status)) {
            broken.put(Rule.ONE_OUTCOME, "the shop was to be told " + status + " after " + told);
        }
        if (status == NotifyStatus.APPROVED && !moneyReported && !personsDecided) {
            broken.put(Rule.APPROVED_MONEY, "approved was told and no fact tells of that money");
        }
        if (told.size() < MAX_TOLD) {
            told.add(status);
        }
    }

    private void toldAgain(NotifyStatus status) {
        if (told.isEmpty() || told.getLast() != status) {
            broken.put(Rule.ONE_OUTCOME, "the shop was to be told " + status + " again after " + told);
        }
    }

    private void moneyOrdered(Outgoing<?> command, CashierCommand cashier) {
        boolean payOut = cashier.getBody() instanceof PayOut;
        if (!payOut && !command.topic().equals(Topics.ONCE_COMMANDS)) {
            return;
        }
        if (payOut && !personsDecided) {
            broken.put(Rule.TWO_PERSONS, "the pay-out " + command.id() + " was ordered by nobody");
        }
        moneyCommands.stream()
                .filter(earlier -> earlier.getAttempt() == cashier.getAttempt() && !earlier.getNotSent())
                .findFirst()
                .ifPresent(earlier -> broken.put(
                        Rule.EXECUTED_ONCE,
                        command.id() + " was ordered although " + earlier.getId() + " may have been sent"));
        moneyCommands.add(new AuditedMoneyCommand(command.id(), cashier.getAttempt(), false, false));
        if (moneyCommands.size() > MAX_MONEY_COMMANDS) {
            moneyCommands.removeFirst();
        }
    }

    // What the payment became

    private void judge(Live live) {
        Dossier dossier = live.dossier();
        if (live.kind() == StateKind.APPROVED && !moneyReported && !personsDecided) {
            broken.put(Rule.APPROVED_MONEY, "the payment is approved and no fact tells of that money");
        }
        if (told.contains(NotifyStatus.APPROVED)
                && live.environment() == Environment.SANDBOX
                && !dossier.plan().testShop()) {
            broken.put(Rule.SANDBOX_MONEY, "approved was told to a shop that is not marked as a test");
        }
        boolean lessIsSeen = personsDecided || !dossier.openCases().isEmpty();
        if (asked != null) {
            money.wrong(dossier.approvedSum(), asked, lessIsSeen)
                    .ifPresent(what -> broken.put(Rule.COUNTED_MONEY, what));
        }
        if (!balanced(live, dossier)) {
            broken.put(
                    Rule.BALANCE,
                    "asked " + asked + ", approved " + dossier.approvedSum() + ", refunded " + dossier.refundedSum());
        }
    }

    private boolean balanced(Live live, Dossier dossier) {
        Money approved = dossier.approvedSum();
        Money kept = approved.minus(dossier.refundedSum());
        if (!dossier.order().amount().equals(asked) || kept.isNegative()) {
            return false;
        }
        if (kept.isZero() || !dossier.openCases().isEmpty() || approved.equals(seenByPersons)) {
            return true;
        }
        if (live.kind() != StateKind.APPROVED) {
            return false;
        }
        // Money that two persons turned down stays here beside what pays the order.
        boolean besideTheDismissed = dismissed
                && seenByPersons != null
                && approved.minus(seenByPersons).equals(asked);
        return approved.equals(asked) || kept.equals(asked) || besideTheDismissed;
    }

    private Optional<AuditedMoneyCommand> command(String id) {
        return moneyCommands.stream().filter(each -> each.getId().equals(id)).findFirst();
    }

    private void change(String id, UnaryOperator<AuditedMoneyCommand> change) {
        moneyCommands.replaceAll(each -> each.getId().equals(id) ? change.apply(each) : each);
    }
}
