package dev.intermezzo.cli.audit;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.orchestrator.ledger.AuditReport;
import dev.intermezzo.orchestrator.ledger.LedgerAudit;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intermezzo audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Tell one payment's story from the ledger, or prove that the ledger is what was written.")
public final class AuditCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: show or verify.");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Tell one payment's story, an entry a line. Exit 0 only when it is intact and this build "
                    + "decides it the same way.")
    int show(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(
                            paramLabel = "ID",
                            description = "Payment id, order uuid, or the beginning of either if only one fits.")
                    String id) {
        try (KafkaConnection connection = kafka.open()) {
            connection.requireTopic(connection.settings().topic(Topics.PAYMENT_LEDGER));
            WriterSchemas schemas = connection.schemas();
            PaymentSearch.Found found = PaymentSearch.find(connection.settings(), id);
            Story story = new Storyteller(found.payment(), schemas).tell(found.records());
            StoryPage page = new StoryPage(story);
            page.print(output);
            output.result(page.fields());
            return story.whole() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Check every entry of the ledger: is it intact, and do the decisions follow from the events? "
                    + "Exit 0 only when both hold.")
    int verify(@Mixin Output output, @Mixin KafkaOptions kafka) {
        try (KafkaConnection connection = kafka.open()) {
            connection.requireTopic(connection.settings().topic(Topics.PAYMENT_LEDGER));
            LedgerAudit audit = new LedgerAudit(connection.schemas());
            new TopicScan(connection.settings(), Topics.PAYMENT_LEDGER).all(record -> accept(audit, record));
            AuditReport report = audit.finish();
            AuditReportPage page = new AuditReportPage(report);
            page.print(output);
            output.result(page.fields());
            return page.holds() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        }
    }

    private static void accept(LedgerAudit audit, ConsumerRecord<String, byte[]> record) {
        String key = record.key() == null ? "" : record.key();
        LedgerPosition position = new LedgerPosition(key, record.partition(), record.offset());
        try {
            audit.accept(position, record.value());
        } catch (UnknownSchemaException e) {
            // All schemas ever written with have been read, so these bytes name one that never was: no entry.
            audit.accept(position, new byte[0]);
        }
    }
}
