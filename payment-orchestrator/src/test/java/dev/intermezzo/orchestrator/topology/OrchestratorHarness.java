package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.PaymentEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The orchestrator's topology under TopologyTestDriver, spoken to in typed values. */
final class OrchestratorHarness implements AutoCloseable {
    private static final String PREFIX = "test.";

    private final Path stateDir;
    private final TopologyTestDriver driver;
    private final List<String> warmUps = new ArrayList<>();

    OrchestratorHarness(Bookkeeper bookkeeper) {
        this(bookkeeper, stateDir());
    }

    private OrchestratorHarness(Bookkeeper bookkeeper, Path stateDir) {
        this.stateDir = stateDir;
        DeadLetters deadLetters = new DeadLetters(new Vault(SealingKeys.generate()), () -> Facts.START);
        this.driver = new TopologyTestDriver(
                OrchestratorTopology.of(
                                PREFIX,
                                bookkeeper,
                                deadLetters,
                                WriterSchemas.compiledIn(),
                                (id, partition) -> warmUps.add(id),
                                new DecisionCounts())
                        .topology(),
                config(),
                Facts.START);
    }

    /** The same stores under another build: what was in them is carried over. */
    OrchestratorHarness restartedWith(Bookkeeper other) {
        OrchestratorHarness next = new OrchestratorHarness(other, stateDir());
        List.of(Books.PAYMENTS, Books.HEADS, Quarantines.MARKS, BuyerKeys.STORE)
                .forEach(store -> copy(this.<String>store(store), next.store(store)));
        List.of(Timers.STORE, Quarantines.QUEUE).forEach(store -> copy(this.<Bytes>store(store), next.store(store)));
        close();
        return next;
    }

    void send(PaymentEvent event) {
        send(Topics.PAYMENT_EVENTS, event.getPaymentId(), event, new RecordHeaders());
    }

    void send(CashierResult result) {
        send(Topics.CASHIER_RESULTS, result.getPaymentId(), result, new RecordHeaders());
    }

    void send(InternalEvent event) {
        send(Topics.PAYMENT_INTERNAL, event.getPaymentId(), event, new RecordHeaders());
    }

    void send(BuyerKey key) {
        send(Topics.BUYER_KEYS, key.getPaymentId(), key, new RecordHeaders());
    }

    <T extends SpecificRecordBase> void send(Topic<?> topic, String key, T value, Headers headers) {
        @SuppressWarnings("unchecked") // a value's own class
        Class<T> type = (Class<T>) value.getClass();
        sendBytes(topic, key, Codec.of(type).encode(value), headers);
    }

    void sendBytes(Topic<?> topic, String key, byte[] value, Headers headers) {
        driver.createInputTopic(
                        topic.in(PREFIX),
                        Serdes.String().serializer(),
                        Serdes.ByteArray().serializer())
                .pipeInput(new TestRecord<>(key, value, headers));
    }

    void forget(String payment) {
        driver.createInputTopic(
                        Topics.BUYER_KEYS.in(PREFIX),
                        Serdes.String().serializer(),
                        Serdes.ByteArray().serializer())
                .pipeInput(payment, (byte[]) null);
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Everything written to the topic since it was last read. */
    <T extends SpecificRecordBase> List<TestRecord<String, T>> records(Topic<T> topic) {
        Codec<T> codec = Codec.of(topic.value());
        return driver
                .createOutputTopic(
                        topic.in(PREFIX),
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer())
                .readRecordsToList()
                .stream()
                .map(record -> new TestRecord<>(
                        record.key(), codec.decode(record.value(), WriterSchemas.compiledIn()), record.headers()))
                .toList();
    }

    <T extends SpecificRecordBase> List<T> values(Topic<T> topic) {
        return records(topic).stream().map(TestRecord::value).toList();
    }

    /** Ids of the warm-ups that came through. */
    List<String> warmUps() {
        return warmUps;
    }

    /** The one Cashier command that was written since they were last read. */
    CashierCommand onlyCommand() {
        List<CashierCommand> commands = values(Topics.CASHIER_COMMANDS);
        if (commands.size() != 1) {
            throw new AssertionError("expected one command: " + commands);
        }
        return commands.getFirst();
    }

    <K> KeyValueStore<K, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
    }

    private static <K> void copy(KeyValueStore<K, byte[]> from, KeyValueStore<K, byte[]> to) {
        List<K> keys = new ArrayList<>();
        try (var entries = from.all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(key -> to.put(key, from.get(key)));
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "orchestrator-test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        return config;
    }

    private static Path stateDir() {
        try {
            return Files.createTempDirectory("orchestrator-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
