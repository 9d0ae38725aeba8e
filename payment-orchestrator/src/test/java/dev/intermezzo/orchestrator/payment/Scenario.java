package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Act.ReviewDecided;
import dev.intermezzo.orchestrator.payment.CashierOutcome.PageOpened;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.CheckoutReceived;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import dev.intermezzo.orchestrator.payment.Fact.WebhookOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a payment's story event by event, and remembers what was decided. The story's clock moves only when told to. */
public final class Scenario {

    private final List<Event> events = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<ArmedTimer> requested = new ArrayList<>();
    private @Nullable PaymentState state;
    private @Nullable Decision last;
    private String payment = Fixtures.PAYMENT;
    private Environment environment = Environment.SANDBOX;
    private Instant now = Fixtures.START;

    private Scenario() {}

    public static Scenario story() {
        return new Scenario();
    }

    /** The story of a pay-out that belongs to no payment. */
    public static Scenario ofPayOut() {
        Scenario story = new Scenario();
        story.payment = Fixtures.PAY_OUT;
        return story;
    }

    /** A payment whose first route's page is open, as transaction {@code tx-1}. */
    public static Scenario atProvider(PlannedRoute... routes) {
        return story().checkout(Fixtures.form(Fixtures.plan(routes))).pageOpened("tx-1");
    }

    /** A payment of which {@code tx-1} was approved. */
    public static Scenario approved() {
        return atProvider(Fixtures.route("PAYONE")).webhook(TransactionStatus.APPROVED, "tx-1", "100.00");
    }

    public Scenario inProduction() {
        environment = Environment.PRODUCTION;
        return this;
    }

    // Events

    public Scenario later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    public Scenario take(Fact fact) {
        return take(event("event-" + events.size(), fact));
    }

    public Event event(String id, Fact fact) {
        return new Event(id, payment, Fixtures.MERCHANT, environment, now, fact);
    }

    public Scenario take(Event event) {
        Decision decision = Decider.decide(state, event);
        last = decision;
        events.add(event);
        commands.addAll(decision.commands());
        PaymentState next = decision.next();
        if (next != null) {
            decision.timers()
                    .forEach(timer ->
                            requested.add(new ArmedTimer(timer.kind(), timer.attempt(), next.sequence(), timer.due())));
        }
        state = next;
        return this;
    }

    public Scenario checkout(CheckoutReceived form) {
        return take(form);
    }

    public Scenario details(PaymentPlan plan) {
        return take(new Fact.BuyerDetailsSubmitted(null, Fixtures.sealed(2), plan, null, null));
    }

    public Scenario chooses(String provider, PaymentPlan plan) {
        return take(new Fact.BuyerDetailsSubmitted(provider, Fixtures.sealed(2), plan, null, null));
    }

    /** The buyer chooses this provider, or takes the plan's first, and types a voucher's PIN. */
    public Scenario types(@Nullable String provider, SealedData voucher, PaymentPlan plan) {
        return take(new Fact.BuyerDetailsSubmitted(provider, Fixtures.sealed(2), plan, voucher, null));
    }

    public Scenario asksAgain(boolean confirmed, PaymentPlan plan) {
        return asksAgain(confirmed, null, plan);
    }

    /** The buyer asks for another attempt at this provider, or at the plan's first, on a page that does not say which. */
    public Scenario asksAgain(boolean confirmed, @Nullable String provider, PaymentPlan plan) {
        return take(new Fact.BuyerAskedAgain(confirmed, provider, plan, null));
    }

    public Scenario givesUp() {
        return take(new Fact.BuyerGaveUp());
    }

    public Scenario pageOpened(String... transactionIds) {
        return answer(new PageOpened(new SealedUrl(Fixtures.bytes(9)), List.of(transactionIds)));
    }

    /** The latest call is answered. */
    public Scenario answer(CashierOutcome outcome) {
        return answer(calls().getLast(), outcome);
    }

    /** The call cannot be sent so many times, each time made again when its wait is over. */
    public Scenario unsentAndMadeAgain(int times) {
        for (int time = 0; time < times; time++) {
            answer(new CashierOutcome.NotSent("connect")).fires(TimerKind.CASHIER_RETRY);
        }
        return this;
    }

    public Scenario answer(Command.OpenPage call, CashierOutcome outcome) {
        return take(new CashierAnswered(call.id(), call.attempt(), call.provider(), call.account(), outcome));
    }

    public Scenario payOutAnswer(CashierOutcome outcome) {
        Command.PayOut call = payOuts().getLast();
        return take(new CashierAnswered(call.id(), call.attempt(), call.provider(), call.account(), outcome));
    }

    /** A webhook for the latest attempt. */
    public Scenario webhook(TransactionStatus status, String transaction, @Nullable String amount) {
        return webhook(dossier().attempts().size(), Fixtures.webhook(status, transaction, amount));
    }

    public Scenario webhook(int attempt, WebhookFacts facts) {
        return take(new Fact.WebhookReceived(WebhookOrigin.TRANSACTION, facts, attempt));
    }

    /** Lets time pass until the armed timer of this kind is due, and fires it. */
    public Scenario fires(TimerKind kind) {
        ArmedTimer timer = dossier().timers().stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no timer " + kind + " is armed: " + dossier().timers()));
        now = timer.due().isAfter(now) ? timer.due() : now;
        return take(new Fact.TimerFired(kind, timer.armedAt(), timer.attempt()));
    }

    public Scenario fires(ArmedTimer timer) {
        now = timer.due().isAfter(now) ? timer.due() : now;
        return take(new Fact.TimerFired(timer.kind(), timer.armedAt(), timer.attempt()));
    }

    public Scenario ended(NotificationEnd end, @Nullable String shopStatus) {
        Command.TellShop told = told().getLast();
        return take(new Fact.NotificationEnded(told.id(), told.status(), end, 1, shopStatus));
    }

    /** Two persons act. */
    public Scenario act(Act act) {
        return take(new OperatorActed("olga", "peter", act));
    }

    public Scenario actAlone(Act act) {
        return take(new OperatorActed("olga", null, act));
    }

    public Scenario decides(Act.ReviewDecision decision) {
        return act(new ReviewDecided(decision, "looked at it", ""));
    }

    /** Two persons decide about the case that they looked at. */
    public Scenario decides(Act.ReviewDecision decision, String caseId) {
        return act(new ReviewDecided(decision, "looked at it", caseId));
    }

    // What came of it

    public PaymentState state() {
        return Objects.requireNonNull(state, "no payment yet");
    }

    public @Nullable PaymentState stateOrNull() {
        return state;
    }

    public StateKind kind() {
        return state().kind();
    }

    public Decision decision() {
        return Objects.requireNonNull(last, "nothing happened yet");
    }

    public Verdict verdict() {
        return decision().verdict();
    }

    public Reason reason() {
        return decision().reason();
    }

    public Dossier dossier() {
        if (state() instanceof PaymentState.Live live) {
            return live.dossier();
        }
        throw new AssertionError("no dossier: " + state());
    }

    public Attempt attempt(int number) {
        return dossier().attempt(number).orElseThrow();
    }

    public Page page(int number) {
        return Objects.requireNonNull(attempt(number).page(), "no page was opened");
    }

    public BuyerView view() {
        if (state() instanceof PaymentState.Live live) {
            return BuyerView.of(live);
        }
        throw new AssertionError("no page: " + state());
    }

    public List<Event> events() {
        return events;
    }

    public List<Command> commands() {
        return commands;
    }

    public List<ArmedTimer> requestedTimers() {
        return requested;
    }

    public List<Command.OpenPage> calls() {
        return commands(Command.OpenPage.class);
    }

    public List<Command.PayOut> payOuts() {
        return commands(Command.PayOut.class);
    }

    public List<Command.TellShop> told() {
        return commands(Command.TellShop.class);
    }

    public List<NotifyStatus> toldStatuses() {
        return told().stream().map(Command.TellShop::status).toList();
    }

    public List<CaseKind> openCases() {
        return dossier().openCases().stream().map(Case::kind).toList();
    }

    public Instant now() {
        return now;
    }

    public <C extends Command> List<C> commands(Class<C> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
