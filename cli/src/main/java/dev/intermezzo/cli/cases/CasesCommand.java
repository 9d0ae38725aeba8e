package dev.intermezzo.cli.cases;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.cli.acts.Rulings;
import dev.intermezzo.cli.audit.Words;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.orchestrator.payment.CaseKind;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.ReviewDecision;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code intermezzo cases}. */
@Command(
        name = "cases",
        mixinStandardHelpOptions = true,
        description = "Look at what waits for people, and decide it: one person asks, another approves.")
public final class CasesCommand implements Runnable {
    private static final int MOST_SHOWN = 10_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: list, decide, resolve or approve.");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Show open cases, oldest first, and what was asked about them and waits for a second person.",
                "Without --payment it reads the orchestrator's whole topic of payments, one record and more for each"
                        + " payment there ever was, and the acts of the last 7 days; with it, one partition of each."
            })
    int list(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Option(names = "--payment", paramLabel = "PAYMENT", description = "Only of this payment: its whole id.")
                    @Nullable
                    String payment,
            @Option(
                            names = "--kind",
                            paramLabel = "K",
                            converter = Kinds.class,
                            description =
                                    "Only of this kind: surplus-payment, orphan-payment, reversal, shop-disagrees or"
                                            + " under-review.")
                    @Nullable
                    CaseKind kind,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many to show, at most 10000 (default: ${DEFAULT-VALUE}).")
                    int limit) {
        if (limit < 1 || limit > MOST_SHOWN) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 to " + MOST_SHOWN + ".");
        }
        try (KafkaConnection connection = kafka.open()) {
            CaseBook book = new CaseBook(connection);
            CaseBook.Found found =
                    payment == null ? book.all(each -> is(each, kind)) : book.of(payment, each -> is(each, kind));
            List<OperatorAct> waiting = new Waiting(new OperatorActs(connection)).about(payment, found.cases());
            CasesPage page = new CasesPage(found, waiting, limit);
            page.lines().forEach(output::line);
            output.result(page.json());
            return ExitCodes.HOLDS;
        }
    }

    private static boolean is(OpenCase each, @Nullable CaseKind kind) {
        return kind == null || each.subject().kind() == kind;
    }

    @Command(
            name = "decide",
            mixinStandardHelpOptions = true,
            description = "Decide a case that keeps its payment under review. Nothing happens until another person"
                    + " approves it.")
    int decide(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "PAYMENT", description = "Whole payment id.") String payment,
            @Option(names = "--case", required = true, paramLabel = "ID", description = "As 'list' shows it.")
                    String caseId,
            @Option(
                            names = "--decision",
                            required = true,
                            paramLabel = "D",
                            converter = Decisions.class,
                            description = "accept: the money counts, or the checkout goes on; refund: the money is here"
                                    + " and goes back; reject: no money came, or the order is not to be paid.")
                    ReviewDecision decision,
            @Option(names = "--note", required = true, paramLabel = "TEXT", description = "Why; no personal data.")
                    String note,
            @Option(names = "--operator", required = true, paramLabel = "NAME", description = "Who asks.")
                    String operator) {
        try (KafkaConnection connection = kafka.open()) {
            return waits(
                    output,
                    new CaseDesk(connection, InstantSource.system())
                            .decide(payment, caseId, decision, note.strip(), operator.strip()));
        }
    }

    @Command(
            name = "resolve",
            mixinStandardHelpOptions = true,
            description = "Close a case by agreement, one that does not keep its payment under review. Nothing happens"
                    + " until another person approves it.")
    int resolve(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "PAYMENT", description = "Whole id of the payment, pay-out or orphan.")
                    String payment,
            @Option(names = "--case", required = true, paramLabel = "ID", description = "As 'list' shows it.")
                    String caseId,
            @Option(
                            names = "--note",
                            required = true,
                            paramLabel = "TEXT",
                            description = "What was agreed; no personal data.")
                    String note,
            @Option(names = "--operator", required = true, paramLabel = "NAME", description = "Who asks.")
                    String operator) {
        try (KafkaConnection connection = kafka.open()) {
            return waits(
                    output,
                    new CaseDesk(connection, InstantSource.system())
                            .resolve(payment, caseId, note.strip(), operator.strip()));
        }
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approve what another person asked. Exit 0 only when it took effect.")
    int approve(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "PAYMENT", description = "Whole payment id.") String payment,
            @Option(
                            names = "--act",
                            required = true,
                            paramLabel = "ID",
                            description = "As 'decide', 'resolve' or 'list' printed it.")
                    String act,
            @Option(names = "--operator", required = true, paramLabel = "NAME", description = "Who approves.")
                    String operator) {
        try (KafkaConnection connection = kafka.open()) {
            OperatorAct approved =
                    new CaseDesk(connection, InstantSource.system()).approve(payment, act, operator.strip());
            Optional<Rulings.Ruling> ruling = new Rulings(connection).await(approved);
            boolean applied = ruling.isPresent() && ruling.get().applied();
            String verdict = ruling.map(
                            each -> each.applied() ? CaseWish.in(approved).accepted() : each.code())
                    .orElse("not-decided-yet");
            String state = Words.word(new CaseBook(connection).state(payment).kind());
            output.line((applied ? "Done" : "The payment says") + ": " + verdict + ". The payment is " + state + ".");
            output.result(Map.of("payment", payment, "act", act, "verdict", verdict, "state", state));
            return applied ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        }
    }

    private static int waits(Output output, OperatorAct act) {
        CaseWish wish = CaseWish.in(act);
        output.line("To " + wish.word() + " " + wish.about() + " waits for a second person:");
        output.line("  intermezzo cases approve " + act.getPaymentId() + " --act " + act.getId() + " --operator NAME");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("payment", act.getPaymentId());
        result.put("act", act.getId());
        result.put("wish", wish.word());
        result.put("about", wish.about());
        result.put("state", "waits-for-second-person");
        output.result(result);
        return ExitCodes.HOLDS;
    }

    /** Kinds by their names as words. */
    static final class Kinds implements ITypeConverter<CaseKind> {
        @Override
        public CaseKind convert(String value) {
            return named(CaseKind.values(), value);
        }
    }

    /** Decisions by their names as words. */
    static final class Decisions implements ITypeConverter<ReviewDecision> {
        @Override
        public ReviewDecision convert(String value) {
            return named(ReviewDecision.values(), value);
        }
    }

    private static <E extends Enum<E>> E named(E[] all, String value) {
        return Arrays.stream(all)
                .filter(each -> Words.word(each).equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "give one of " + Arrays.stream(all).map(Words::word).collect(Collectors.joining(", "))));
    }
}
