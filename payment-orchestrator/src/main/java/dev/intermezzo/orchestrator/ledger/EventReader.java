package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.codec.EventCodec;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.ViewRequested;
import dev.intermezzo.schemas.avro.WarmUp;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads events by the topic they came from, when they are consumed and again when the ledger is folded. Each kind of fact
 * is accepted from its own topic only.
 */
public final class EventReader {
    /** Topics whose records are facts about payments. */
    public static final List<Topic<?>> TOPICS = List.of(
            Topics.PAYMENT_EVENTS,
            Topics.CASHIER_RESULTS,
            Topics.SHOP_RESULTS,
            Topics.OPERATOR_ACTS,
            Topics.PAYMENT_INTERNAL);

    private final Map<String, Source<?>> sources;

    public EventReader(WriterSchemas schemas) {
        this.sources = List.<Source<?>>of(
                        new Source<>(new TopicReader<>(Topics.PAYMENT_EVENTS, schemas), EventReader::paymentEvent),
                        new Source<>(new TopicReader<>(Topics.CASHIER_RESULTS, schemas), fact(EventCodec::event)),
                        new Source<>(new TopicReader<>(Topics.SHOP_RESULTS, schemas), fact(EventCodec::event)),
                        new Source<>(new TopicReader<>(Topics.OPERATOR_ACTS, schemas), fact(EventCodec::event)),
                        new Source<>(new TopicReader<>(Topics.PAYMENT_INTERNAL, schemas), fact(EventCodec::event)))
                .stream()
                .collect(Collectors.toUnmodifiableMap(
                        source -> source.reader().topic().name(), Function.identity()));
    }

    /**
     * @param topic name without prefix
     * @throws dev.intermezzo.schemas.UnknownSchemaException when the writer's schema is not known yet
     */
    public Incoming read(String topic, byte @Nullable [] value) {
        Source<?> source = sources.get(topic);
        return source == null
                ? new Incoming.Unacceptable("wrong-origin", "The topic " + topic + " carries no facts about payments.")
                : source.read(value);
    }

    private record Source<T extends SpecificRecordBase>(TopicReader<T> reader, Function<T, Incoming> meaning) {
        Incoming read(byte @Nullable [] value) {
            return switch (reader.read(value)) {
                case Reading.Unacceptable<T> bad -> new Incoming.Unacceptable(bad.code(), bad.reason());
                case Reading.Read<T> read -> understood(read.value());
            };
        }

        /** The bytes are well-formed; whether they make sense is the codec's word. */
        private Incoming understood(T read) {
            try {
                return meaning.apply(read);
            } catch (IllegalArgumentException e) {
                return new Incoming.Unacceptable("not-understood", "The value makes no sense: " + e.getMessage());
            }
        }
    }

    private static <T> Function<T, Incoming> fact(Function<T, Event> codec) {
        return value -> new Incoming.Fact(codec.apply(value));
    }

    private static Incoming paymentEvent(PaymentEvent value) {
        if (value.getBody() instanceof WarmUp) {
            return new Incoming.WarmUp(value.getId());
        }
        if (value.getBody() instanceof ViewRequested) {
            return new Incoming.ViewWanted(value.getId(), value.getPaymentId(), value.getEnvironment());
        }
        return new Incoming.Fact(EventCodec.event(value));
    }
}
