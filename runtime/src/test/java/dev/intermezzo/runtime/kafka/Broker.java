package dev.intermezzo.runtime.kafka;

import static org.awaitility.Awaitility.await;

import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaSettings} for a real broker that all test classes share, with a topic prefix of its own for
 * each parameter, so that tests never meet.
 */
public final class Broker implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Broker.class);

    static {
        // A build machine shares its cores; a test that waits longer than usual has not failed.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaSettings.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, unused -> new Running(EmbeddedBroker.temporary()), Running.class);
        return new KafkaSettings(
                running.broker().bootstrapServers(), "test" + running.count().incrementAndGet() + ".", "one");
    }

    /** Creates topics of three partitions and waits until the broker knows them. */
    public static void createTopics(KafkaSettings kafka, String... names) {
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            admin.createTopics(Arrays.stream(names)
                    .map(name -> new NewTopic(name, 3, (short) 1))
                    .toList());
            await().ignoreExceptions()
                    .until(() -> admin.describeTopics(List.of(names))
                                    .allTopicNames()
                                    .get()
                                    .size()
                            == names.length);
        }
    }

    /** Closed with the root context, after the last test. */
    private record Running(EmbeddedBroker broker, AtomicInteger count) implements AutoCloseable {
        Running(EmbeddedBroker broker) {
            this(broker, new AtomicInteger());
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
