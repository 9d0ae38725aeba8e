package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.auditor.Refold.Refolded;
import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.ledger.LedgerBreak;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.orchestrator.ledger.LedgerVerifier;
import dev.intermezzo.orchestrator.ledger.LedgerVerifier.Head;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.avro.AuditedHead;
import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one ledger entry shows about its payment: a pure function of the entry and of what is remembered of the payment. */
final class AuditStep {
    private final Refold refold;

    AuditStep(Refold refold) {
        this.refold = refold;
    }

    /** How far an entry could be checked. */
    enum Checked {
        /** Chain, decision and rules. */
        WHOLLY("wholly"),
        /** The chain only: another decider version wrote it, or something before it is broken. */
        CHAIN_ONLY("chain-only");

        private final String code;

        Checked(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * @param breaches those that were not told of this payment before
     * @param state the payment after the entry; null: not known
     */
    record Audited(
            AuditedPayment memory,
            Checked checked,
            List<Breach> breaches,
            @Nullable PaymentState state) {}

    /** @param before what is remembered; null: nothing yet */
    Audited accept(@Nullable AuditedPayment before, LedgerPosition position, LedgerEntry entry) {
        AuditedPayment memory = before == null ? beginning(position.key(), entry.getMerchantId()) : before;
        LedgerVerifier verifier = verifier(memory);
        List<Breach> found = new ArrayList<>();
        List<LedgerBreak> breaks = verifier.accept(position, entry);
        breaks.forEach(each -> found.add(new Breach(
                Rule.CHAIN,
                position.key(),
                entry.getSequence(),
                position,
                each.code().text() + ": " + each.code().sentence())));
        AuditedPayment.Builder next = chained(AuditedPayment.newBuilder(memory), verifier);
        Refolded refolded = breaks.isEmpty() && memory.getFolding() ? refold.of(memory, entry) : new Refolded.Unknown();
        PaymentState state = null;
        switch (refolded) {
            case Refolded.Decided decided -> {
                state = decided.entered().state();
                MoneyRules rules = new MoneyRules(memory);
                rules.take(
                                decided.before(),
                                decided.event(),
                                state,
                                decided.entered().commands())
                        .forEach((rule, detail) ->
                                found.add(new Breach(rule, position.key(), entry.getSequence(), position, detail)));
                rules.remember(next).setState(StateCodec.toRecord(state));
            }
            case Refolded.Differs other -> {
                found.add(new Breach(
                        Rule.DECISION,
                        position.key(),
                        entry.getSequence(),
                        position,
                        "this build decides otherwise: " + other.what()));
                next.setFolding(false).setState(null);
            }
            case Refolded.Unknown unknown -> next.setFolding(false).setState(null);
        }
        return audited(next, found, state);
    }

    /** A stored value that is no entry stands in the payment's chain. */
    Audited unreadable(@Nullable AuditedPayment before, LedgerPosition position) {
        AuditedPayment memory = before == null ? beginning(position.key(), "") : before;
        LedgerVerifier verifier = verifier(memory);
        LedgerBreak found = verifier.unreadable(position);
        AuditedPayment.Builder next = chained(AuditedPayment.newBuilder(memory), verifier)
                .setFolding(false)
                .setState(null);
        String detail = found.code().text() + ": " + found.code().sentence();
        return audited(next, List.of(new Breach(Rule.CHAIN, position.key(), 0, position, detail)), null);
    }

    private static Audited audited(AuditedPayment.Builder next, List<Breach> found, @Nullable PaymentState state) {
        List<String> told = new ArrayList<>(next.getBreaches());
        List<Breach> fresh = new ArrayList<>();
        for (Breach breach : found) {
            if (!told.contains(breach.rule().code())) {
                told.add(breach.rule().code());
                fresh.add(breach);
            }
        }
        return new Audited(
                next.setBreaches(told).build(), state == null ? Checked.CHAIN_ONLY : Checked.WHOLLY, fresh, state);
    }

    /** What is remembered of a payment before its first entry. */
    static AuditedPayment beginning(String payment, String merchant) {
        AuditedHead genesis = new AuditedHead(0L, ByteBuffer.wrap(LedgerHash.genesis()));
        return AuditedPayment.newBuilder()
                .setPaymentId(payment)
                .setMerchantId(merchant)
                .setLastIntact(genesis)
                .setHeads(List.of(genesis))
                .setFolding(true)
                .setMoneyReported(false)
                .setPersonsDecided(false)
                .setDismissed(false)
                .setTold(List.of())
                .setApprovedDelivered(false)
                .setMoneyCommands(List.of())
                .setTransactions(List.of())
                .setBreaches(List.of())
                .setWaits(List.of())
                .build();
    }

    private static LedgerVerifier verifier(AuditedPayment memory) {
        return new LedgerVerifier(
                memory.getPaymentId(),
                head(memory.getLastIntact()),
                memory.getHeads().stream().map(AuditStep::head).toList());
    }

    private static AuditedPayment.Builder chained(AuditedPayment.Builder next, LedgerVerifier verifier) {
        return next.setLastIntact(head(verifier.lastIntact()))
                .setHeads(verifier.heads().stream().map(AuditStep::head).toList());
    }

    private static Head head(AuditedHead stored) {
        return new Head(stored.getSequence(), stored.getHash());
    }

    private static AuditedHead head(Head head) {
        return new AuditedHead(head.sequence(), head.hash());
    }
}
