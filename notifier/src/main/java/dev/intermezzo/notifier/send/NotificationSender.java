package dev.intermezzo.notifier.send;

import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.metrics.Tally;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.SendOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;

/**
 * Takes records of {@code notification-due} and completes each when its report is durable on {@code notification-results}.
 */
public final class NotificationSender {

    private static final String TRACEPARENT = "traceparent";

    /** A report is worth several tries, a POST is not: after these the record is taken again, by then too late to act on. */
    private static final int REPORT_TRIES = 4;

    /**
     * What the sender is told.
     *
     * @param stage its name in dead letters
     * @param encoding how messages are written
     * @param deadline for one POST
     * @param hosts how much one host may take
     */
    public record Settings(String stage, FormEncoding encoding, Duration deadline, HostLimits hosts) {}

    /**
     * What it shares with its service, which starts and closes it.
     *
     * @param producer idempotent, not transactional
     */
    public record Clients(
            KafkaSettings kafka,
            Producer<String, byte[]> producer,
            WriterSchemas schemas,
            MerchantDirectory merchants) {}

    private final String stage;
    private final TopicReader<NotificationDue> due;
    private final Tally<SendOutcome> outcomes = new Tally<>(SendOutcome.class);
    private final TypedProducer<NotificationResult> results;
    private final TypedProducer<DeadLetter> letters;
    private final DeadLetters deadLetters;
    private final DueHandler handler;

    /** Wires the parts. */
    public NotificationSender(
            Settings settings,
            Clients clients,
            SecretSealer sealer,
            DeadLetters deadLetters,
            OutboundHttp http,
            InstantSource clock) {
        this.stage = settings.stage();
        this.due = new TopicReader<>(Topics.NOTIFICATION_DUE, clients.schemas());
        this.results = new TypedProducer<>(clients.producer(), clients.kafka());
        this.letters = new TypedProducer<>(clients.producer(), clients.kafka());
        this.deadLetters = deadLetters;
        this.handler = new DueHandler(
                Shops.of(clients.merchants()),
                new ShopKeys(sealer),
                new ShopMessage(settings.encoding(), settings.deadline()),
                http,
                new HostGate(settings.hosts(), clock),
                clock);
    }

    /** Registers what came of attempts. */
    public void measure(MeterRegistry meters) {
        outcomes.bind(
                meters, "intermezzo.notification.attempts", "Attempts to tell a shop, by what came of them", "outcome");
    }

    /** Fetches what the first report would wait for. */
    public void warmUp() {
        results.warmUp(Topics.NOTIFICATION_RESULTS);
    }

    /** Handles one record; blocks its virtual thread while the shop answers. Completes with false if nothing was reported. */
    public CompletionStage<Boolean> handle(ConsumerRecord<String, byte[]> record) {
        return switch (due.read(record.value())) {
            case Reading.Unacceptable<NotificationDue> bad ->
                deadLetters
                        .publish(letters, deadLetters.of(stage, record, bad.code(), bad.reason()))
                        .thenApply(metadata -> false);
            case Reading.Read<NotificationDue> read -> send(read.value(), trace(record));
        };
    }

    private CompletionStage<Boolean> send(NotificationDue message, Map<String, String> trace) {
        Optional<NotificationResult> result = handler.handle(message);
        result.ifPresent(told -> outcomes.count(told.getOutcome()));
        return result.isEmpty()
                ? CompletableFuture.completedFuture(false)
                : report(result.get(), trace, REPORT_TRIES).thenApply(metadata -> true);
    }

    private CompletableFuture<RecordMetadata> report(NotificationResult result, Map<String, String> trace, int tries) {
        CompletableFuture<RecordMetadata> sent =
                results.send(Topics.NOTIFICATION_RESULTS, result.getPaymentId(), result, trace);
        return tries == 1 ? sent : sent.exceptionallyCompose(failure -> report(result, trace, tries - 1));
    }

    private static Map<String, String> trace(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(TRACEPARENT);
        return header == null || header.value() == null
                ? Map.of()
                : Map.of(TRACEPARENT, new String(header.value(), StandardCharsets.UTF_8));
    }
}
