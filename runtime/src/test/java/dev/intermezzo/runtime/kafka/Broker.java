package dev.intermezzo.runtime.kafka;

import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaSettings} for a real broker that all test classes share, with a topic prefix of its own for
 * each parameter, so that tests never meet.
 */
public final class Broker implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Broker.class);

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
