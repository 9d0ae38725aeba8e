package dev.intermezzo.cli.kafka;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real broker that all test classes share, with any number of installations on it, one per test. */
public final class TestKafka implements AutoCloseable {
    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final AtomicInteger installations = new AtomicInteger();

    private TestKafka() {}

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** A prefix under which there is no topic. */
    public KafkaSettings emptyInstallation() {
        return new KafkaSettings(broker.bootstrapServers(), "test" + installations.incrementAndGet() + ".", "test");
    }

    /** An installation with the schemas topic and these. */
    public KafkaSettings installation(Topic<?>... topics) {
        KafkaSettings settings = emptyInstallation();
        try (TopicAdmin admin = new TopicAdmin(settings, TopicSettings.sandbox())) {
            admin.apply(List.of(topics));
        }
        try (SchemaTopic schemas = new SchemaTopic(settings, Duration.ZERO)) {
            schemas.start();
            schemas.publish();
        }
        return settings;
    }

    /** The options that lead a command to this installation. */
    public static String[] options(KafkaSettings settings) {
        return new String[] {
            "--bootstrap-servers", settings.bootstrapServers(), "--topic-prefix", settings.topicPrefix()
        };
    }

    /** Writes records with the producers' default partitioner, in this order. */
    public static void write(KafkaSettings settings, Topic<?> topic, List<Map.Entry<String, byte[]>> records) {
        try (var producer = KafkaClients.producer(settings, "test")) {
            for (Map.Entry<String, byte[]> record : records) {
                producer.send(new ProducerRecord<>(settings.topic(topic), record.getKey(), record.getValue()))
                        .get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        broker.close();
    }

    /** Gives tests the broker; it is closed with the root context, after the last test. */
    public static final class Shared implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Shared.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestKafka.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(TestKafka.class, unused -> new TestKafka(), TestKafka.class);
        }
    }
}
