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
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.DeadLetter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Producer;

/**
 * Executes {@code once-commands}, at most once: claim, then act (payments, "Calling the Cashier"). A command is claimed in
 * one transaction with its offset; only the claim that is first in the log of {@code once-claims} may call, within five
 * seconds, on a connection of its own. A claim whose outcome nobody reported is reported as unknown and never called again.
 *
 * <p>It keeps that promise when offsets are reset, the group is renamed, the topic is restored from a copy, two executors
 * work on one partition, or the process is killed anywhere. What it needs is {@code once-claims}: without that memory it
 * must not be started on old commands.
 */
public final class OnceExecutorService implements Stage {
    /** Topics that must exist before it starts; its group's first offsets as well. */
    public static final List<Topic<?>> TOPICS = List.of(
            Topics.ONCE_COMMANDS,
            Topics.ONCE_CLAIMS,
            Topics.PAYMENT_INTERNAL,
            Topics.CASHIER_RESULTS,
            Topics.MERCHANTS,
            Topics.DEAD_LETTERS);

    private static final String STAGE = "once";

    private final Producer<String, byte[]> producer;
    private final TypedProducer<CashierResult> results;
    private final DeadLetters deadLetters;
    private final CommandExecution calls;
    private final SchemaTopic schemas;
    private final MerchantDirectory directory;
    private final ClaimBook book;
    private final OutboundHttp http;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final OnceLoop loop;

    /**
     * @param keys at least {@link CashierExecutorService#KEYSETS}
     * @param policy where calls may go
     */
    public OnceExecutorService(
            CashierSettings settings,
            KafkaSettings kafka,
            SealingKeys keys,
            AddressPolicy policy,
            InstantSource clock) {
        this(settings, kafka, keys, policy, OnceLoop.Bounds.USUAL, clock);
    }

    OnceExecutorService(
            CashierSettings settings,
            KafkaSettings kafka,
            SealingKeys keys,
            AddressPolicy policy,
            OnceLoop.Bounds bounds,
            InstantSource clock) {
        this.producer = KafkaClients.producer(kafka, STAGE);
        this.results = new TypedProducer<>(producer, kafka);
        this.deadLetters = new DeadLetters(new Vault(keys), clock);
        this.schemas = new SchemaTopic(kafka);
        this.directory = new MerchantDirectory(kafka, schemas);
        this.book = new ClaimBook(kafka, schemas);
        HttpSettings usual = HttpSettings.defaults();
        this.http = new OutboundHttp(
                policy,
                new HttpSettings(usual.connect(), usual.lookup(), OnceLoop.MAX_IN_FLIGHT, OnceLoop.MAX_IN_FLIGHT));
        BuyerOpener buyers = new BuyerOpener(keys);
        CallPreparer preparer = CallPreparer.of(directory, keys, buyers, settings, clock);
        AnswerReader answers = new AnswerReader(new RedirectSealer(keys), settings.loopbackPages());
        this.calls = new CommandExecution(preparer, http, answers, buyers, clock);
        OnceExecution execution = new OnceExecution(calls, book, results, clock, ended);
        this.loop = new OnceLoop(
                kafka,
                new OnceIntake(schemas, preparer, execution, book, letters(kafka), clock),
                execution,
                book,
                settings.callDeadline(),
                bounds,
                clock);
    }

    private OnceIntake.Letters letters(KafkaSettings kafka) {
        TypedProducer<DeadLetter> typed = new TypedProducer<>(producer, kafka);
        return (record, code, reason) -> deadLetters.publish(typed, deadLetters.of(STAGE, record, code, reason));
    }

    @Override
    public String name() {
        return "once executor";
    }

    @Override
    public void measure(MeterRegistry meters) {
        deadLetters.measure(meters, STAGE);
        schemas.measure(meters, STAGE);
        directory.measure(meters, STAGE);
        book.measure(meters, STAGE);
        calls.measure(meters, STAGE);
    }

    @Override
    public void start() {
        schemas.start();
        schemas.publish();
        directory.start();
        book.start();
        results.warmUp(Topics.CASHIER_RESULTS);
        // Before that every merchant would look disabled, and every command unclaimed.
        loop.startWhen(() -> directory.ready() && book.ready());
    }

    @Override
    public boolean ready() {
        return notReadyBecause().isEmpty();
    }

    @Override
    public String notReadyBecause() {
        if (!directory.ready()) {
            return directory.notReadyBecause();
        }
        return book.ready() ? loop.notReadyBecause() : "The topic once-claims has not been read to its end.";
    }

    @Override
    public boolean alive() {
        return loop.alive();
    }

    /** Waits for calls under way, for one call's deadline and a little: an abandoned one would end as unknown. */
    @Override
    public void close() {
        loop.close();
        ended.countDown();
        http.close();
        book.close();
        directory.close();
        schemas.close();
        producer.close();
    }
}
