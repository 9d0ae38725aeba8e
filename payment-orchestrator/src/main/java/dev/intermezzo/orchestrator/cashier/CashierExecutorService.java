package dev.intermezzo.orchestrator.cashier;

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
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.DeadLetter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Executes {@code cashier-commands}, at least once: a command is done when its result is durable on
 * {@code cashier-results}. Every such command may be repeated; those that move money travel elsewhere. A provider that
 * hangs has only its share of the calls, for each account.
 */
public final class CashierExecutorService implements Stage {
    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS =
            List.of(Topics.CASHIER_COMMANDS, Topics.CASHIER_RESULTS, Topics.MERCHANTS, Topics.DEAD_LETTERS);

    /** The keysets this role holds: it alone opens what buyers said. */
    public static final Set<Keyset> KEYSETS = EnumSet.of(
            Keyset.MERCHANT_SECRETS,
            Keyset.REDIRECTS,
            Keyset.REFERENCES,
            Keyset.SESSIONS,
            Keyset.USER_IDS,
            Keyset.EXECUTOR_PRIVATE,
            Keyset.VAULT_PUBLIC);

    private static final String STAGE = "cashier";

    private final Producer<String, byte[]> producer;
    private final TypedProducer<CashierResult> results;
    private final TypedProducer<DeadLetter> letters;
    private final DeadLetters deadLetters;
    private final TopicReader<CashierCommand> commands;
    private final Intake intake;
    private final InstantSource clock;
    private final SchemaTopic schemas;
    private final MerchantDirectory directory;
    private final OutboundHttp http;
    private final CommandExecution execution;
    private final CommandPump<RecordMetadata> pump;

    /**
     * @param keys at least {@link #KEYSETS}
     * @param policy where calls may go
     */
    public CashierExecutorService(
            CashierSettings settings,
            KafkaSettings kafka,
            SealingKeys keys,
            AddressPolicy policy,
            InstantSource clock) {
        this.producer = KafkaClients.producer(kafka, STAGE);
        this.results = new TypedProducer<>(producer, kafka);
        this.letters = new TypedProducer<>(producer, kafka);
        this.deadLetters = new DeadLetters(new Vault(keys), clock);
        this.schemas = new SchemaTopic(kafka);
        this.commands = new TopicReader<>(Topics.CASHIER_COMMANDS, schemas);
        this.intake = new Intake(kafka.topicPrefix(), List.of(Topics.CASHIER_COMMANDS));
        this.clock = clock;
        this.directory = new MerchantDirectory(kafka, schemas);
        // All calls go to one host; the pump's bound is the one that counts.
        HttpSettings bounds = HttpSettings.defaults();
        int calls = settings.pump().maxInFlight();
        this.http = new OutboundHttp(policy, new HttpSettings(bounds.connect(), bounds.lookup(), calls, calls));
        BuyerOpener buyers = new BuyerOpener(keys);
        CallPreparer preparer = CallPreparer.of(directory, keys, buyers, settings, clock);
        AnswerReader answers = new AnswerReader(new RedirectSealer(keys), settings.loopbackPages());
        this.execution = new CommandExecution(preparer, http, answers, buyers, clock);
        this.pump = CommandPump.sharing(
                KafkaClients.consumer(kafka, STAGE, STAGE),
                kafka.topic(Topics.CASHIER_COMMANDS),
                this::read,
                settings.pump());
    }

    @Override
    public String name() {
        return "cashier executor";
    }

    @Override
    public void measure(MeterRegistry meters) {
        intake.bind(meters, STAGE);
        deadLetters.measure(meters, STAGE);
        schemas.measure(meters, STAGE);
        directory.measure(meters, STAGE);
        execution.measure(meters, STAGE);
        pump.measure(meters, STAGE);
    }

    @Override
    public void start() {
        schemas.start();
        schemas.publish();
        directory.start();
        results.warmUp(Topics.CASHIER_RESULTS);
        // Before that, every merchant would look disabled and its payments would fail.
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
        pump.close();
        http.close();
        directory.close();
        schemas.close();
        producer.close();
    }

    private Work<RecordMetadata> read(ConsumerRecord<String, byte[]> record) {
        intake.take(record, clock);
        return switch (commands.read(record.value())) {
            case Reading.Unacceptable<CashierCommand> bad ->
                Work.of(() -> deadLetters.publish(letters, deadLetters.of(STAGE, record, bad.code(), bad.reason())));
            case Reading.Read<CashierCommand> read -> new Work<>(share(read.value()), () -> execute(read.value()));
        };
    }

    /** All accounts' calls go to one host; it is the provider behind it that hangs, for one account or for all. */
    private static String share(CashierCommand command) {
        return command.getProvider() + " of " + command.getAccount();
    }

    private CompletionStage<RecordMetadata> execute(CashierCommand command) {
        CashierResult result = execution.execute(command);
        return results.send(Topics.CASHIER_RESULTS, result.getPaymentId(), result);
    }
}
