package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.WebhookFault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pay-outs, whichever the provider. That one is decided at once and told by the same status webhook as a pay-in is
 * <b>assumed</b>. Two equal requests are two pay-outs: no duplicate check is documented.
 */
final class PayOuts {

    /**
     * What becomes of a person's pay-outs.
     *
     * @param fault strikes the first call only
     * @param outcome told by webhook; {@code PENDING}: none comes
     */
    record Plan(CallFault fault, TransactionStatus outcome) {
        static final Plan USUAL = new Plan(CallFault.NONE, TransactionStatus.APPROVED);
    }

    private final Provider provider;
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();
    private final Map<String, Boolean> struck = new ConcurrentHashMap<>();

    /** @param provider of its own, so that no pay-out is taken for a pay-in */
    PayOuts(Provider provider) {
        this.provider = provider;
    }

    void expect(String email, Plan plan) {
        plans.put(email, plan);
    }

    List<TransactionSnapshot> snapshots() {
        return provider.snapshots();
    }

    CallFault nextFault(String email) {
        CallFault fault = plans.getOrDefault(email, Plan.USUAL).fault();
        return fault == CallFault.NONE || struck.putIfAbsent(email, true) != null ? CallFault.NONE : fault;
    }

    /** The money is on its way; its webhook follows. */
    Transaction pay(PayInRequest request) {
        Transaction paid = provider.open(request, WebhookFault.NONE);
        TransactionStatus outcome =
                plans.getOrDefault(request.email(), Plan.USUAL).outcome();
        if (outcome != TransactionStatus.PENDING) {
            provider.decide(paid, outcome);
        }
        return paid;
    }

    /** The same, and its webhook is delivered before this returns. */
    Transaction payAndTell(PayInRequest request) {
        Transaction paid = provider.open(request, WebhookFault.NONE);
        provider.approveBeforeAnswer(paid);
        return paid;
    }
}
