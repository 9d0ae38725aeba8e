package dev.intermezzo.notifier;

import dev.intermezzo.notifier.send.NotificationSender;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.metrics.Intake;
import dev.intermezzo.runtime.pump.CommandPump;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/**
 * Posts due messages to shops and reports each attempt. Stateless: any number of instances share the work, and one that is
 * killed between a POST and its report leaves the same message to be posted once more, which changes nothing at the shop.
 */
public final class SenderService implements Stage {

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS =
            List.of(Topics.NOTIFICATION_DUE, Topics.NOTIFICATION_RESULTS, Topics.MERCHANTS, Topics.DEAD_LETTERS);

    private static final String STAGE = "notifier-send";

    private final SchemaTopic schemas;
    private final MerchantDirectory merchants;
    private final OutboundHttp http;
    private final Producer<String, byte[]> producer;
    private final DeadLetters deadLetters;
    private final Intake intake;
    private final NotificationSender sender;
    private final CommandPump<Boolean> pump;

    /**
     * @param keys needs merchant-secrets, and vault-public for dead letters
     * @param policy where shops may live
     */
    public SenderService(
            SenderSettings settings, KafkaSettings kafka, SealingKeys keys, AddressPolicy policy, InstantSource clock) {
        this.schemas = new SchemaTopic(kafka);
        this.merchants = new MerchantDirectory(kafka, schemas);
        this.http = new OutboundHttp(policy);
        this.producer = KafkaClients.producer(kafka, STAGE);
        this.deadLetters = new DeadLetters(new Vault(keys), clock);
        this.intake = new Intake(kafka.topicPrefix(), List.of(Topics.NOTIFICATION_DUE));
        this.sender = new NotificationSender(
                new NotificationSender.Settings(STAGE, settings.encoding(), settings.deadline(), settings.hosts()),
                new NotificationSender.Clients(kafka, producer, schemas, merchants),
                new SecretSealer(keys),
                deadLetters,
                http,
                clock);
        this.pump = new CommandPump<>(
                KafkaClients.consumer(kafka, STAGE, STAGE),
                kafka.topic(Topics.NOTIFICATION_DUE),
                record -> {
                    intake.take(record, clock);
                    return sender.handle(record);
                },
                settings.pump());
    }

    @Override
    public String name() {
        return "notifier sender";
    }

    @Override
    public void measure(MeterRegistry meters) {
        intake.bind(meters, STAGE);
        deadLetters.measure(meters, STAGE);
        schemas.measure(meters, STAGE);
        merchants.measure(meters, STAGE);
        sender.measure(meters);
        pump.measure(meters, STAGE);
    }

    @Override
    public void start() {
        schemas.start();
        schemas.publish();
        merchants.start();
        sender.warmUp();
        // Before that, every shop would look unknown and its message would lose an attempt.
        pump.startWhen(merchants::ready);
    }

    @Override
    public boolean ready() {
        return merchants.ready() && pump.ready();
    }

    @Override
    public String notReadyBecause() {
        return merchants.ready() ? pump.notReadyBecause() : merchants.notReadyBecause();
    }

    @Override
    public boolean alive() {
        return pump.alive();
    }

    @Override
    public void close() {
        pump.close();
        merchants.close();
        http.close();
        producer.close(Duration.ofSeconds(2));
        schemas.close();
    }
}
