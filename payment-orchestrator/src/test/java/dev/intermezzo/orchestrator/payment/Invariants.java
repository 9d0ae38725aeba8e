package dev.intermezzo.orchestrator.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after every event, whatever happened. It judges from the facts that were handed in, never from the state
 * machine's own reading of them.
 */
final class Invariants {

    /** A form that is further behind was stamped by a wrong clock. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(5);

    private final Scenario story;
    private final Set<TransitionTable.Transition> transitions = new LinkedHashSet<>();

    /** A fact said "approved" with the order's money through the right account. */
    private boolean matchingMoneyReported;

    /** Two persons accepted, attached, refunded or agreed. */
    private boolean personsDecidedAboutMoney;

    /** Pay-outs that certainly were not executed. */
    private final Set<String> certainlyNotSent = new HashSet<>();

    private final Map<Integer, Command.PayOut> lastPayOut = new HashMap<>();

    /** By the sealed voucher: its latest call. */
    private final Map<SealedData, Command.OpenPage> lastRedemption = new HashMap<>();

    Invariants(Scenario story) {
        this.story = story;
    }

    Set<TransitionTable.Transition> transitions() {
        return transitions;
    }

    void step(Event event) {
        PaymentState before = story.stateOrNull();
        remember(event);
        Decision decision = story.take(event).decision();
        PaymentState after = decision.next();
        checkVerdict(before, after, decision, event);
        if (after == null) {
            return;
        }
        StateKind from = before == null ? null : before.kind();
        if (from != after.kind()) {
            transitions.add(new TransitionTable.Transition(from, EventKind.of(event.fact()), after.kind()));
        }
        checkMoneyCommands(decision);
        checkMessages();
        if (before instanceof Live live && after instanceof Live next) {
            checkFinality(live, next, event);
            checkForms(live, next, event);
        }
        boolean taken = decision.verdict() != Verdict.REPEATED;
        if (taken && (before == null || before instanceof Live) && after instanceof Live next) {
            checkChoice(before instanceof Live live ? live.dossier().attempts().size() : 0, next);
        }
        if (after instanceof Live live) {
            checkLive(live, decision);
        }
    }

    private void remember(Event event) {
        switch (event.fact()) {
            case WebhookReceived received -> {
                WebhookFacts facts = received.webhook();
                boolean usable = facts.shape() == WebhookShape.YEAR_2026
                        && facts.account().equals(Fixtures.ACCOUNT);
                matching(usable && facts.status() == TransactionStatus.APPROVED, facts.amount(), facts.currency());
            }
            case CashierAnswered answered -> {
                if (answered.outcome() instanceof AnsweredAtOnce once) {
                    matching(once.status() == TransactionStatus.APPROVED, once.amount(), once.currency());
                }
                boolean onHold = answered.outcome() instanceof Rejected rejected
                        && rejected.category() == RejectionCategory.ACCOUNT_AUTHENTICATION;
                if (answered.outcome() instanceof NotSent
                        || answered.outcome() instanceof CashierOutcome.NotExecuted
                        || onHold) {
                    certainlyNotSent.add(answered.commandId());
                }
            }
            case OperatorActed acted when acted.byTwoPersons() -> personsDecidedAboutMoney = true;
            default -> {}
        }
    }

    private void matching(boolean approved, @Nullable BigDecimal amount, @Nullable String currency) {
        boolean money = amount != null
                && amount.compareTo(Fixtures.PRICE.getAmount()) == 0
                && (currency == null || currency.equals("CAD"));
        matchingMoneyReported = matchingMoneyReported || (approved && money);
    }

    private void checkVerdict(
            @Nullable PaymentState before, @Nullable PaymentState after, Decision decision, Event event) {
        if (decision.verdict() == Verdict.REPEATED) {
            assertThat(after).isSameAs(before);
            assertThat(decision.commands()).isEmpty();
            assertThat(decision.timers()).isEmpty();
            return;
        }
        if (after == null) {
            assertThat(before).isNull();
            return;
        }
        assertThat(after.sequence()).isEqualTo(before == null ? 1 : before.sequence() + 1);
        if (before != null) {
            assertThat(after.time()).isAfterOrEqualTo(before.time());
        }
        // The same event once more changes nothing at all.
        Decision again = Decider.decide(after, event);
        assertThat(again.next()).isSameAs(after);
        assertThat(again.verdict()).isEqualTo(Verdict.REPEATED);
    }

    private void checkFinality(Live before, Live after, Event event) {
        if (before.kind() == StateKind.APPROVED) {
            assertThat(after.kind()).isEqualTo(StateKind.APPROVED);
        }
        for (Attempt old : before.dossier().attempts()) {
            Attempt now = after.dossier().attempt(old.number()).orElseThrow();
            if (old.status() == AttemptStatus.APPROVED) {
                assertThat(now.status()).isEqualTo(AttemptStatus.APPROVED);
            }
            if (old.status() == AttemptStatus.UNKNOWN && now.status() != AttemptStatus.UNKNOWN) {
                assertThat(event.fact())
                        .as("unknown stays unknown until a fact decides it")
                        .isInstanceOfAny(WebhookReceived.class, CashierAnswered.class, OperatorActed.class);
            }
        }
        boolean undecided = before.dossier().attempts().stream().anyMatch(Attempt::movesMoneyUndecided);
        boolean stillUndecided = undecided
                && after.dossier().attempts().stream()
                        .limit(before.dossier().attempts().size())
                        .anyMatch(Attempt::movesMoneyUndecided);
        if (stillUndecided) {
            assertThat(after.dossier().attempts())
                    .as("no new attempt while one that moves money is undecided")
                    .hasSameSizeAs(before.dossier().attempts());
        }
    }

    private static void checkForms(Live before, Live after, Event event) {
        int known = before.dossier().attempts().size();
        boolean outdated = switch (event.fact()) {
            case Fact.BuyerDetailsSubmitted form -> form.attempt() != null && form.attempt() <= known;
            case Fact.BuyerAskedAgain form -> form.attempt() != null && form.attempt() <= known;
            case Fact.CheckoutReceived form ->
                event.occurredAt().isBefore(before.time())
                        && event.occurredAt().isAfter(before.time().minus(ON_ITS_WAY));
            default -> false;
        };
        if (outdated) {
            assertThat(after.dossier().attempts())
                    .as("a form of before begins no attempt")
                    .hasSize(known);
            assertThat(after.kind()).isEqualTo(before.kind());
        }
    }

    private static void checkChoice(int knownAttempts, Live after) {
        Dossier dossier = after.dossier();
        Optional<PlannedRoute> chosen =
                Optional.ofNullable(dossier.choice()).flatMap(choice -> choice.in(dossier.plan()));
        List<Attempt> begun = dossier.attempts().stream().skip(knownAttempts).toList();
        assertThat(begun)
                .as("an attempt begins with the route that is on record as chosen")
                .allMatch(attempt -> chosen.filter(attempt.route()::equals).isPresent());
        if (chosen.isPresent() && begun.isEmpty()) {
            assertThat(after.kind())
                    .as("a chosen route begins an attempt or waits for the buyer's details")
                    .isEqualTo(StateKind.AWAITING_BUYER);
        }
    }

    private void checkLive(Live state, Decision decision) {
        Dossier dossier = state.dossier();
        if (state.kind() == StateKind.APPROVED) {
            assertThat(matchingMoneyReported || personsDecidedAboutMoney)
                    .as("approved only with matching money")
                    .isTrue();
        }
        if (!dossier.order().holds().isEmpty()) {
            assertThat(decision.commands())
                    .as("what is held never reaches the Cashier")
                    .noneMatch(each -> each instanceof Command.OpenPage);
        }
        if (state.kind() == StateKind.UNDER_REVIEW) {
            assertThat(dossier.cases()).as("a review has a reason").anyMatch(Case::keepsUnderReview);
        }
        checkMoney(state, dossier);
        checkBounds(dossier);
    }

    /** Rule 7 of payments, "A payment and its attempts". */
    private void checkMoney(Live state, Dossier dossier) {
        Money approved = dossier.approvedSum();
        Money spent = dossier.refundedSum();
        assertThat(spent).as("refunds never pass what was approved").isLessThanOrEqualTo(approved);
        if (approved.isZero()
                || personsDecidedAboutMoney
                || !dossier.openCases().isEmpty()) {
            return;
        }
        assertThat(approved.minus(spent))
                .as("approved minus refunded equals the order's amount, or a case is open: %s", state)
                .isEqualTo(dossier.order().amount());
    }

    private static void checkBounds(Dossier dossier) {
        assertThat(dossier.attempts()).hasSizeLessThanOrEqualTo(Dossier.MAX_ATTEMPTS);
        assertThat(dossier.refunds()).hasSizeLessThanOrEqualTo(Dossier.MAX_REFUNDS);
        assertThat(dossier.cases()).hasSizeLessThanOrEqualTo(Dossier.MAX_CASES);
        assertThat(dossier.buyer()).hasSizeLessThanOrEqualTo(Dossier.MAX_BUYER_PARTS);
        assertThat(dossier.recentEvents()).hasSizeLessThanOrEqualTo(Dossier.MAX_RECENT_EVENTS);
        assertThat(dossier.attempts())
                .allMatch(attempt -> attempt.transactions().size() <= Attempt.MAX_TRANSACTIONS);
        assertThat(dossier.attempts())
                .filteredOn(attempt -> attempt.route().provider().equals("FLEXEPIN"))
                .hasSizeLessThanOrEqualTo(Dossier.MAX_VOUCHERS);
        assertThat(dossier.attempts())
                .as("a voucher is kept only while its call may have to be made")
                .allMatch(attempt -> attempt.voucher() == null || attempt.status() == AttemptStatus.OPENING);
        assertThat(dossier.buyer())
                .as("a voucher is no detail of the buyer")
                .noneMatch(part -> part.purpose().equals("voucher-pin"));
    }

    private void checkMoneyCommands(Decision decision) {
        for (Command command : decision.commands()) {
            if (command instanceof Command.OpenPage call) {
                checkVouchers(call);
            }
            if (command instanceof Command.PayOut payOut) {
                Command.PayOut earlier = lastPayOut.put(payOut.attempt(), payOut);
                if (earlier != null) {
                    assertThat(certainlyNotSent)
                            .as("money is sent again only when it certainly was not sent before")
                            .contains(earlier.id());
                }
            }
        }
        assertThat(story.commands()).extracting(Command::id).doesNotHaveDuplicates();
    }

    private void checkVouchers(Command.OpenPage call) {
        List<SealedData> vouchers = call.buyer().stream()
                .filter(part -> part.purpose().equals("voucher-pin"))
                .toList();
        assertThat(vouchers)
                .as("who redeems a voucher is given the one that was typed, and nobody else is")
                .hasSize(call.provider().equals("FLEXEPIN") ? 1 : 0);
        for (SealedData voucher : vouchers) {
            Command.OpenPage earlier = lastRedemption.put(voucher, call);
            if (earlier != null) {
                assertThat(earlier.attempt()).as("a voucher is of one attempt").isEqualTo(call.attempt());
                assertThat(certainlyNotSent)
                        .as("a voucher is sent again only when it certainly was not sent before")
                        .contains(earlier.id());
            }
        }
    }

    private void checkMessages() {
        List<Command.TellShop> told = story.told();
        assertThat(story.toldStatuses())
                .as("one decisive message; failed may be followed by approved, never the reverse")
                .isIn(
                        List.of(),
                        List.of(NotifyStatus.APPROVED),
                        List.of(NotifyStatus.FAILED),
                        List.of(NotifyStatus.FAILED, NotifyStatus.APPROVED));
        if (!told.isEmpty()) {
            assertThat(told.getFirst().checkPending()).isTrue();
        }
        if (told.size() == 2) {
            assertThat(told.getLast().checkPending())
                    .as("after our own failed the shop is not pending any more")
                    .isFalse();
        }
    }
}
