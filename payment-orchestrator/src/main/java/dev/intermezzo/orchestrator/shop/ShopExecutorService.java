package dev.intermezzo.orchestrator.shop;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpSettings;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.metrics.Intake;
import dev.intermezzo.runtime.pump.CommandPump;
import dev.intermezzo.runtime.pump.Work;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ShopResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Executes {@code shop-commands}, at least once: a command is done when its result is durable on {@code shop-results}. It
 * only asks, so every command may be repeated. A shop that hangs, or has more questions than it may be asked, has only its
 * share of the calls.
 */
public final class ShopExecutorService implements Stage {
    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS =
            List.of(Topics.SHOP_COMMANDS, Topics.SHOP_RESULTS, Topics.MERCHANTS, Topics.DEAD_LETTERS);

    /** The keysets this role holds. */
    public static final Set<Keyset> KEYSETS = Set.of(Keyset.MERCHANT_SECRETS, Keyset.VAULT_PUBLIC);

    private static final String STAGE = "shop";
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final TypedProducer<ShopResult> results;
    private final TypedProducer<DeadLetter> letters;
    private final DeadLetters deadLetters;
    private final TopicReader<ShopCommand> commands;
    private final Intake intake;
    private final InstantSource clock;
    private final SchemaTopic schemas;
    private final MerchantDirectory directory;
    private final OutboundHttp http;
    private final ShopPace pace;
    private final ShopExecution execution;
    private final CommandPump<RecordMetadata> pump;

    /**
     * @param keys at least {@link #KEYSETS}
     * @param policy where questions may go
     */
    public ShopExecutorService(
            ShopSettings settings, KafkaSettings kafka, SealingKeys keys, AddressPolicy policy, InstantSource clock) {
        SealingKeys held = keys.only(KEYSETS);
        this.producer = KafkaClients.producer(kafka, STAGE);
        this.results = new TypedProducer<>(producer, kafka);
        this.letters = new TypedProducer<>(producer, kafka);
        this.deadLetters = new DeadLetters(new Vault(held), clock);
        this.schemas = new SchemaTopic(kafka);
        this.commands = new TopicReader<>(Topics.SHOP_COMMANDS, schemas);
        this.intake = new Intake(kafka.topicPrefix(), List.of(Topics.SHOP_COMMANDS));
        this.clock = clock;
        this.directory = new MerchantDirectory(kafka, schemas);
        // All questions go to one host; the pump's bound is the one that counts.
        HttpSettings bounds = HttpSettings.defaults();
        int calls = settings.pump().maxInFlight();
        this.http = new OutboundHttp(policy, new HttpSettings(bounds.connect(), bounds.lookup(), calls, calls));
        this.pace = new ShopPace(clock);
        StoreKeys shops = new StoreKeys(directory::integration, new SecretSealer(held), clock);
        this.execution = new ShopExecution(settings, shops, http, pace, clock);
        this.pump = CommandPump.sharing(
                KafkaClients.consumer(kafka, STAGE, STAGE),
                kafka.topic(Topics.SHOP_COMMANDS),
                this::read,
                settings.pump());
    }

    @Override
    public String name() {
        return "shop executor";
    }

    @Override
    public void measure(MeterRegistry meters) {
        intake.bind(meters, STAGE);
        deadLetters.measure(meters, STAGE);
        schemas.measure(meters, STAGE);
        directory.measure(meters, STAGE);
        execution.measure(meters);
        pump.measure(meters, STAGE);
    }

    @Override
    public void start() {
        schemas.start();
        schemas.publish();
        directory.start();
        results.warmUp(Topics.SHOP_RESULTS);
        // Before that, no shop would have a key.
        pump.startWhen(directory::ready);
    }

    @Override
    public boolean ready() {
        return directory.ready() && pump.ready();
    }

    @Override
    public String notReadyBecause() {
        return directory.ready() ? pump.notReadyBecause() : directory.notReadyBecause();
    }

    @Override
    public boolean alive() {
        return pump.alive();
    }

    @Override
    public void close() {
        pace.close();
        pump.close();
        http.close();
        directory.close();
        schemas.close();
        producer.close(LAST_SENDS);
    }

    private Work<RecordMetadata> read(ConsumerRecord<String, byte[]> record) {
        intake.take(record, clock);
        return switch (commands.read(record.value())) {
            case Reading.Unacceptable<ShopCommand> bad ->
                Work.of(() -> deadLetters.publish(letters, deadLetters.of(STAGE, record, bad.code(), bad.reason())));
            case Reading.Read<ShopCommand> read -> new Work<>(share(read.value()), () -> execute(read.value()));
        };
    }

    private static String share(ShopCommand command) {
        return Ids.integrationOf(command.getPaymentId()).orElse(command.getMerchantId());
    }

    private CompletionStage<RecordMetadata> execute(ShopCommand command) {
        ShopResult result = execution.execute(command);
        return results.send(Topics.SHOP_RESULTS, result.getPaymentId(), result);
    }
}
