package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.PageOpened;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An arbitrary outside world around one payment: a Cashier with a truth of its own, a buyer, a shop and operators, each of
 * whom may act at any moment, late, twice, never, or wrongly. Every choice comes from one generator, so a seed is a story.
 */
public final class World {

    private static final String[] PROVIDERS = {"PAYONE", "CLEO", "NEOSURF", "FLEXEPIN"};

    private final RandomGenerator choice;
    private final Scenario story = Scenario.story();
    private final Invariants invariants = new Invariants(story);

    /** Transactions that the Cashier knows, each of an attempt or refund. */
    private final List<Known> transactions = new ArrayList<>();

    private int named;

    private int vouchers;

    private record Known(String id, int attempt, String account) {}

    public World(RandomGenerator choice) {
        this.choice = choice;
    }

    /** Lives through so many events and checks what must always hold after each. */
    public World live(int events) {
        switch (choice.nextInt(60)) {
            case 0 -> step(new Fact.WebhookOrphaned(Fixtures.webhook(status(), "tx-0", "100.00")));
            case 1 -> webhook();
            default -> step(checkout());
        }
        for (int i = 1; i < events && story.stateOrNull() != null; i++) {
            step();
        }
        return this;
    }

    public Scenario story() {
        return story;
    }

    public Set<TransitionTable.Transition> transitions() {
        return invariants.transitions();
    }

    private void step() {
        if (choice.nextInt(4) == 0) {
            story.later(Duration.ofSeconds(choice.nextInt(7200) - 60));
        }
        switch (choice.nextInt(20)) {
            case 0, 1 -> step(checkout());
            case 2 ->
                step(new Fact.BuyerDetailsSubmitted(
                        provider(), Fixtures.sealed(choice.nextInt(9)), plan(), voucher(), meant()));
            case 3, 4 -> step(new Fact.BuyerAskedAgain(choice.nextInt(4) != 0, provider(), plan(), meant()));
            case 5 -> step(new Fact.BuyerGaveUp());
            case 6, 7, 8, 9 -> answer();
            case 10, 11, 12 -> webhook();
            case 13, 14, 15 -> timer();
            case 16 -> step(act());
            case 17 -> shop();
            case 18 -> notification();
            case 19 -> repeatOrClaim();
            default -> throw new AssertionError("no such choice");
        }
    }

    private void step(Fact fact) {
        invariants.step(story.event("event-" + story.events().size(), fact));
    }

    private Fact checkout() {
        boolean other = !story.events().isEmpty() && choice.nextInt(15) == 0;
        HoldReason[] holds = switch (choice.nextInt(14)) {
            case 0 -> new HoldReason[] {new HoldReason("host-not-listed", "pay.example.net")};
            case 1, 2 -> new HoldReason[] {new HoldReason(HoldReason.COMPARE_ORDER, "")};
            case 3 -> new HoldReason[] {new HoldReason(HoldReason.COMPARE_ORDER_IF_REACHABLE, "")};
            default -> new HoldReason[0];
        };
        return Fixtures.form(
                other ? Fixtures.cad("1.00") : Fixtures.PRICE,
                choice.nextInt(9) == 0 ? "key-b" : "key-a",
                plan(),
                holds);
    }

    private @Nullable SealedData voucher() {
        return choice.nextInt(3) == 0 ? null : Fixtures.sealedVoucher(++vouchers);
    }

    private PaymentPlan plan() {
        return switch (choice.nextInt(12)) {
            case 0 -> Fixtures.plan(Fixtures.missing("PAYONE", "phone"));
            case 1 -> Fixtures.choosing(Fixtures.route("PAYONE"), Fixtures.missing("CLEO", "phone"));
            case 2 -> Fixtures.plan(Fixtures.movingMoney("NEOSURF"), Fixtures.route("PAYONE"));
            case 3 -> Fixtures.plan(Fixtures.ineligible("PAYONE"));
            case 4 -> Fixtures.plan(Fixtures.singleUse("PAYONE"), Fixtures.namingItsCurrency("CLEO"));
            case 5 -> Fixtures.silentPlan(Fixtures.route("PAYONE"), Fixtures.route("CLEO"));
            case 6 -> Fixtures.liveShopPlan(Fixtures.route("PAYONE"));
            case 7 -> Fixtures.plan(Fixtures.voucher("FLEXEPIN"), Fixtures.route("PAYONE"));
            case 8 -> Fixtures.choosing(Fixtures.voucher("FLEXEPIN"), Fixtures.route("CLEO"));
            default -> Fixtures.plan(Fixtures.route("PAYONE"), Fixtures.route("CLEO"));
        };
    }

    private @Nullable String provider() {
        return choice.nextInt(3) == 0 ? PROVIDERS[choice.nextInt(PROVIDERS.length)] : null;
    }

    /** Mostly what a page of this moment says; now and then an older one was left open, or says nothing. */
    private @Nullable Integer meant() {
        int next = story.stateOrNull() instanceof PaymentState.Live live
                ? live.dossier().attempts().size() + 1
                : 1;
        return switch (choice.nextInt(6)) {
            case 0 -> null;
            case 1 -> 1 + choice.nextInt(next);
            default -> next;
        };
    }

    private <T> T any(List<T> options) {
        return options.get(choice.nextInt(options.size()));
    }

    // The Cashier

    private void answer() {
        List<Command> calls = story.commands().stream()
                .filter(each -> each instanceof Command.OpenPage || each instanceof Command.PayOut)
                .toList();
        if (calls.isEmpty()) {
            return;
        }
        // Mostly the newest call is answered, now and then an old one, late or again.
        Command call = choice.nextInt(4) == 0 ? calls.get(choice.nextInt(calls.size())) : calls.getLast();
        switch (call) {
            case Command.OpenPage open ->
                step(new CashierAnswered(
                        open.id(),
                        open.attempt(),
                        open.provider(),
                        open.account(),
                        outcome(open.attempt(), open.account(), open.kind() == OperationKind.MOVES_MONEY)));
            case Command.PayOut payOut ->
                step(new CashierAnswered(
                        payOut.id(),
                        payOut.attempt(),
                        payOut.provider(),
                        payOut.account(),
                        outcome(payOut.attempt(), payOut.account(), true)));
            default -> throw new AssertionError("no call: " + call);
        }
    }

    private CashierOutcome outcome(int attempt, String account, boolean atOnce) {
        return switch (choice.nextInt(12)) {
            case 0 -> new AnswerLost("lost", choice.nextBoolean() ? transaction(attempt, account) : List.of());
            case 1 -> new NotSent("connect");
            case 2 -> new NotExecuted(choice.nextBoolean() ? NotExecuted.EXPIRED : "merchant-disabled");
            case 3, 4 ->
                new Rejected(
                        any(List.of(RejectionCategory.values())),
                        "rejected",
                        choice.nextInt(3) == 0 ? transaction(attempt, account) : List.of());
            case 5 -> atOnce(attempt, account);
            default ->
                atOnce
                        ? atOnce(attempt, account)
                        : new PageOpened(new SealedUrl(Fixtures.bytes(named)), transaction(attempt, account));
        };
    }

    /** The transaction exists and its webhooks name it, whether the answer does or not. */
    private AnsweredAtOnce atOnce(int attempt, String account) {
        List<String> names = transaction(attempt, account);
        boolean named = choice.nextInt(4) > 0;
        return new AnsweredAtOnce(status(), named ? names : List.of(), amount(attempt), "CAD");
    }

    private List<String> transaction(int attempt, String account) {
        String id = "tx-" + ++named;
        transactions.add(new Known(id, attempt, account));
        return choice.nextInt(5) == 0 ? List.of(id, "db-" + named) : List.of(id);
    }

    private TransactionStatus status() {
        return switch (choice.nextInt(8)) {
            case 0, 1, 2 -> TransactionStatus.APPROVED;
            case 3, 4, 5 -> TransactionStatus.DECLINED;
            case 6 -> TransactionStatus.PENDING;
            default -> TransactionStatus.UNKNOWN;
        };
    }

    private @Nullable BigDecimal amount(int attempt) {
        BigDecimal asked = Stream.concat(
                        story.calls().stream()
                                .filter(call -> call.attempt() == attempt)
                                .map(Command.OpenPage::amount),
                        story.payOuts().stream()
                                .filter(call -> call.attempt() == attempt)
                                .map(Command.PayOut::amount))
                .findFirst()
                .orElse(Fixtures.PRICE)
                .getAmount();
        return switch (choice.nextInt(12)) {
            case 0 -> new BigDecimal("99.9900");
            case 1 -> null;
            default -> asked.setScale(4);
        };
    }

    private void webhook() {
        boolean invented = transactions.isEmpty() || choice.nextInt(6) == 0;
        Known about = invented
                ? new Known("tx-new-" + choice.nextInt(5), 1 + choice.nextInt(9), Fixtures.ACCOUNT)
                : transactions.get(choice.nextInt(transactions.size()));
        BigDecimal amount = amount(about.attempt());
        WebhookFacts facts = Fixtures.webhook(
                choice.nextInt(20) == 0 ? "other-account" : about.account(),
                status(),
                about.id(),
                amount == null ? null : amount.toPlainString(),
                choice.nextInt(4) == 0 ? "EUR" : choice.nextBoolean() ? "CAD" : null,
                choice.nextInt(20) == 0 ? "BRITE_PAYIN" : null,
                choice.nextInt(15) == 0 ? WebhookShape.YEAR_2025 : WebhookShape.YEAR_2026);
        step(new Fact.WebhookReceived(Fact.WebhookOrigin.TRANSACTION, facts, about.attempt()));
    }

    // Time, people, the shop

    private void timer() {
        List<ArmedTimer> timers = story.requestedTimers();
        if (timers.isEmpty()) {
            return;
        }
        List<ArmedTimer> armed = story.stateOrNull() instanceof PaymentState.Live live
                ? live.dossier().timers()
                : List.of();
        ArmedTimer timer = armed.isEmpty() || choice.nextInt(8) == 0
                ? timers.get(choice.nextInt(timers.size()))
                : armed.get(choice.nextInt(armed.size()));
        if (timer.due().isAfter(story.now())) {
            story.later(Duration.between(story.now(), timer.due()));
        }
        step(new Fact.TimerFired(timer.kind(), timer.armedAt(), timer.attempt()));
    }

    private Fact act() {
        String approver = choice.nextInt(5) == 0 ? null : "peter";
        return new OperatorActed("olga", approver, anyAct());
    }

    private Act anyAct() {
        return switch (choice.nextInt(10)) {
            case 0, 1, 2, 3 ->
                new Act.ReviewDecided(
                        any(List.of(Act.ReviewDecision.values())), "", choice.nextBoolean() ? "" : anyCase());
            case 4 -> new Act.CaseResolved(anyCase(), "");
            case 5 ->
                new Act.RefundRequested(
                        "refund-" + choice.nextInt(6),
                        Fixtures.cad(choice.nextBoolean() ? "100.00" : "30.00"),
                        choice.nextInt(6) == 0 ? "NEOSURF" : "PAYONE",
                        Fixtures.ACCOUNT,
                        List.of());
            case 6 -> new Act.RefundRecorded("refund-" + choice.nextInt(6), Fixtures.cad("20.00"), "");
            case 7 ->
                new Act.OrphanAttached(
                        "orphan",
                        Fixtures.webhook(TransactionStatus.APPROVED, "tx-orphan-" + choice.nextInt(3), "100.00"));
            case 8 -> new Act.ShopReleased(Fixtures.MERCHANT);
            default -> new Act.AccountReleased(Fixtures.ACCOUNT);
        };
    }

    private String anyCase() {
        List<Case> cases = story.stateOrNull() instanceof PaymentState.Live live
                ? live.dossier().cases()
                : List.of();
        return cases.isEmpty()
                ? "no-such-case"
                : cases.get(choice.nextInt(cases.size())).id();
    }

    private void shop() {
        if (choice.nextInt(3) == 0) {
            step(new Fact.ShopOrderChanged(
                    any(List.of(ShopOrderStatus.values())),
                    choice.nextInt(4) == 0 ? new BigDecimal("90.0000") : new BigDecimal("100.0000"),
                    choice.nextInt(6) == 0 ? null : "CAD"));
            return;
        }
        step(new Fact.ShopAnswered(
                "question",
                switch (choice.nextInt(6)) {
                    case 0 -> new ShopOutcome.OrderDiffers(List.of("total"));
                    case 1 -> new ShopOutcome.OrderDiffers(List.of(ShopOutcome.OrderDiffers.STATUS_FAILED));
                    case 2 -> new ShopOutcome.ShopUnreachable("connect");
                    default -> new ShopOutcome.OrderMatches();
                }));
    }

    private void notification() {
        List<Command.TellShop> told = story.told();
        if (!told.isEmpty()) {
            Command.TellShop message = told.get(choice.nextInt(told.size()));
            NotificationEnd end = any(List.of(NotificationEnd.values()));
            String said = end == NotificationEnd.SHOP_DISAGREES ? "cancelled" : null;
            step(new Fact.NotificationEnded(message.id(), message.status(), end, 1, said));
        }
    }

    private void repeatOrClaim() {
        List<Command.PayOut> payOuts = story.payOuts();
        if (!payOuts.isEmpty() && choice.nextBoolean()) {
            Command.PayOut call = payOuts.getLast();
            step(new Fact.ExecutionStarted(call.id(), call.attempt()));
        } else {
            invariants.step(story.events().get(choice.nextInt(story.events().size())));
        }
    }
}
