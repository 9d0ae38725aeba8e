package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.acts.Rulings;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.schemas.avro.OperatorAct;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intermezzo refunds}. */
@Command(
        name = "refunds",
        mixinStandardHelpOptions = true,
        description =
                "Give a buyer's money back as a pay-out, or record what the provider gave back: two persons each time.")
public final class RefundsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: request, record, approve or list.");
    }

    @Command(
            name = "request",
            mixinStandardHelpOptions = true,
            description = "Ask for a refund. Nothing moves until another person approves it.")
    int request(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "PAYMENT", description = "Whole payment id.") String payment,
            @Option(names = "--amount", required = true, paramLabel = "A", description = "In the order's currency.")
                    String amount,
            @Option(names = "--operator", required = true, paramLabel = "NAME", description = "Who asks.")
                    String operator) {
        try (KafkaConnection connection = kafka.open()) {
            OperatorAct act =
                    new RefundDesk(connection, InstantSource.system()).request(payment, amount, operator.strip());
            return waits(output, act);
        }
    }

    @Command(
            name = "record",
            mixinStandardHelpOptions = true,
            description =
                    "Put a refund on record that was made at the provider. It counts once another person approves it.")
    int record(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "PAYMENT", description = "Whole payment id.") String payment,
            @Option(names = "--amount", required = true, paramLabel = "A", description = "What went back to the buyer.")
                    String amount,
            @Option(
                            names = "--currency",
                            paramLabel = "CODE",
                            description = "Refused unless it is the order's, which it is when left out.")
                    @Nullable
                    String currency,
            @Option(
                            names = "--reference",
                            required = true,
                            paramLabel = "REF",
                            description = "The provider's name of the refund: the same one is counted once.")
                    String reference,
            @Option(
                            names = "--note",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Where and why, for the payment's story; no personal data.")
                    String note,
            @Option(names = "--operator", required = true, paramLabel = "NAME", description = "Who records it.")
                    String operator) {
        try (KafkaConnection connection = kafka.open()) {
            var made = new RefundRecorder.Statement(amount, currency, reference, note.strip());
            OperatorAct act =
                    new RefundRecorder(connection, InstantSource.system()).record(payment, made, operator.strip());
            return waits(output, act);
        }
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description =
                    "Approve another person's refund: it is paid out, or counted. Exit 0 only when it was accepted.")
    int approve(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "PAYMENT", description = "Whole payment id.") String payment,
            @Parameters(paramLabel = "REFUND", description = "As 'request' or 'record' printed it.") String refund,
            @Option(names = "--operator", required = true, paramLabel = "NAME", description = "Who approves.")
                    String operator) {
        try (KafkaConnection connection = kafka.open()) {
            OperatorAct act =
                    new RefundDesk(connection, InstantSource.system()).approve(payment, refund, operator.strip());
            RefundWish wish = RefundWish.in(act);
            String verdict = new Rulings(connection)
                    .await(act)
                    .map(ruling -> ruling.applied() ? wish.accepted() : ruling.code())
                    .orElse("not-decided-yet");
            boolean accepted = verdict.equals(wish.accepted());
            if (!accepted) {
                output.line("The payment says: " + verdict + ".");
            } else {
                output.line(
                        wish.recorded()
                                ? "The refund is on record and counts against what was approved."
                                : "The pay-out was ordered; 'intermezzo refunds list' shows what becomes of it.");
            }
            output.result(Map.of("payment", payment, "refund", refund, "verdict", verdict));
            return accepted ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Show a payment's refunds, and requests that wait for a second person.")
    int list(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "PAYMENT", description = "Whole payment id.") String payment) {
        try (KafkaConnection connection = kafka.open()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            PaymentNow.read(connection, payment).refunds().forEach(refund -> rows.add(row(refund)));
            new RefundRequests(connection).waiting(payment).forEach(act -> rows.add(row(act)));
            rows.forEach(row -> output.line("  %s  %s %s  %s%s"
                    .formatted(
                            row.get("refund"),
                            row.get("amount"),
                            row.get("currency"),
                            row.get("status"),
                            "".equals(row.get("note")) ? "" : "  " + row.get("note"))));
            output.line(rows.isEmpty() ? "No refunds." : rows.size() + " in all.");
            output.result(Map.of("payment", payment, "refunds", rows));
            return ExitCodes.HOLDS;
        }
    }

    private static int waits(Output output, OperatorAct act) {
        String payment = act.getPaymentId();
        String refund = RefundWish.in(act).id();
        output.line("Refund " + refund + " waits for a second person:");
        output.line("  intermezzo refunds approve " + payment + " " + refund + " --operator NAME");
        output.result(Map.of("payment", payment, "refund", refund, "state", "waits-for-second-person"));
        return ExitCodes.HOLDS;
    }

    private static Map<String, Object> row(Refund refund) {
        return row(
                refund.id(),
                refund.amount().getAmount().toPlainString(),
                refund.amount().getCurrencyUnit().getCode(),
                refund.status().name().toLowerCase(Locale.ROOT),
                refund.provider().isEmpty() ? "made at the provider" : refund.lastCode());
    }

    private static Map<String, Object> row(OperatorAct act) {
        RefundWish wish = RefundWish.in(act);
        return row(
                wish.id(),
                wish.amount().getAmount().stripTrailingZeros().toPlainString(),
                wish.amount().getCurrency(),
                "waits-for-second-person",
                (wish.recorded() ? "recorded by " : "asked for by ") + act.getOperator());
    }

    private static Map<String, Object> row(String refund, String amount, String currency, String status, String note) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("refund", refund);
        row.put("amount", amount);
        row.put("currency", currency);
        row.put("status", status);
        row.put("note", note);
        return row;
    }
}
