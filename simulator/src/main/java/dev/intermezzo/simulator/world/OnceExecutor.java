package dev.intermezzo.simulator.world;

import dev.intermezzo.orchestrator.cashier.ClaimIndex;
import dev.intermezzo.orchestrator.cashier.ClaimTransaction;
import dev.intermezzo.orchestrator.cashier.OnceDecision;
import dev.intermezzo.orchestrator.cashier.Preparation;
import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.simulator.journal.CashierTransaction;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.kernel.FaultKind;
import dev.intermezzo.simulator.kernel.Lateness;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.FencedException;
import dev.intermezzo.simulator.log.Partition;
import dev.intermezzo.simulator.log.SimulatedLog;
import dev.intermezzo.simulator.log.TransactionalProducer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One executor of what moves money: the production's decisions and its index of claims, in the order in which the production
 * takes its steps: claim with the offset in one transaction, read the claims back, call or not, report, note.
 */
final class OnceExecutor {
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(20);
    private static final Duration REPORT_SLACK = Duration.ofSeconds(10);
    /** Production looks every second; months pass here, and seldom is only later. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    /** After this time whoever claimed has called and reported, or never will. */
    private static final Duration ENDED =
            OnceDecision.ACT_WITHIN.plus(CALL_DEADLINE).plus(REPORT_SLACK);

    private static final Duration LATEST_REPORT = Duration.ofMinutes(10);
    private static final Duration RETRY_REPORT = Duration.ofSeconds(1);
    private static final Duration SEEN_WITHIN = OnceDecision.ACT_WITHIN.multipliedBy(2);
    private static final int DESTINATION_GONE_PERMILLE = 60;
    private static final ProviderOperation MOVES_MONEY = ProviderCatalogue.bundled()
            .operation(new PspType("PAYONE"), Operation.PAYOUT)
            .orElseThrow();

    private final World world;
    private final OnceExecutors all;
    private final OnceGroup group;
    private final String id;
    private final TransactionalProducer producer;
    private final ClaimIndex index = new ClaimIndex();
    private final long[] claimsRead = new long[SimulatedLog.PARTITIONS];
    private final Set<String> running = new HashSet<>();
    private boolean alive = true;

    OnceExecutor(World world, OnceExecutors all, OnceGroup group, String id) {
        this.world = world;
        this.all = all;
        this.group = group;
        this.id = id;
        this.producer = world.log().producer("claims-" + id);
        assigned();
        for (Partition claims : claims()) {
            claims.watch(() -> world.agenda()
                    .after(
                            world.chance().between(Duration.ofMillis(1), Duration.ofSeconds(1), "claims/" + id),
                            () -> read(claims)));
        }
    }

    String id() {
        return id;
    }

    boolean alive() {
        return alive;
    }

    void stop() {
        alive = false;
    }

    /** Who takes over partitions first reads every claim that was committed before. */
    void assigned() {
        claims().forEach(this::read);
    }

    /** Takes the next command of a partition that this executor has. */
    void take(Entry record) {
        CashierCommand command = world.wire().decode(Topics.ONCE_COMMANDS, record);
        String place = "once/" + command.getId();
        if (world.chance().strikes(FaultKind.GROUP_RENAMED, place)) {
            all.rename();
        }
        Map<String, Long> done = Map.of(group.place(record.partition()), record.offset() + 1);
        OnceDecision decision = OnceDecision.onCommand(
                index.knows(command.getId()), prepare(command, place), OnceDecision.Spending.WITHIN);
        switch (decision) {
            case OnceDecision.AlreadyClaimed known -> world.log().commitOffsets(done);
            case OnceDecision.Taken taken -> claim(record, command, taken, done, place);
        }
    }

    private Preparation prepare(CashierCommand command, String place) {
        if (now().isAfter(command.getNotAfter())) {
            return new Preparation.Impossible("command-expired");
        }
        boolean toDestination = command.getBody() instanceof PayOut payOut && payOut.getDestination() != null;
        // Somebody removed it meanwhile; another executor may have read of that later.
        if (toDestination && world.chance().permille(DESTINATION_GONE_PERMILLE, place)) {
            return new Preparation.Impossible("destination-unknown");
        }
        return new Preparation.Ready(
                HttpCall.post(URI.create("https://cashier.example"), "application/json", new byte[0]),
                MOVES_MONEY,
                AccountSettings.DEFAULTS,
                null);
    }

    private void claim(
            Entry record, CashierCommand command, OnceDecision.Taken decision, Map<String, Long> done, String place) {
        ExecutionClaim claim = ClaimTransaction.claimOf(command, id, now());
        if (world.chance().strikes(FaultKind.PARTITION_MOVED, place)) {
            group.move(record.partition());
        }
        Entry written;
        try {
            written = ClaimTransaction.write(claim, new OnSimulatedLog(record.partition(), done));
        } catch (FencedException e) {
            die();
            return;
        }
        running.add(command.getId());
        OrderJournal order = world.journal(command.getPaymentId());
        world.tell(order, id, "claimed " + command.getId());
        Duration readBack = world.chance().strikes(FaultKind.DELAYED, place)
                ? Lateness.draw(world.chance(), place)
                : world.chance().between(Duration.ofMillis(1), Duration.ofMillis(300), place);
        world.agenda().after(readBack, () -> act(command, decision, claim, written, readBack, order, place));
    }

    private void act(
            CashierCommand command,
            OnceDecision.Taken decision,
            ExecutionClaim claim,
            Entry written,
            Duration waited,
            OrderJournal order,
            String place) {
        if (!alive || died(FaultKind.CRASH_BEFORE_CALL, place)) {
            return;
        }
        OnceDecision.Standing standing = OnceDecision.Standing.NOT_SEEN;
        if (waited.compareTo(SEEN_WITHIN) <= 0) {
            read(world.log().partition(written.topic(), written.partition()));
            standing = index.standing(command.getId(), new ClaimIndex.Place(written.partition(), written.offset()));
        }
        OnceDecision.Act next = switch (decision) {
            case OnceDecision.Refuse(String code) -> OnceDecision.onRefusalClaimed(standing, code);
            case OnceDecision.Execute execute ->
                OnceDecision.onClaimed(
                        standing, OnceDecision.Spending.WITHIN, claim.getOccurredAt(), command.getNotAfter(), now());
        };
        world.tell(order, id, "decided on " + command.getId() + ": " + next);
        switch (next) {
            case OnceDecision.Act.Call call -> call(command, claim, order, place);
            case OnceDecision.Act.Drop(String code) ->
                report(Reports.of(command, new NotExecuted(code), 0, now()), null, claim, place);
            case OnceDecision.Act.Unsure unsure ->
                report(Reports.of(claim, new AnswerLost("claim-not-seen", List.of()), now()), null, claim, place);
            case OnceDecision.Act.Yield yielding -> running.remove(command.getId());
        }
    }

    private void call(CashierCommand command, ExecutionClaim claim, OrderJournal order, String place) {
        Cashier.Answer answer = all.cashier().move(order, command, isClaimed(command.getId()));
        Duration most = world.chance().permille(800, place) ? Duration.ofSeconds(1) : CALL_DEADLINE;
        world.agenda().after(world.chance().between(Duration.ofMillis(20), most, place), () -> {
            if (alive && !died(FaultKind.CRASH_AFTER_CALL, place)) {
                CashierResult result = Reports.of(command, answer.fact(), answer.httpStatus(), now());
                report(result, answer.transaction(), claim, place);
            }
        });
    }

    /** What the log says, for the Cashier's journal: was the claim there before the call? */
    private boolean isClaimed(String command) {
        Partition claims = world.log().partition(World.name(Topics.ONCE_CLAIMS), SimulatedLog.partitionOf(command));
        return claims.committed().stream().anyMatch(entry -> command.equals(entry.key()));
    }

    private void report(
            CashierResult result, @Nullable CashierTransaction transaction, ExecutionClaim claim, String place) {
        if (world.chance().permille(150, place + "/report")) {
            Duration late = world.chance().between(Duration.ZERO, LATEST_REPORT, place);
            world.agenda().after(late, () -> reportNow(result, transaction, claim, place));
        } else {
            reportNow(result, transaction, claim, place);
        }
    }

    private void reportNow(
            CashierResult result, @Nullable CashierTransaction transaction, ExecutionClaim claim, String place) {
        if (!alive) {
            return;
        }
        if (!send(result, transaction, place)) {
            world.agenda().after(RETRY_REPORT, () -> reportNow(result, transaction, claim, place));
            return;
        }
        if (!died(FaultKind.CRASH_AFTER_REPORT, place)) {
            note(result, claim);
        }
    }

    /** @return false: nobody knows whether it landed */
    private boolean send(CashierResult result, @Nullable CashierTransaction transaction, String place) {
        boolean unanswered = world.chance().strikes(FaultKind.SEND_UNANSWERED, place);
        if (!unanswered || world.chance().permille(500, place)) {
            all.answers().writing(result.getId(), transaction);
            world.append(Topics.CASHIER_RESULTS, result.getPaymentId(), result);
        }
        if (!unanswered && world.chance().strikes(FaultKind.SEND_REPEATED, place)) {
            world.append(Topics.CASHIER_RESULTS, result.getPaymentId(), result);
        }
        return !unanswered;
    }

    private void note(CashierResult result, ExecutionClaim claim) {
        running.remove(claim.getCommandId());
        ExecutionClaim noted = ExecutionClaim.newBuilder(claim)
                .setOutcome(result.getBody().getClass().getSimpleName())
                .build();
        try {
            producer.send(
                    World.name(Topics.ONCE_CLAIMS),
                    claim.getCommandId(),
                    world.wire().encode(Topics.ONCE_CLAIMS, noted),
                    new RecordHeaders());
            producer.commit(Map.of());
        } catch (FencedException e) {
            die();
        }
    }

    private void read(Partition claims) {
        if (!alive) {
            return;
        }
        int number = claims.number();
        for (Entry next = claims.next(claimsRead[number]); next != null; next = claims.next(claimsRead[number])) {
            claimsRead[number] = next.offset() + 1;
            ExecutionClaim claim = world.wire().decode(Topics.ONCE_CLAIMS, next);
            ClaimIndex.Place place = new ClaimIndex.Place(number, next.offset());
            if (index.take(next.keyRead(), place, () -> claim) == ClaimIndex.Found.FIRST_CLAIM) {
                sweepAfter(world.chance().between(Duration.ZERO, BETWEEN_SWEEPS, "sweep/" + id), claim);
            }
        }
    }

    /** Whoever has the partition reports a claim whose executor must have ended long ago, by the clocks of both. */
    private void sweepAfter(Duration wait, ExecutionClaim claim) {
        world.agenda().after(wait, () -> {
            boolean open = alive
                    && index.unreported().stream()
                            .anyMatch(each -> each.getCommandId().equals(claim.getCommandId()));
            if (!open) {
                return;
            }
            int partition = SimulatedLog.partitionOf(claim.getPaymentId());
            if (group.owns(this, partition)
                    && !running.contains(claim.getCommandId())
                    && claim.getOccurredAt().isBefore(now().minus(ENDED))) {
                CashierResult lost = Reports.of(claim, new AnswerLost("claimed-without-outcome", List.of()), now());
                report(lost, null, claim, "sweep/" + claim.getCommandId());
            }
            sweepAfter(BETWEEN_SWEEPS, claim);
        });
    }

    private boolean died(FaultKind crash, String place) {
        if (world.chance().strikes(crash, place)) {
            die();
            return true;
        }
        return false;
    }

    private void die() {
        alive = false;
        group.replace(this);
    }

    private Iterable<Partition> claims() {
        return world.log().partitions(World.name(Topics.ONCE_CLAIMS));
    }

    private Instant now() {
        return world.clockOf(id);
    }

    /** The claim of one record. */
    private final class OnSimulatedLog implements ClaimTransaction.Log<Entry> {
        private final int partition;
        private final Map<String, Long> done;

        OnSimulatedLog(int partition, Map<String, Long> done) {
            this.partition = partition;
            this.done = done;
        }

        @Override
        public void begin() {
            // The first record begins it.
        }

        @Override
        public Entry claim(ExecutionClaim claim) {
            return send(Topics.ONCE_CLAIMS, claim.getCommandId(), claim);
        }

        @Override
        public void echo(InternalEvent started) {
            send(Topics.PAYMENT_INTERNAL, started.getPaymentId(), started);
        }

        /** The broker refuses the offsets of a member that lost the partition, and with them the claim. */
        @Override
        public void take() {
            if (!group.owns(OnceExecutor.this, partition)) {
                throw new FencedException(id + " of " + partition);
            }
        }

        @Override
        public void commit() {
            producer.commit(done);
        }

        private <T extends SpecificRecordBase> Entry send(Topic<T> topic, String key, T value) {
            return producer.send(World.name(topic), key, world.wire().encode(topic, value), new RecordHeaders());
        }
    }
}
