package dev.intermezzo.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.RawTopic;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.CompiledSchemas;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This build beside a newer one, whose records have a field more. */
class SideBySideTest {
    private static final int HEADER_BYTES = 10;
    private static final Duration WHILE_UNKNOWN = Duration.ofSeconds(2);

    private final Facts facts = Facts.ofOrder(1, Instant.now().truncatedTo(ChronoUnit.MICROS));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path data;

    @SuppressWarnings("NullAway.Init") // made before each test
    private OrchestratorOnBroker orchestrator;

    @BeforeEach
    void install() {
        orchestrator = new OrchestratorOnBroker(data);
    }

    @AfterEach
    void close() {
        orchestrator.close();
    }

    @Test
    void what_a_newer_build_wrote_waits_for_its_schema_and_then_counts_in_its_order() {
        Schema newer = withOneFieldMore(PaymentEvent.getClassSchema());
        orchestrator.start("state");
        orchestrator.send(Topics.BUYER_KEYS, facts.payment(), facts.key(Facts.KEY_ID));

        sendBytes(Topics.PAYMENT_EVENTS.in("test."), facts.payment(), written(newer, encoded(facts.checkout())));
        orchestrator.send(Topics.PAYMENT_EVENTS, facts.payment(), facts.after(5).askedAgain("again"));
        await().during(WHILE_UNKNOWN)
                .atMost(OrchestratorOnBroker.LIMIT)
                .until(() -> orchestrator.read(Topics.PAYMENT_LEDGER).isEmpty());
        publish(newer);

        List<LedgerEntry> entries = orchestrator.awaitCount(Topics.PAYMENT_LEDGER, 2);
        assertThat(entries).extracting(LedgerEntry::getSequence).containsExactly(1L, 2L);
        assertThat(Codec.fingerprint(bytes(entries.getFirst()))).isEqualTo(CompiledSchemas.fingerprint(newer));
        assertThat(orchestrator.read(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void after_a_rollback_the_states_of_the_newer_build_are_read_and_go_on() {
        Schema newer = withOneFieldMore(PaymentStateRecord.getClassSchema());
        orchestrator.start("before");
        orchestrator.send(Topics.BUYER_KEYS, facts.payment(), facts.key(Facts.KEY_ID));
        orchestrator.send(Topics.PAYMENT_EVENTS, facts.payment(), facts.checkout());
        String command =
                orchestrator.awaitCount(Topics.CASHIER_COMMANDS, 1).getFirst().getId();
        orchestrator.stop();
        // The newer build worked on it for a while: it published its schema, then stored with it.
        publish(newer);
        byte[] stored = HexFormat.of()
                .parseHex(orchestrator.store(Books.PAYMENTS).values().iterator().next());
        try (RawTopic raw = new RawTopic(orchestrator.kafka(), "test-newer")) {
            int partition = Topics.partitionOf(facts.payment(), 3);
            raw.write(
                    new TopicPartition("test.orchestrator-" + Books.PAYMENTS + "-changelog", partition),
                    Map.<Bytes, byte[]>of(Books.key(facts.payment()), written(newer, stored)));
        }

        orchestrator.start("after");
        orchestrator.send(
                Topics.CASHIER_RESULTS, facts.payment(), facts.after(1).pageOpened(command));
        orchestrator.awaitCount(Topics.PAYMENT_LEDGER, 2);
        orchestrator.send(
                Topics.PAYMENT_INTERNAL, facts.payment(), facts.after(60).approved());

        orchestrator.awaitCount(Topics.NOTIFICATION_REQUESTS, 1);
        assertThat(orchestrator.audit().fullyReproduced()).isTrue();
        assertThat(orchestrator.read(Topics.DEAD_LETTERS)).isEmpty();
    }

    /** As a later build may have it: a field with a default at the end. */
    private static Schema withOneFieldMore(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>(Stream.concat(
                        schema.getFields().stream().map(field -> new Schema.Field(field, field.schema())),
                        Stream.of(new Schema.Field("addedLater", Schema.create(Schema.Type.STRING), null, "")))
                .toList());
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static byte[] encoded(PaymentEvent event) {
        return Codec.of(PaymentEvent.class).encode(event);
    }

    /** A value of this build as the newer one writes it. */
    private static byte[] written(Schema newer, byte[] value) {
        Schema own = CompiledSchemas.all().stream()
                .filter(schema -> CompiledSchemas.fingerprint(schema) == Codec.fingerprint(value))
                .findFirst()
                .orElseThrow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(CompiledSchemas.fingerprint(newer))
                .array());
        try {
            Object generic = new GenericDatumReader<>(own, newer)
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(newer).write(generic, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(LedgerEntry entry) {
        byte[] bytes = new byte[entry.getEvent().remaining()];
        entry.getEvent().duplicate().get(bytes);
        return bytes;
    }

    private void publish(Schema schema) {
        sendBytes(
                orchestrator.kafka().named(Topics.SCHEMAS_NAME),
                "%016x".formatted(CompiledSchemas.fingerprint(schema)),
                schema.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void sendBytes(String topic, String key, byte[] value) {
        try (var producer = KafkaClients.producer(orchestrator.kafka(), "test-newer")) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
