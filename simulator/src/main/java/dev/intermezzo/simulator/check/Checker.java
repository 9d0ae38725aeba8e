package dev.intermezzo.simulator.check;

import dev.intermezzo.orchestrator.auditor.Rule;
import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.payment.ArmedTimer;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.simulator.check.Emitted.Booked;
import dev.intermezzo.simulator.journal.Accepted;
import dev.intermezzo.simulator.journal.MoneyCall;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.log.SimulatedLog;
import dev.intermezzo.simulator.world.Cases;
import dev.intermezzo.simulator.world.Pipeline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for broken promises when everything has come to rest. Whether money came, what a shop was told and what was moved it
 * takes from the partners' journals; what was taken and decided from the records that were emitted. The payments' own states
 * are looked at only as an operator would: is there an open case, is a timer armed?
 */
public final class Checker {
    /** An event id is remembered for so many later events. */
    private static final int REMEMBERED = 32;

    /** A timer may have to wait for a process that is down. */
    private static final Duration LATEST_TIMER = Duration.ofHours(1);

    /** What was accepted just before the end may still be on its way. */
    private static final Duration LATEST_RECORD = Duration.ofHours(1);

    /** Facts may end here: money or webhooks that nobody claims, and facts about payments that do not exist. */
    private static final Set<String> EXPECTED_LETTERS =
            Set.of("payment-unknown", "webhook-unclaimed", "webhook-hold-full", "webhook-without-transaction");

    private final Emitted emitted;
    private final Pipeline pipeline;
    private final Collection<OrderJournal> orders;
    private final Collection<OrderJournal> payOuts;
    private final Instant end;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * @param payOuts those that belong to no payment
     * @param end when the run ended
     */
    public Checker(
            SimulatedLog log,
            Pipeline pipeline,
            Collection<OrderJournal> orders,
            Collection<OrderJournal> payOuts,
            Instant end) {
        this.emitted = new Emitted(log, Pipeline.PREFIX);
        this.pipeline = pipeline;
        this.orders = orders;
        this.payOuts = payOuts;
        this.end = end;
    }

    /** Everything that is broken; empty: nothing. */
    public List<Violation> check() {
        ledgerFolds();
        noStepFails();
        for (OrderJournal order : orders) {
            nothingLost(order);
            takenOnce(order);
            movedOnce(order);
            comesToRest(order);
            violations.addAll(new MessageCheck(order, emitted).check());
            violations.addAll(new MoneyCheck(order, emitted, pipeline).check());
        }
        for (OrderJournal payOut : payOuts) {
            nothingLost(payOut);
            takenOnce(payOut);
            movedOnce(payOut);
            comesToRest(payOut);
            violations.addAll(new PayOutCheck(payOut, pipeline.committed(payOut.payment())).check());
        }
        auditorSilent();
        return violations;
    }

    /** Entries in the ledger. */
    public long entries() {
        return emitted.audit().entries();
    }

    /** One line for each entry of a payment, for people. */
    public List<OrderJournal.Line> ledgerLines(String payment) {
        return emitted.ledger(payment).stream()
                .map(booked -> new OrderJournal.Line(
                        booked.at(),
                        "ledger",
                        "#" + booked.entry().getSequence() + ' ' + booked.event() + " from "
                                + booked.entry().getSourceTopic() + ": "
                                + booked.entry().getVerdict() + ' '
                                + booked.entry().getVerdictCode()
                                + (booked.entry().getCommands().isEmpty()
                                        ? ""
                                        : ", commands "
                                                + booked.entry().getCommands().stream()
                                                        .map(command -> command.getId())
                                                        .toList())))
                .toList();
    }

    private void ledgerFolds() {
        var audit = emitted.audit();
        if (!audit.broken().isEmpty()) {
            violate(Promise.LEDGER_FOLDS, "", "the chain is broken: " + audit.broken());
        }
        if (!audit.differing().isEmpty()) {
            violate(Promise.LEDGER_FOLDS, "", "folding decides otherwise: " + audit.differing());
        }
        if (audit.reproduced() != audit.entries()) {
            violate(
                    Promise.LEDGER_FOLDS,
                    "",
                    "only " + audit.reproduced() + " of " + audit.entries() + " entries were folded");
        }
        for (String payment : new TreeSet<>(emitted.payments())) {
            byte[] stored = pipeline.storedState(payment);
            ByteBuffer last = emitted.ledger(payment).getLast().entry().getStateDigest();
            if (stored == null || !ByteBuffer.wrap(StateCodec.sha256(stored)).equals(last)) {
                violate(Promise.LEDGER_FOLDS, payment, "the stored state is not the one of the last ledger entry");
            }
        }
    }

    /**
     * It judges by the ledger alone, and who is right is judged by the journals: what it calls broken here is a false alarm.
     * Two claims of one command are none: executors under another group's name make them on purpose.
     */
    private void auditorSilent() {
        emitted.breaches().stream()
                .filter(breach -> breach.rule() != Rule.CLAIMED_ONCE)
                .forEach(breach -> violate(
                        Promise.AUDITOR_SILENT,
                        breach.payment(),
                        breach.rule().code() + " at entry " + breach.sequence() + ": " + breach.detail()));
    }

    private void noStepFails() {
        for (DeadLetter letter : emitted.letters()) {
            if (!EXPECTED_LETTERS.contains(letter.getCode())) {
                violate(
                        Promise.NO_STEP_FAILS,
                        letter.getPaymentId(),
                        "dead letter " + letter.getId() + ": " + letter.getCode() + ", " + letter.getReason());
            }
        }
    }

    private void nothingLost(OrderJournal order) {
        for (Accepted accepted : order.accepted()) {
            boolean settled = accepted.at().isBefore(end.minus(LATEST_RECORD));
            if (settled && !emitted.took(accepted.id())) {
                violate(
                        Promise.NOTHING_LOST,
                        order.payment(),
                        accepted.what() + " (" + accepted.id() + ") was accepted at " + accepted.at()
                                + " and is neither in the ledger nor among the dead letters");
            }
        }
    }

    private void takenOnce(OrderJournal order) {
        Map<String, Integer> last = new HashMap<>();
        int position = 0;
        for (Booked booked : emitted.ledger(order.payment())) {
            position++;
            if (booked.entry().getVerdictCode().isEmpty() && isRetirement(booked)) {
                last.clear(); // A stub remembers less.
            }
            Integer before = last.put(booked.event(), position);
            if (before != null && position - before <= REMEMBERED) {
                violate(
                        Promise.TAKEN_ONCE,
                        order.payment(),
                        booked.event() + " is in the ledger twice, as entries " + before + " and " + position);
            }
        }
    }

    private static boolean isRetirement(Booked booked) {
        return booked.event().contains(":RETIREMENT.");
    }

    private void movedOnce(OrderJournal order) {
        Map<String, Integer> calls = new LinkedHashMap<>();
        Map<Integer, Integer> moved = new LinkedHashMap<>();
        for (MoneyCall call : order.moneyCalls()) {
            calls.merge(call.command(), 1, Integer::sum);
            moved.merge(call.number(), call.moved() ? 1 : 0, Integer::sum);
            if (!call.claimed()) {
                violate(
                        Promise.MOVED_ONCE,
                        order.payment(),
                        "the call of " + call.command() + " reached the Cashier before its claim was committed");
            }
        }
        calls.forEach((command, times) -> {
            if (times > 1) {
                violate(Promise.MOVED_ONCE, order.payment(), command + " was called " + times + " times");
            }
        });
        moved.forEach((number, times) -> {
            if (times > 1) {
                violate(
                        Promise.MOVED_ONCE,
                        order.payment(),
                        "attempt or refund " + number + " moved money " + times + " times");
            }
        });
    }

    private void comesToRest(OrderJournal order) {
        PaymentState state = pipeline.committed(order.payment());
        if (state instanceof PaymentState.FreePayOut payOut) {
            timersFired(order, payOut.timers());
        } else if (state instanceof PaymentState.Live live) {
            timersFired(order, live.dossier().timers());
            boolean waitsForSomebody = !Cases.open(live).isEmpty()
                    || !live.dossier().timers().isEmpty()
                    || !live.dossier().messages().stream().allMatch(message -> message.end() != null);
            if (!waitsForSomebody) {
                violate(
                        Promise.COMES_TO_REST,
                        order.payment(),
                        "it is " + live.kind() + " without a timer, a case or a message under way");
            }
        }
    }

    private void timersFired(OrderJournal order, List<ArmedTimer> timers) {
        timers.stream()
                .filter(timer -> timer.due().plus(LATEST_TIMER).isBefore(end))
                .forEach(timer ->
                        violate(Promise.COMES_TO_REST, order.payment(), timer + " is over and was never fired"));
    }

    private void violate(Promise promise, String payment, String what) {
        violations.add(new Violation(promise, payment, what));
    }
}
