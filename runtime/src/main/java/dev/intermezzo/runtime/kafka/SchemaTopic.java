package dev.intermezzo.runtime.kafka;

import dev.intermezzo.schemas.CompiledSchemas;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code schemas} topic: how builds of different age read each other. A stage publishes what it writes before it writes,
 * and follows the topic; a fingerprint that is not known yet is waited for.
 *
 * <p>Safe for use by several threads.
 */
public final class SchemaTopic implements WriterSchemas, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTopic.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final KafkaSettings settings;
    private final Duration wait;
    private final Map<Long, Schema> known = new ConcurrentHashMap<>();
    private final Map<Long, Schema> published = new ConcurrentHashMap<>();
    private final MissingSchemas missing = new MissingSchemas(System::nanoTime);
    private final Object arrivals = new Object();
    private final TopicTail tail;

    public SchemaTopic(KafkaSettings settings) {
        this(settings, WAIT);
    }

    /**
     * @param wait how long one {@link #find} waits for a schema; below Kafka's {@code max.poll.interval.ms}, because
     *     Streams decodes on its polling thread
     */
    public SchemaTopic(KafkaSettings settings, Duration wait) {
        this.settings = settings;
        this.wait = wait;
        CompiledSchemas.all().forEach(schema -> known.put(CompiledSchemas.fingerprint(schema), schema));
        this.tail = new TopicTail(
                () -> KafkaClients.tail(settings, "schemas"), topic(), TopicTail.From.BEGINNING, this::receive);
    }

    /**
     * Registers what was passed over on the topic, and for how long a schema has been missing.
     *
     * @param stage label; the same after a restart
     */
    public void measure(MeterRegistry meters, String stage) {
        tail.measure(meters, stage, Topics.SCHEMAS_NAME);
        Gauge.builder("intermezzo.schema.unknown", missing, MissingSchemas::seconds)
                .description("How long a record has been waited for whose schema nobody has published; 0: none is")
                .baseUnit("seconds")
                .tag("stage", stage)
                .register(meters);
    }

    /** Begins to follow the topic. */
    public void start() {
        tail.start();
    }

    public boolean ready() {
        return tail.caughtUp();
    }

    /**
     * Makes every schema that this build writes known to all; returns when the brokers hold them. Call after {@link #start}
     * and before the first write. Schemas that are there already are not written again.
     *
     * @throws KafkaException when the topic cannot be read or written
     */
    public void publish() {
        try {
            if (!tail.awaitCaughtUp(CATCH_UP)) {
                throw new KafkaException("The topic " + topic() + " could not be read within " + CATCH_UP.toSeconds()
                        + " s; is it there (intermezzo topics apply) and is Kafka reachable?");
            }
            write(CompiledSchemas.all().stream()
                    .filter(schema -> !published.containsKey(CompiledSchemas.fingerprint(schema)))
                    .toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while publishing schemas", e);
        }
    }

    /**
     * {@inheritDoc} Waits up to the bound given at construction; the caller retries, the value is not at fault.
     */
    @Override
    public Schema find(long fingerprint) {
        Schema schema = known.get(fingerprint);
        return schema != null ? schema : await(fingerprint);
    }

    @Override
    public void close() {
        tail.close();
    }

    private Schema await(long fingerprint) {
        if (missing.asked(fingerprint)) {
            LOG.atWarn()
                    .addKeyValue("alert", "schema-unknown")
                    .addKeyValue("fingerprint", hex(fingerprint))
                    .log("a value's schema is not known yet, waiting for it");
        }
        long deadline = System.nanoTime() + wait.toNanos();
        synchronized (arrivals) {
            while (true) {
                Schema schema = known.get(fingerprint);
                if (schema != null) {
                    return schema;
                }
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new UnknownSchemaException(fingerprint);
                }
                try {
                    arrivals.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new UnknownSchemaException(fingerprint);
                }
            }
        }
    }

    /**
     * Takes a schema.
     *
     * @throws SchemaParseException when it is none; the tail passes it over
     */
    private void receive(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Schema schema = new Schema.Parser().parse(new String(record.value(), StandardCharsets.UTF_8));
        long fingerprint = CompiledSchemas.fingerprint(schema);
        if (!hex(fingerprint).equals(record.key())) {
            throw new IllegalArgumentException("a schema does not have the fingerprint of its key " + record.key());
        }
        published.put(fingerprint, schema);
        synchronized (arrivals) {
            known.putIfAbsent(fingerprint, schema);
            arrivals.notifyAll();
        }
        missing.found(fingerprint);
    }

    private void write(List<Schema> missing) throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        try (Producer<String, byte[]> producer = patientProducer()) {
            List<Future<?>> sent = new ArrayList<>();
            for (Schema schema : missing) {
                sent.add(producer.send(new ProducerRecord<>(
                        topic(),
                        hex(CompiledSchemas.fingerprint(schema)),
                        schema.toString().getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("The topic " + topic() + " could not be written", e.getCause());
        }
        LOG.atInfo().addKeyValue("schemas", missing.size()).log("published schemas");
    }

    /** Nobody's page waits for a start, so the first contact with a busy broker may take its time. */
    private Producer<String, byte[]> patientProducer() {
        Map<String, Object> config = KafkaClients.producerConfig(settings, "schemas");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CATCH_UP.toMillis());
        return new KafkaProducer<>(config);
    }

    private String topic() {
        return settings.named(Topics.SCHEMAS_NAME);
    }

    private static String hex(long fingerprint) {
        return "%016x".formatted(fingerprint);
    }
}
