package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.cashier.Webhooks.Message;
import dev.intermezzo.sandbox.faults.WebhookFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/** The provider behind the Cashier: its transactions, and the webhooks that their outcomes cause. */
final class Provider {

    private static final BigDecimal MISSING_CENT = new BigDecimal("0.01");
    private static final Duration OVERTAKEN = Duration.ofSeconds(1);

    private final Webhooks webhooks;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final boolean webhookOnCancel;
    private final ConcurrentMap<String, Transaction> transactions = new ConcurrentHashMap<>();

    Provider(Webhooks webhooks, InstantSource clock, RandomGenerator random, boolean webhookOnCancel) {
        this.webhooks = webhooks;
        this.clock = clock;
        this.random = random;
        this.webhookOnCancel = webhookOnCancel;
    }

    Transaction open(PayInRequest request) {
        return open(request, WebhookFault.NONE);
    }

    Transaction open(PayInRequest request, WebhookFault fault) {
        Transaction transaction = new Transaction(newId(), newPspId(), request, fault, clock.instant());
        transactions.put(transaction.id(), transaction);
        return transaction;
    }

    Optional<Transaction> transaction(String id) {
        return Optional.ofNullable(transactions.get(id));
    }

    List<TransactionSnapshot> snapshots() {
        return transactions.values().stream().map(Transaction::snapshot).toList();
    }

    /** The buyer pressed a button; only the first press counts. */
    void decide(Transaction transaction, TransactionStatus decision) {
        if (transaction.decide(decision, clock.instant())) {
            webhooks.later(messages(transaction, decision));
        }
    }

    /**
     * Approves at once and returns when the webhooks were taken: how a webhook overtakes the Cashier's answer. It waits for a
     * second at most; an answer that were lost over it would be asked for again, and charged again.
     */
    void approveBeforeAnswer(Transaction transaction) {
        if (transaction.decide(TransactionStatus.APPROVED, clock.instant())) {
            webhooks.later(messages(transaction, TransactionStatus.APPROVED), OVERTAKEN);
        }
    }

    private List<Message> messages(Transaction transaction, TransactionStatus decision) {
        if (transaction.request().psp().rules().words().isEmpty()) {
            return List.of();
        }
        return switch (decision) {
            case PENDING -> throw new IllegalArgumentException("Pending is no decision.");
            case APPROVED -> withFault(transaction, Message.approved(transaction));
            case DECLINED -> withFault(transaction, Message.declined(transaction));
            case CANCELLED -> webhookOnCancel ? withFault(transaction, Message.declined(transaction)) : List.of();
        };
    }

    private List<Message> withFault(Transaction transaction, Message outcome) {
        return switch (transaction.fault()) {
            case NONE -> List.of(outcome);
            case DUPLICATE -> List.of(outcome, outcome, outcome);
            case REORDERED ->
                List.of(outcome, Message.of(transaction, "pending", "Pending", "Transaction is being processed"));
            case UNKNOWN_STATUS ->
                List.of(Message.of(transaction, "settling", "Settling", "Transaction is settling"), outcome);
            case WRONG_AMOUNT -> List.of(outcome.withAmount(outcome.amount().subtract(MISSING_CENT)));
            case UNKNOWN_TRANSACTION -> List.of(outcome, outcome.ofTransaction(newId(), newPspId()));
        };
    }

    String newId() {
        return hex(12);
    }

    private String newPspId() {
        return "po-" + hex(6);
    }

    private synchronized String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
