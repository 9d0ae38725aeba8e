package dev.intermezzo.cli.bench;

import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.load.OneTry;
import dev.intermezzo.sandbox.load.OneTry.Outcome;
import dev.intermezzo.sandbox.load.OneTry.Outcome.Led;
import dev.intermezzo.sandbox.load.OneTry.Outcome.Odd;
import dev.intermezzo.sandbox.load.OneTry.Outcome.Stranded;
import dev.intermezzo.sandbox.load.OneTry.Outcome.TurnedAway;
import dev.intermezzo.sandbox.load.OneTry.Prepared;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Buyers at half of what an installation carries, then at ten times as much, then one after the other until one is served. */
final class FloodRun {
    /** How much of what is carried comes in the flood. */
    static final int TIMES = 10;

    /** Together they keep the pipeline busy, and are few enough for each to find room. */
    private static final int TAKING_TURNS = 32;

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    /** Turning away has to be warm too: the first seconds of a first flood are those of the compiler. */
    private static final int WARM_UP_FLOOD_SECONDS = 5;

    private static final Duration MEASURING = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Longer than a buyer has patience. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int seconds;
    private final OptionalInt capacity;
    private final Consumer<String> told;

    /**
     * @param seconds of each phase
     * @param capacity checkouts per second that the installation is meant to carry; empty: what it is measured to
     */
    FloodRun(int seconds, OptionalInt capacity, Consumer<String> told) {
        this.seconds = seconds;
        this.capacity = capacity;
        this.told = told;
    }

    /**
     * What became of the buyers of one phase.
     *
     * @param during from the first one's coming to the last one's; longer than asked for where the machine is too slow
     * @param inTime how many had been led to the provider when the last one came
     */
    record Phase(
            Duration during,
            long inTime,
            List<Led> led,
            List<TurnedAway> turnedAway,
            List<Stranded> stranded,
            List<Odd> odd) {

        static Phase of(Duration during, long inTime, Collection<Outcome> outcomes) {
            return new Phase(
                    during,
                    inTime,
                    only(Led.class, outcomes),
                    only(TurnedAway.class, outcomes),
                    only(Stranded.class, outcomes),
                    only(Odd.class, outcomes));
        }

        /** How many came, a second. */
        BigDecimal perSecond() {
            return perSecond(led.size() + turnedAway.size() + stranded.size() + odd.size());
        }

        /** How many were led to the provider while others came, a second. */
        BigDecimal goodput() {
            return perSecond(inTime);
        }

        private BigDecimal perSecond(long count) {
            return BigDecimal.valueOf(count * 1_000)
                    .divide(BigDecimal.valueOf(Math.max(1, during.toMillis())), 1, RoundingMode.HALF_UP);
        }

        /** From sending the form to the answer 303. */
        Times edge() {
            return Times.of(led, Led::edge);
        }

        /** From sending the form to knowing the provider's page. */
        Times provider() {
            return Times.of(led, Led::provider);
        }

        private static <T> List<T> only(Class<T> kind, Collection<Outcome> outcomes) {
            return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /**
     * What was measured.
     *
     * @param capacity checkouts per second of which the phases are made
     * @param recovery from the flood's last checkout until one was sent that was led to the provider
     */
    record Result(int capacity, Phase calm, Phase flood, Duration recovery) {}

    Result run(Path folder) throws InterruptedException {
        told.accept("starting an installation with a simulated shop and Cashier");
        try (SandboxWorld world = SandboxWorld.start(folder, Ports.free(), what -> {});
                OneTry buyers = new OneTry(world.shop(), world.cashier().base())) {
            told.accept("warming up");
            takeTurns(buyers, WARM_UP);
            int carried = capacity.isPresent() ? capacity.getAsInt() : measured(buyers);
            Crowd cold = new Crowd(buyers, TIMES * carried, WARM_UP_FLOOD_SECONDS);
            cold.come();
            cold.gone();
            told.accept("half of " + carried + " checkouts a second come for " + seconds + " s");
            Crowd calm = new Crowd(buyers, (carried + 1) / 2, seconds);
            calm.come();
            Phase calmly = calm.gone();
            told.accept("signing the forms of the flood");
            Crowd flood = new Crowd(buyers, TIMES * carried, seconds);
            told.accept(TIMES + " times " + carried + " checkouts a second come for " + seconds + " s");
            flood.come();
            Duration recovery = untilServed(buyers);
            return new Result(carried, calmly, flood.gone(), recovery);
        }
    }

    private int measured(OneTry buyers) throws InterruptedException {
        told.accept("measuring what is carried for " + MEASURING.toSeconds() + " s");
        return Math.clamp(takeTurns(buyers, MEASURING) / MEASURING.toSeconds(), 1, FloodCommand.MOST_CARRIED);
    }

    /** A few buyers, each with one order after the other; tells how many orders were led to the provider. */
    private static int takeTurns(OneTry buyers, Duration during) throws InterruptedException {
        AtomicInteger led = new AtomicInteger();
        long end = System.nanoTime() + during.toNanos();
        List<Thread> turns = Stream.generate(() -> Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() < end) {
                        switch (outcome(buyers, buyers.prepare())) {
                            case Led done -> led.incrementAndGet();
                            case TurnedAway away -> LockSupport.parkNanos(PAUSE.toNanos());
                            case Stranded stranded -> LockSupport.parkNanos(PAUSE.toNanos());
                            case Odd odd -> LockSupport.parkNanos(PAUSE.toNanos());
                        }
                    }
                }))
                .limit(TAKING_TURNS)
                .toList();
        for (Thread turn : turns) {
            turn.join();
        }
        return led.get();
    }

    /** One buyer after the other; a minute when none is served. */
    private static Duration untilServed(OneTry buyers) {
        long begun = System.nanoTime();
        long sent = begun;
        while (sent - begun < PATIENCE.toNanos()) {
            if (outcome(buyers, buyers.prepare()) instanceof Led) {
                return Duration.ofNanos(sent - begun);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            sent = System.nanoTime();
        }
        return PATIENCE;
    }

    private static Outcome outcome(OneTry buyers, Prepared form) {
        try {
            return buyers.come(form);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Odd("interrupted");
        }
    }

    /** The buyers of one phase. */
    private static final class Crowd {
        private final OneTry buyers;
        private final OpenLoop coming;
        private final Queue<Prepared> forms;
        private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        private Duration during = Duration.ZERO;
        private long inTime;

        Crowd(OneTry buyers, int perSecond, int forSeconds) {
            this.buyers = buyers;
            this.coming = new OpenLoop(perSecond, perSecond * forSeconds);
            this.forms = Stream.generate(buyers::prepare)
                    .limit((long) perSecond * forSeconds)
                    .collect(Collectors.toCollection(ConcurrentLinkedQueue::new));
        }

        /** Returns when the last one has come. */
        void come() {
            long begun = System.nanoTime();
            coming.come(() -> outcomes.add(outcome(buyers, forms.remove())));
            during = Duration.ofNanos(System.nanoTime() - begun);
            inTime = outcomes.stream().filter(Led.class::isInstance).count();
        }

        Phase gone() throws InterruptedException {
            long left = coming.awaitGone(PATIENCE);
            for (long each = 0; each < left; each++) {
                outcomes.add(new Odd("no answer in time"));
            }
            return Phase.of(during, inTime, outcomes);
        }
    }
}
