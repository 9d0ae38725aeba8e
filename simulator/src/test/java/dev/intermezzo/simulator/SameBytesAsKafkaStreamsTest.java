package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.notifier.schedule.ScheduleTopology;
import dev.intermezzo.orchestrator.correlator.CorrelatorService;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.topology.OrchestratorService;
import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.simulator.kernel.FaultKind;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.streams.Tape;
import dev.intermezzo.simulator.world.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator's way of running a processor is Kafka Streams' way: the same inputs at the same times, the same bytes out. */
class SameBytesAsKafkaStreamsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    /** The driver would feed timers back at once that the tape holds for later. */
    private static final String OUT = "-out";

    private static final int PAYMENTS = 40;

    @TempDir
    private Path stateDir;

    /** What one task took and when; an entry that is null is a look at the clock. */
    private record Taken(Instant at, @Nullable Entry entry) {}

    private static final class Recording implements Tape {
        private final List<Taken> taken = new ArrayList<>();
        private final TreeMap<String, List<String>> written = new TreeMap<>();
        private final String application;
        private final int partition;

        Recording(String application, int partition) {
            this.application = application;
            this.partition = partition;
        }

        @Override
        public void took(String by, int of, Instant at, Entry entry) {
            if (isMine(by, of)) {
                taken.add(new Taken(at, entry));
            }
        }

        @Override
        public void punctuated(String by, int of, Instant at) {
            if (isMine(by, of)) {
                taken.add(new Taken(at, null));
            }
        }

        @Override
        public void wrote(String by, int of, String topic, String key, byte[] value) {
            if (isMine(by, of)) {
                written.computeIfAbsent(topic, first -> new ArrayList<>()).add(line(key, value));
            }
        }

        private boolean isMine(String by, int of) {
            return by.equals(application) && of == partition;
        }
    }

    @Test
    void the_orchestrator_writes_the_same() {
        same(OrchestratorService.APPLICATION, clock -> Pipeline.orchestrator(Decider::decide, clock));
    }

    @Test
    void the_correlator_writes_the_same() {
        same(CorrelatorService.APPLICATION, Pipeline::correlator);
    }

    @Test
    void the_schedule_writes_the_same() {
        same(ScheduleTopology.STAGE, Pipeline::schedule);
    }

    private interface Shape {
        StepTopology of(InstantSource clock);
    }

    private void same(String application, Shape shape) {
        // Given: partition 0, whose number the driver's only partition shares
        Recording recording = new Recording(application, 0);
        Plan plan = Plan.of(11, PAYMENTS)
                .withFaults(EnumSet.of(FaultKind.SEND_REPEATED, FaultKind.REORDERED, FaultKind.DELAYED));
        Simulation.run(plan, recording);
        assertThat(recording.written.values().stream().mapToInt(List::size).sum())
                .isGreaterThan(10);

        // When
        Map<String, List<String>> written = played(shape, recording.taken);

        // Then
        assertThat(written).isEqualTo(recording.written);
    }

    private Map<String, List<String>> played(Shape shape, List<Taken> tape) {
        Instant[] now = {START};
        StepTopology topology = shape.of(() -> now[0]);
        Map<String, List<String>> written = new TreeMap<>();
        try (TopologyTestDriver driver =
                new TopologyTestDriver(topology.topology(topic -> topic + OUT), config(), START)) {
            for (Taken taken : tape) {
                Duration passed = Duration.ofMillis(taken.at().toEpochMilli() - now[0].toEpochMilli());
                now[0] = taken.at();
                driver.advanceWallClockTime(passed);
                Entry entry = taken.entry();
                if (entry != null) {
                    driver.createInputTopic(
                                    entry.topic(),
                                    Serdes.String().serializer(),
                                    Serdes.ByteArray().serializer())
                            .pipeInput(
                                    new TestRecord<>(entry.key(), entry.value(), entry.headers(), entry.timestamp()));
                }
            }
            for (Topic<?> sink : topology.sinks()) {
                String name = sink.in(topology.topicPrefix());
                List<String> lines = driver
                        .createOutputTopic(
                                name + OUT,
                                Serdes.String().deserializer(),
                                Serdes.ByteArray().deserializer())
                        .readRecordsToList()
                        .stream()
                        .map(record -> line(record.key(), record.value()))
                        .toList();
                if (!lines.isEmpty()) {
                    written.put(name, lines);
                }
            }
        }
        return written;
    }

    private static String line(String key, byte[] value) {
        return key + '=' + HexFormat.of().formatHex(value);
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "same-bytes");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        return config;
    }
}
