package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.orchestrator.cashier.OnceDecision.Act;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a command after its claim is committed: one call at most, one report, and a note that it was made. */
final class OnceExecution {
    private static final Logger LOG = LoggerFactory.getLogger(OnceExecution.class);
    /** Longer than a claim is good for: after it the claim may still turn out to be ours, and too late. */
    private static final Duration SEEN_WITHIN = OnceDecision.ACT_WITHIN.multipliedBy(2);

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);
    /** Ten minutes of an outage; then the claim stays open, and its partition's owner reports it as unknown. */
    private static final int MOST_REPORTS = 60;

    private final CommandExecution calls;
    private final ClaimBook book;
    private final TypedProducer<CashierResult> results;
    private final InstantSource clock;
    private final CountDownLatch ended;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Queue<ExecutionClaim> reported = new ConcurrentLinkedQueue<>();

    /** @param ended counted down when nobody waits for reports any more */
    OnceExecution(
            CommandExecution calls,
            ClaimBook book,
            TypedProducer<CashierResult> results,
            InstantSource clock,
            CountDownLatch ended) {
        this.calls = calls;
        this.book = book;
        this.results = results;
        this.clock = clock;
        this.ended = ended;
    }

    /** Begins on a virtual thread. {@code done} runs at the end, whatever happened. */
    void begin(
            CashierCommand command,
            OnceDecision.Taken decision,
            ExecutionClaim claim,
            RecordMetadata claimed,
            Runnable done) {
        running.add(command.getId());
        Thread.ofVirtual().name("once-" + command.getId()).start(() -> {
            try {
                act(command, decision, claim, claimed);
            } catch (RuntimeException e) {
                // The claim stays open: whether the call was made is then unknown, and is reported so.
                LOG.atError()
                        .addKeyValue("command", command.getId())
                        .addKeyValue("payment", command.getPaymentId())
                        .setCause(e)
                        .log("executing a claimed command failed");
            } finally {
                running.remove(command.getId());
                done.run();
            }
        });
    }

    boolean runs(String commandId) {
        return running.contains(commandId);
    }

    /** Claims whose outcome was reported since the last call, with the outcome. */
    List<ExecutionClaim> takeReported() {
        List<ExecutionClaim> taken = new ArrayList<>();
        for (ExecutionClaim next = reported.poll(); next != null; next = reported.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** Notes them again, after they could not be written. */
    void giveBack(List<ExecutionClaim> claims) {
        reported.addAll(claims);
    }

    /** A claim whose executor is gone: whether it called nobody knows, so it is never called again. */
    void reportUnknown(ExecutionClaim claim) {
        LOG.atWarn()
                .addKeyValue("command", claim.getCommandId())
                .addKeyValue("payment", claim.getPaymentId())
                .addKeyValue("merchant", claim.getMerchantId())
                .addKeyValue("executor", claim.getExecutor())
                .log("a claimed command has no outcome; it is reported as unknown");
        report(calls.lost(claim, "claimed-without-outcome"), claim);
    }

    private void act(
            CashierCommand command, OnceDecision.Taken decision, ExecutionClaim claim, RecordMetadata claimed) {
        OnceDecision.Standing standing =
                book.standing(command.getId(), claimed.partition(), claimed.offset(), SEEN_WITHIN);
        switch (decision) {
            case OnceDecision.Refuse(String code) ->
                settle(command, claim, OnceDecision.onRefusalClaimed(standing, code));
            case OnceDecision.Execute(Preparation.Ready call) -> execute(command, call, claim, standing);
        }
    }

    private void execute(
            CashierCommand command, Preparation.Ready call, ExecutionClaim claim, OnceDecision.Standing standing) {
        OnceDecision.Spending spending = standing == OnceDecision.Standing.OURS
                ? book.spending(claim, call.limits(), OnceDecision.ACT_WITHIN)
                : OnceDecision.Spending.NOT_SEEN;
        Act next = OnceDecision.onClaimed(
                standing, spending, claim.getOccurredAt(), command.getNotAfter(), clock.instant());
        if (next instanceof Act.Call(Duration within)) {
            report(calls.call(command, call.beginningWithin(within)), claim);
        } else {
            settle(command, claim, next);
        }
    }

    /** Whatever is not a call. */
    private void settle(CashierCommand command, ExecutionClaim claim, Act act) {
        switch (act) {
            case Act.Drop(String code) -> report(calls.notExecuted(command, code), claim);
            case Act.Unsure unsure -> report(calls.lost(claim, "claim-not-seen"), claim);
            case Act.Yield yielding ->
                LOG.atError()
                        .addKeyValue("command", command.getId())
                        .addKeyValue("payment", command.getPaymentId())
                        .addKeyValue("merchant", command.getMerchantId())
                        .log("another executor claimed this command first; nothing was called");
            case Act.Call call -> throw new IllegalArgumentException("a call is made, not settled");
        }
    }

    private void report(CashierResult result, ExecutionClaim claim) {
        for (int tries = 1; tries <= MOST_REPORTS; tries++) {
            try {
                results.send(Topics.CASHIER_RESULTS, result.getPaymentId(), result)
                        .join();
                reported.add(ExecutionClaim.newBuilder(claim)
                        .setOutcome(outcome(result))
                        .build());
                return;
            } catch (CompletionException e) {
                LOG.atWarn()
                        .addKeyValue("command", result.getCommandId())
                        .setCause(e)
                        .log("reporting an outcome failed, trying again");
            }
            if (paused()) {
                break;
            }
        }
        LOG.atError()
                .addKeyValue("command", result.getCommandId())
                .addKeyValue("payment", result.getPaymentId())
                .addKeyValue("outcome", outcome(result))
                .log("the outcome could not be reported; it will count as unknown");
    }

    private static String outcome(CashierResult result) {
        return ((SpecificRecordBase) result.getBody()).getSchema().getName();
    }

    /** @return whether the wait was cut short, so that there is no use in another try */
    private boolean paused() {
        try {
            return ended.await(BETWEEN_REPORTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
