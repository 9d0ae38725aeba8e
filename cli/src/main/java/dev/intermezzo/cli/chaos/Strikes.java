package dev.intermezzo.cli.chaos;

import dev.intermezzo.cli.fleet.Fleet;
import dev.intermezzo.cli.fleet.Kind;
import dev.intermezzo.cli.fleet.Member;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Carries out a plan on a fleet. An act whose time has come waits until a process of its kind serves, and a broker's until
 * the whole cluster holds everything again; others go first meanwhile. Used by one thread.
 */
final class Strikes {
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A hold or restart of a cashier waits so long for a pay-out call to be open, so that it lands inside; a kill for ever. */
    private static final Duration AIM = Duration.ofSeconds(90);

    /**
     * After a broker came back the next is spared for so long. Until its former session has ended (9 s) the cluster still
     * counts a killed broker among those in sync, and would seem whole.
     */
    private static final Duration BROKERS_SPARED = Duration.ofSeconds(12);

    /** Longer than a stage grants the work that it has begun. */
    private static final Duration STOP = Duration.ofSeconds(65);

    private final Fleet fleet;
    private final Consumer<String> listener;
    private final BooleanSupplier payOutOpen;
    private final InstantSource clock;
    private final List<Struck> struck = new ArrayList<>();
    private final List<Thread> returns = new ArrayList<>();
    private final List<String> stubborn = new CopyOnWriteArrayList<>();
    private final CountDownLatch loadEnded = new CountDownLatch(1);
    private final AtomicInteger brokersAway = new AtomicInteger();
    private volatile long brokersSparedUntil = System.nanoTime();

    /**
     * A blow that was dealt.
     *
     * @param inside of a call that moves money and was held open at that moment; only for those who make such calls
     */
    record Struck(Instant at, Kind kind, Blow blow, boolean inside) {}

    /**
     * @param listener hears a line for each act
     * @param payOutOpen whether the Cashier holds a pay-out's answer back at this moment
     */
    Strikes(Fleet fleet, Consumer<String> listener, BooleanSupplier payOutOpen, InstantSource clock) {
        this.fleet = fleet;
        this.listener = listener;
        this.payOutOpen = payOutOpen;
        this.clock = clock;
    }

    /** Strikes as planned until the load is over; then brings everything back and returns. */
    void carryOut(ChaosPlan plan, BooleanSupplier loadOver) throws InterruptedException {
        long begun = System.nanoTime();
        Deque<ChaosPlan.Act> ahead = new ArrayDeque<>(plan.acts());
        List<ChaosPlan.Act> due = new ArrayList<>();
        while (!loadOver.getAsBoolean()) {
            while (!ahead.isEmpty()
                    && System.nanoTime() - begun >= ahead.getFirst().at().toNanos()) {
                due.add(ahead.removeFirst());
            }
            strikeFirstPossible(due, System.nanoTime() - begun);
            Thread.sleep(LOOK);
        }
        loadEnded.countDown();
        for (Thread each : returns) {
            each.join();
        }
    }

    /** A sentence for each process that had to be killed because it did not end when it was asked to. */
    List<String> stubborn() {
        return List.copyOf(stubborn);
    }

    /** In order of time. */
    List<Struck> struck() {
        return List.copyOf(struck);
    }

    private void strikeFirstPossible(List<ChaosPlan.Act> due, long now) throws InterruptedException {
        Iterator<ChaosPlan.Act> each = due.iterator();
        while (each.hasNext()) {
            ChaosPlan.Act act = each.next();
            Optional<Member> victim = isItsMoment(act, now) ? victim(act) : Optional.empty();
            if (victim.isPresent()) {
                each.remove();
                strike(victim.get(), act.blow());
                return;
            }
        }
    }

    private boolean isItsMoment(ChaosPlan.Act act, long now) {
        return switch (act.kind()) {
            case BROKER -> brokersAway.get() == 0 && System.nanoTime() - brokersSparedUntil >= 0;
            case CASHIER ->
                payOutOpen.getAsBoolean()
                        || (!(act.blow() instanceof Blow.Kill) && now - act.at().toNanos() > AIM.toNanos());
            case INGRESS, ORCHESTRATOR, SHOP, NOTIFIER, AUDITOR, MERCHANT_API -> true;
        };
    }

    /** The planned process, or the next of its kind that serves. */
    private Optional<Member> victim(ChaosPlan.Act act) {
        List<Member> kind = fleet.of(act.kind());
        for (int step = 0; step < kind.size(); step++) {
            Member member = kind.get((act.number() + step) % kind.size());
            if (member.isReady()) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    private void strike(Member victim, Blow blow) throws InterruptedException {
        boolean inside = victim.kind() == Kind.CASHIER && payOutOpen.getAsBoolean();
        if (victim.kind() == Kind.BROKER) {
            brokersAway.incrementAndGet();
        }
        long pid = victim.pid();
        struck.add(new Struck(clock.instant(), victim.kind(), blow, inside));
        switch (blow) {
            case Blow.Kill kill -> victim.kill();
            case Blow.Hold hold -> victim.hold();
            case Blow.Restart restart -> victim.askToEnd();
        }
        listener.accept(blow.id() + " " + victim.name() + " pid " + pid
                + (inside ? " while a pay-out is open" : "") + ", back after "
                + blow.lasts().toMillis() + " ms");
        returns.add(Thread.ofVirtual().start(() -> bringBack(victim, blow)));
    }

    /** On a thread of its own, so that no look at a struggling cluster delays it; at once when the load is over. */
    private void bringBack(Member victim, Blow blow) {
        try {
            if (blow instanceof Blow.Restart && !victim.awaitEnd(STOP)) {
                stubborn.add(
                        victim.name() + " did not end within " + STOP.toSeconds() + " s of being asked to (SIGTERM)");
                victim.kill();
            }
            boolean over = loadEnded.await(blow.lasts().toMillis(), TimeUnit.MILLISECONDS);
            switch (blow) {
                case Blow.Kill kill -> victim.start();
                case Blow.Restart restart -> victim.start();
                case Blow.Hold hold -> victim.letGo();
            }
            listener.accept("back " + victim.name() + " pid " + victim.pid() + (over ? " early" : ""));
            if (victim.kind() == Kind.BROKER) {
                brokersSparedUntil = System.nanoTime() + BROKERS_SPARED.toNanos();
                brokersAway.decrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
