package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookShape;
import dev.intermezzo.simulator.journal.CashierTransaction;
import dev.intermezzo.simulator.journal.OrderJournal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a transaction once it is open: the buyer pays, fails or leaves, and the Cashier tells, well or badly. */
final class Provider {
    private static final List<Duration> TIMES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofMinutes(20),
            Duration.ofHours(30),
            Duration.ofDays(75));
    private static final Duration SOON = Duration.ofSeconds(3);

    private final World world;
    private final Edge edge;

    Provider(World world, Edge edge) {
        this.world = world;
        this.edge = edge;
    }

    /** Any time from now to far beyond a payment's life, each order of magnitude alike. */
    Duration anyTime(String place) {
        Duration most = TIMES.get(world.chance().below(TIMES.size(), place));
        return world.chance().between(Duration.ofMillis(1), most, place);
    }

    /** The buyer acts on the page. */
    void settle(OrderJournal order, CashierTransaction transaction) {
        String place = "settle/" + transaction.id();
        int drawn = world.chance().below(100, place);
        if (drawn < 45) {
            pay(order, transaction, world.chance().between(Duration.ZERO, Duration.ofMinutes(1), place));
        } else if (drawn < 65) {
            decline(order, transaction, SOON);
        } else if (drawn < 75) {
            decline(order, transaction, SOON);
            Duration later = Duration.ofMillis(500).plus(anyTime(place));
            world.agenda().after(later, () -> pay(order, transaction, Duration.ZERO));
        } else if (drawn < 90) {
            pay(order, transaction, anyTime(place));
        }
    }

    /** The buyer pays after a while, mostly what was asked. */
    void pay(OrderJournal order, CashierTransaction transaction, Duration delay) {
        world.agenda().after(delay, () -> {
            if (!transaction.paid()) {
                paid(order, transaction);
            }
        });
    }

    /** The money came with the call. */
    void paidAtOnce(OrderJournal order, CashierTransaction transaction, BigDecimal amount, boolean webhookToo) {
        transaction.pay(amount, order.currency(), world.agenda().instant());
        if (webhookToo) {
            tellApproval(order, transaction, transaction.received(), transaction.currency(), SOON);
        }
    }

    /** A pay-out's outcome, by webhook. */
    void payOutEnds(OrderJournal order, CashierCommand command, String id, boolean paid) {
        WebhookFacts facts = facts(
                ProviderKind.ACCOUNT,
                id,
                paid ? TransactionStatus.APPROVED : TransactionStatus.DECLINED,
                paid ? "Approved" : "Declined",
                command.getAmount().getAmount(),
                order.currency());
        String place = "pay-out-ends/" + id;
        // A reference leads to payments only.
        Edge.Naming byName = order.payOut() ? Edge.Naming.USER_ID : Edge.Naming.REFERENCE;
        Edge.Naming naming = world.chance().permille(500, place) ? byName : Edge.Naming.TRANSACTION;
        world.agenda().after(anyTime(place), () -> edge.webhook(order, command.getAttempt(), naming, facts, () -> {}));
    }

    /** Approvals from who may not send them. */
    void forge(OrderJournal order) {
        WebhookFacts otherAccount = facts(
                "other-account",
                "forged-" + order.number(),
                TransactionStatus.APPROVED,
                "Approved",
                order.amount(),
                order.currency());
        edge.webhook(order, 1, Edge.Naming.REFERENCE, otherAccount, () -> {});
        WebhookFacts otherProvider = WebhookFacts.newBuilder(otherAccount)
                .setAccount(ProviderKind.ACCOUNT)
                .setTransactionId("foreign-" + order.number())
                .setMethod("BRITE_PAYIN")
                .build();
        edge.webhook(order, 1, Edge.Naming.REFERENCE, otherProvider, () -> {});
    }

    private void paid(OrderJournal order, CashierTransaction transaction) {
        String place = "paid/" + transaction.id();
        int drawn = world.chance().below(100, place);
        BigDecimal amount = transaction.asked();
        String currency = order.currency();
        if (drawn < 8) {
            amount = amount.add(BigDecimal.ONE);
        } else if (drawn < 15) {
            amount = amount.movePointLeft(1).setScale(4, RoundingMode.UP);
        } else if (drawn < 19 && !ProviderKind.valueOf(transaction.provider()).currencyMayBeAbsent()) {
            currency = "EUR";
        }
        transaction.pay(amount, currency, world.agenda().instant());
        world.tell(order, "buyer", "paid " + transaction.id() + ": " + amount + ' ' + currency);
        announce(order, transaction, place);
    }

    /** Tells of the money in one of the ways that webhooks come in. */
    private void announce(OrderJournal order, CashierTransaction transaction, String place) {
        int drawn = world.chance().below(100, place);
        Duration delay = world.chance().permille(700, place) ? SOON : anyTime(place);
        if (drawn < 6) {
            tellApproval(order, transaction, null, transaction.currency(), delay);
        } else if (drawn < 10) {
            tellApproval(order, transaction, transaction.received(), null, delay);
        } else if (drawn < 22) {
            strange(order, transaction, drawn, delay);
            if (world.chance().permille(600, place)) {
                Duration later = delay.plus(anyTime(place));
                tellApproval(order, transaction, transaction.received(), transaction.currency(), later);
            }
        } else if (drawn < 96) {
            tellApproval(order, transaction, transaction.received(), transaction.currency(), delay);
        }
    }

    /** An unknown word, the shape of 2025, or pending: none of them may approve anything. */
    private void strange(OrderJournal order, CashierTransaction transaction, int drawn, Duration delay) {
        TransactionStatus status = drawn < 14 ? TransactionStatus.UNKNOWN : TransactionStatus.PENDING;
        String word = drawn < 14 ? "OnHold" : "Pending";
        WebhookFacts facts = facts(
                transaction.account(), transaction.id(), status, word, transaction.received(), transaction.currency());
        if (drawn >= 18) {
            facts = WebhookFacts.newBuilder(facts)
                    .setShape(WebhookShape.YEAR_2025)
                    .setStatus(TransactionStatus.APPROVED)
                    .setRawStatus("Confirmed")
                    .build();
        }
        send(order, transaction, facts, delay, () -> {});
    }

    private void tellApproval(
            OrderJournal order,
            CashierTransaction transaction,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            Duration delay) {
        String place = "approval/" + transaction.id();
        boolean whole = amount != null && currency != null;
        boolean reverses =
                whole && transaction.exact(order.currency()) && world.chance().permille(60, place);
        boolean[] told = {false};
        Runnable accepted = () -> {
            transaction.tellApproval();
            if (reverses && !told[0]) {
                told[0] = true;
                Duration later = Duration.ofHours(1).plus(anyTime(place));
                world.agenda().after(later, () -> takeBack(order, transaction));
            }
        };
        WebhookFacts facts = facts(
                transaction.account(), transaction.id(), TransactionStatus.APPROVED, "Approved", amount, currency);
        send(order, transaction, facts, world.chance().between(Duration.ZERO, delay, place), accepted);
        if (world.chance().permille(150, place)) {
            send(order, transaction, facts, delay.plus(anyTime(place)), accepted);
        }
    }

    private void takeBack(OrderJournal order, CashierTransaction transaction) {
        transaction.reverse();
        world.tell(order, "cashier", "took the money of " + transaction.id() + " back");
        WebhookFacts facts = facts(
                transaction.account(),
                transaction.id(),
                TransactionStatus.DECLINED,
                "Declined after approval",
                transaction.received(),
                transaction.currency());
        send(order, transaction, facts, SOON, transaction::tellReversal);
    }

    private void decline(OrderJournal order, CashierTransaction transaction, Duration within) {
        WebhookFacts facts = facts(
                transaction.account(),
                transaction.id(),
                world.lies() ? TransactionStatus.APPROVED : TransactionStatus.DECLINED,
                world.lies() ? "Approved" : "Declined",
                transaction.asked(),
                order.currency());
        world.tell(order, "buyer", "was declined in " + transaction.id());
        Duration delay = world.chance().between(Duration.ZERO, within, "declined/" + transaction.id());
        send(order, transaction, facts, delay, () -> {});
    }

    private void send(
            OrderJournal order, CashierTransaction transaction, WebhookFacts facts, Duration delay, Runnable accepted) {
        String place = "webhook/" + transaction.id();
        boolean byUser = ProviderKind.valueOf(transaction.provider()).userIdPerAttempt();
        boolean byReference = transaction.attempt() > 0 && world.chance().permille(byUser ? 200 : 550, place);
        Edge.Naming naming = byReference
                ? Edge.Naming.REFERENCE
                : byUser && transaction.attempt() > 0 ? Edge.Naming.USER_ID : Edge.Naming.TRANSACTION;
        world.agenda().after(delay, () -> edge.webhook(order, transaction.attempt(), naming, facts, accepted));
    }

    static WebhookFacts facts(
            String account,
            String transaction,
            TransactionStatus status,
            String word,
            @Nullable BigDecimal amount,
            @Nullable String currency) {
        return WebhookFacts.newBuilder()
                .setAccount(account)
                .setTransactionId(transaction)
                .setRawStatus(word)
                .setStatus(status)
                .setAmount(amount)
                .setCurrency(currency)
                .setShape(WebhookShape.YEAR_2026)
                .setBodyDigest(ByteBuffer.wrap(new byte[32]))
                .build();
    }
}
