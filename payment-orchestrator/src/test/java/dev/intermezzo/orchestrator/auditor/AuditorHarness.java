package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.topology.Facts;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.LedgerEntry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The auditor's topology under TopologyTestDriver; what it found is read from its metrics. */
final class AuditorHarness implements AutoCloseable {
    private static final String PREFIX = "test.";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> ledger;
    private Instant now = Facts.START;

    /** @param bookkeeper the build that the auditor belongs to */
    AuditorHarness(Bookkeeper bookkeeper) {
        AuditorCounts counts = new AuditorCounts();
        counts.bind(meters);
        WriterSchemas schemas = WriterSchemas.compiledIn();
        driver = new TopologyTestDriver(
                AuditorTopology.of(PREFIX, new AuditStep(new Refold(schemas, bookkeeper)), counts, schemas)
                        .topology(),
                config(),
                Facts.START);
        ledger = driver.createInputTopic(
                Topics.PAYMENT_LEDGER.in(PREFIX),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer());
    }

    void read(List<LedgerEntry> entries) {
        entries.forEach(entry -> readAs(entry.getPaymentId(), codec.encode(entry)));
    }

    void readAs(String key, byte[] value) {
        readAs(key, value, now);
    }

    void readAs(String key, byte[] value, Instant written) {
        ledger.pipeInput(key, value, written);
    }

    /** As {@link #read}, of an entry that was written long ago. */
    void readOld(LedgerEntry entry) {
        readAs(entry.getPaymentId(), codec.encode(entry), now.minus(Duration.ofHours(1)));
    }

    /** Lets time pass, and a little more, so that what was found by then is counted. */
    void pass(Duration time) {
        now = now.plus(time).plus(AuditorProcessor.COUNT);
        driver.advanceWallClockTime(time);
        driver.advanceWallClockTime(AuditorProcessor.COUNT);
    }

    /** Lets time pass, and no more. */
    void tick(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Payments that a look found to wait too long, counted or not yet. */
    int found(StuckRule rule) {
        AtomicInteger found = new AtomicInteger();
        new Findings(driver.getKeyValueStore(Findings.STUCK)).forEach((code, since) -> {
            if (code.equals(rule.code())) {
                found.incrementAndGet();
            }
        });
        return found.get();
    }

    Set<Rule> breaches() {
        return Arrays.stream(Rule.values())
                .filter(rule -> breaches(rule) > 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    }

    int breaches(Rule rule) {
        return (int) meters.get("intermezzo.auditor.breaches")
                .tag("rule", rule.code())
                .functionCounter()
                .count();
    }

    int entries(AuditStep.Checked checked) {
        FunctionCounter counter = meters.get("intermezzo.auditor.entries")
                .tag("checked", checked.code())
                .functionCounter();
        return (int) counter.count();
    }

    int stuck(StuckRule rule, String age) {
        Gauge gauge = meters.get("intermezzo.stuck.payments")
                .tag("rule", rule.code())
                .tag("age", age)
                .gauge();
        return (int) gauge.value();
    }

    int stuck(StuckRule rule) {
        return (int) meters.get("intermezzo.stuck.payments").tag("rule", rule.code()).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "auditor-test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir().toString());
        return config;
    }

    private static Path stateDir() {
        try {
            return Files.createTempDirectory("auditor-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
