package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one record of once-commands: claims it, or passes it by. For the loop's one thread. */
final class OnceIntake {
    private static final Logger LOG = LoggerFactory.getLogger(OnceIntake.class);

    /** Buries what cannot be read. */
    interface Letters {
        CompletionStage<RecordMetadata> bury(ConsumerRecord<String, byte[]> record, String code, String reason);
    }

    private final TopicReader<CashierCommand> commands;
    private final CallPreparer preparer;
    private final OnceExecution execution;
    private final ClaimBook book;
    private final Letters letters;
    private final InstantSource clock;

    OnceIntake(
            WriterSchemas schemas,
            CallPreparer preparer,
            OnceExecution execution,
            ClaimBook book,
            Letters letters,
            InstantSource clock) {
        this.commands = new TopicReader<>(Topics.ONCE_COMMANDS, schemas);
        this.preparer = preparer;
        this.execution = execution;
        this.book = book;
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * @param done runs once for every record that was taken without an exception: at once, or when its execution has ended
     * @throws RuntimeException when Kafka did not take what had to be written; the offset is then not committed, as far as
     *     anybody knows
     */
    void take(ConsumerRecord<String, byte[]> record, ClaimWriter writer, ConsumerGroupMetadata group, Runnable done) {
        switch (commands.read(record.value())) {
            case Reading.Unacceptable<CashierCommand> bad -> {
                letters.bury(record, bad.code(), bad.reason())
                        .toCompletableFuture()
                        .join();
                writer.pass(record, group);
                done.run();
            }
            case Reading.Read<CashierCommand> read -> take(record, read.value(), writer, group, done);
        }
    }

    private void take(
            ConsumerRecord<String, byte[]> record,
            CashierCommand command,
            ClaimWriter writer,
            ConsumerGroupMetadata group,
            Runnable done) {
        // What was claimed is not even prepared: that would open a buyer's details for nothing.
        OnceDecision decision = book.knows(command.getId())
                ? new OnceDecision.AlreadyClaimed()
                : unclaimed(command, preparer.prepare(command));
        switch (decision) {
            case OnceDecision.AlreadyClaimed known -> {
                LOG.atWarn()
                        .addKeyValue("command", command.getId())
                        .addKeyValue("payment", command.getPaymentId())
                        .addKeyValue("merchant", command.getMerchantId())
                        .log("a claimed command came by again and was passed by");
                writer.pass(record, group);
                done.run();
            }
            case OnceDecision.Taken taken -> claim(record, command, taken, writer, group, done);
        }
    }

    private OnceDecision unclaimed(CashierCommand command, Preparation preparation) {
        OnceDecision.Spending spending = preparation instanceof Preparation.Ready ready
                ? book.spendingWith(command, clock.instant(), ready.limits())
                : OnceDecision.Spending.WITHIN;
        return OnceDecision.onCommand(false, preparation, spending);
    }

    private void claim(
            ConsumerRecord<String, byte[]> record,
            CashierCommand command,
            OnceDecision.Taken decision,
            ClaimWriter writer,
            ConsumerGroupMetadata group,
            Runnable done) {
        ExecutionClaim claim = writer.claimOf(command, clock.instant().truncatedTo(ChronoUnit.MICROS));
        book.expect(command.getId());
        RecordMetadata claimed;
        try {
            claimed = writer.claim(record, claim, group);
        } catch (RuntimeException e) {
            book.expectNoMore(command.getId());
            throw e;
        }
        execution.begin(command, decision, claim, claimed, done);
    }
}
