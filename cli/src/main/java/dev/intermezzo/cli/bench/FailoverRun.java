package dev.intermezzo.cli.bench;

import dev.intermezzo.cli.fleet.Fleet;
import dev.intermezzo.cli.fleet.Kind;
import dev.intermezzo.cli.fleet.Member;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.orchestrator.topology.OrchestratorService;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Kills orchestrators and brokers one by one under a steady beat, each when everything is well again. */
final class FailoverRun {
    private static final Duration LOOK = Duration.ofMillis(20);

    /** What has not gone on by then never will. */
    private static final Duration LOST = Duration.ofSeconds(90);

    /** Everything works for at least this long between two blows. */
    private static final Duration CALM = Duration.ofSeconds(3);

    private static final long CALM_MORE_MS = 2_000;

    /** Longer than a session: the killed instance is really missed before it comes back. */
    private static final Duration AWAY = Duration.ofSeconds(6);

    /** Who is further behind than this is still busy with what came before the blow. */
    private static final Duration UP_TO_DATE = Duration.ofSeconds(1);

    private static final int ANSWER_SECONDS = 5;

    private final int kills;
    private final int rate;
    private final Random random;
    private final Consumer<String> listener;
    private final InstantSource clock = InstantSource.system();

    /**
     * Times from a kill to recovery, as {@link Beat} defines it.
     *
     * @param brokers by number
     * @param events that were decided in all
     */
    record Result(List<Duration> orchestrators, List<Duration> brokers, long events) {
        Result {
            orchestrators = List.copyOf(orchestrators);
            brokers = List.copyOf(brokers);
        }
    }

    FailoverRun(int kills, int rate, long seed, Consumer<String> listener) {
        this.kills = kills;
        this.rate = rate;
        this.random = new Random(seed);
        this.listener = listener;
    }

    Result run(Path data) throws InterruptedException {
        try (Fleet fleet = new Fleet(data, listener)) {
            listener.accept("starting three brokers and two orchestrators");
            fleet.startBrokers();
            fleet.startStages(Map.of(StageRole.ORCHESTRATOR, 2), URI.create("http://127.0.0.1:8080"));
            try (SchemaTopic schemas = new SchemaTopic(fleet.kafka());
                    Admin admin = KafkaClients.admin(fleet.kafka(), "bench");
                    Beat beat = new Beat(fleet.kafka(), schemas, rate, Fleet.TOPICS.partitions(), clock)) {
                schemas.start();
                schemas.publish();
                beat.start();
                awaitBeat(beat, clock.instant());
                List<Duration> orchestrators = new ArrayList<>();
                for (int kill = 1; kill <= kills; kill++) {
                    orchestrators.add(struck(fleet, beat, working(fleet, admin), kill));
                }
                List<Duration> brokers = new ArrayList<>();
                for (Member broker : fleet.of(Kind.BROKER)) {
                    brokers.add(struck(fleet, beat, broker, 1));
                }
                return new Result(orchestrators, brokers, beat.committed());
            }
        }
    }

    private Duration struck(Fleet fleet, Beat beat, Member victim, int number) throws InterruptedException {
        awaitUpToDate(beat);
        Thread.sleep(CALM.plusMillis(random.nextLong(CALM_MORE_MS)));
        Instant blow = clock.instant();
        victim.kill();
        Duration recovery = Duration.between(blow, awaitBeat(beat, blow));
        listener.accept("kill " + number + " of " + victim.name() + ": " + recovery.toMillis() + " ms; "
                + beat.committed() + " events so far, " + beat.failed() + " not taken");
        long back = AWAY.minus(Duration.between(blow, clock.instant())).toMillis();
        Thread.sleep(Math.max(0, back));
        victim.start();
        fleet.awaitReady(fleet.members());
        return recovery;
    }

    private void awaitUpToDate(Beat beat) throws InterruptedException {
        Instant asked;
        do {
            asked = clock.instant();
        } while (Duration.between(asked, awaitBeat(beat, asked)).compareTo(UP_TO_DATE) > 0);
    }

    private Instant awaitBeat(Beat beat, Instant blow) throws InterruptedException {
        beat.expectAfter(blow);
        long end = System.nanoTime() + LOST.toNanos();
        while (beat.recovered().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new CommandFailure(
                        "not-recovered", "A partition decided nothing for " + LOST.toSeconds() + " s after a kill.");
            }
            Thread.sleep(LOOK);
        }
        return beat.recovered().orElseThrow();
    }

    /** One that has work: to kill another would prove nothing. */
    private Member working(Fleet fleet, Admin admin) throws InterruptedException {
        String group = fleet.kafka().named(OrchestratorService.APPLICATION);
        long end = System.nanoTime() + LOST.toNanos();
        while (System.nanoTime() < end) {
            Set<String> busy = withWork(admin, group);
            List<Member> working = fleet.of(Kind.ORCHESTRATOR).stream()
                    .filter(member -> busy.contains(member.name()))
                    .toList();
            if (!working.isEmpty()) {
                return working.get(random.nextInt(working.size()));
            }
            Thread.sleep(CALM);
        }
        throw new CommandFailure("none-works", "No orchestrator was given a partition in " + LOST.toSeconds() + " s.");
    }

    /** Names of the instances that partitions are assigned to; none where Kafka does not say. */
    private static Set<String> withWork(Admin admin, String group) throws InterruptedException {
        try {
            return admin
                    .describeConsumerGroups(List.of(group))
                    .all()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(described -> described.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .flatMap(member -> member.groupInstanceId().stream())
                    // Streams appends the number of the thread.
                    .map(instance -> instance.substring(0, instance.lastIndexOf('-')))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return Set.of();
        }
    }
}
