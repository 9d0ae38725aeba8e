package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.ProviderOperation.Kind;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.metrics.Tally;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.NotSent;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.SealedData;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command, one call, one fact. Blocks for as long as the call takes. */
final class CommandExecution {
    private static final Logger LOG = LoggerFactory.getLogger(CommandExecution.class);
    private static final String RAW_ANSWER = "provider-answer";

    private final CallPreparer preparer;
    private final CashierClient client;
    private final AnswerReader answers;
    private final BuyerOpener buyers;
    private final InstantSource clock;
    private final Tally<Outcome> outcomes = new Tally<>(Outcome.class);

    /** What came of a command, for metrics; named as the facts are. */
    private enum Outcome {
        PAGE_OPENED,
        ANSWERED_AT_ONCE,
        REJECTED,
        ANSWER_LOST,
        NOT_SENT,
        NOT_EXECUTED;

        static Outcome of(SpecificRecordBase fact) {
            return switch (fact) {
                case PageOpened opened -> PAGE_OPENED;
                case AnsweredAtOnce once -> ANSWERED_AT_ONCE;
                case Rejected rejected -> REJECTED;
                case AnswerLost lost -> ANSWER_LOST;
                case NotSent none -> NOT_SENT;
                case NotExecuted not -> NOT_EXECUTED;
                default -> throw new IllegalArgumentException("no fact about a command: " + fact.getSchema());
            };
        }
    }

    CommandExecution(
            CallPreparer preparer, OutboundHttp http, AnswerReader answers, BuyerOpener buyers, InstantSource clock) {
        this.preparer = preparer;
        this.client = new CashierClient(http);
        this.answers = answers;
        this.buyers = buyers;
        this.clock = clock;
    }

    /** Registers what came of commands. */
    void measure(MeterRegistry meters, String executor) {
        outcomes.bind(
                meters,
                "intermezzo.cashier.commands",
                "Commands to the Cashier, by what came of them",
                "outcome",
                "executor",
                executor);
    }

    /** For a command that may be repeated. What moves money is refused here, whoever asks: this way repeats calls. */
    CashierResult execute(CashierCommand command) {
        return switch (preparer.prepare(command)) {
            case Preparation.Impossible impossible -> notExecuted(command, impossible.code());
            case Preparation.Ready ready ->
                ready.operation().kind() == Kind.MOVES_MONEY
                        ? notExecuted(command, "operation-moves-money")
                        : call(command, ready);
        };
    }

    CashierResult notExecuted(CashierCommand command, String code) {
        return result(command, new NotExecuted(code), 0, Duration.ZERO, null);
    }

    /** Nobody knows whether the call was made. A claim is all that is left of a command whose executor died. */
    CashierResult lost(ExecutionClaim claim, String code) {
        outcomes.count(Outcome.ANSWER_LOST);
        return CashierResult.newBuilder()
                .setId(Ids.result(claim.getCommandId()))
                .setPaymentId(claim.getPaymentId())
                .setMerchantId(claim.getMerchantId())
                .setEnvironment(claim.getEnvironment())
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setCommandId(claim.getCommandId())
                .setAttempt(claim.getAttempt())
                .setProvider(claim.getProvider())
                .setAccount(claim.getAccount())
                .setHttpStatus(0)
                .setDurationMillis(0)
                .setRawAnswer(null)
                .setBody(new AnswerLost(code, List.of()))
                .build();
    }

    /** Makes the call, once. */
    CashierResult call(CashierCommand command, Preparation.Ready ready) {
        Instant begun = clock.instant();
        HttpResult ended = client.send(ready.call());
        Duration took = Duration.between(begun, clock.instant());
        SpecificRecordBase fact = answers.read(command, ready, ended);
        int status = ended instanceof HttpResult.Answered answered ? answered.status() : 0;
        return result(command, fact, status, took, raw(command, ended));
    }

    private CashierResult result(
            CashierCommand command, SpecificRecordBase fact, int status, Duration took, @Nullable SealedData raw) {
        outcomes.count(Outcome.of(fact));
        LOG.atInfo()
                .addKeyValue("payment", command.getPaymentId())
                .addKeyValue("merchant", command.getMerchantId())
                .addKeyValue("command", command.getId())
                .addKeyValue("fact", fact.getSchema().getName())
                .addKeyValue("status", status)
                .addKeyValue("ms", took.toMillis())
                .log("cashier command executed");
        return CashierResult.newBuilder()
                .setId(Ids.result(command.getId()))
                .setPaymentId(command.getPaymentId())
                .setMerchantId(command.getMerchantId())
                .setEnvironment(command.getEnvironment())
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setCommandId(command.getId())
                .setAttempt(command.getAttempt())
                .setProvider(command.getProvider())
                .setAccount(command.getAccount())
                .setHttpStatus(status)
                .setDurationMillis(Math.toIntExact(Math.min(took.toMillis(), Integer.MAX_VALUE)))
                .setRawAnswer(raw)
                .setBody(fact)
                .build();
    }

    /** The answer as it came, for an operator with the key; left out when the payment has no key to seal it with. */
    private @Nullable SealedData raw(CashierCommand command, HttpResult ended) {
        return ended instanceof HttpResult.Answered answered
                        && !command.getBuyerKeys().isEmpty()
                ? buyers.sealMore(
                        command.getPaymentId(),
                        RAW_ANSWER,
                        answered.body(),
                        command.getBuyerKeys().getLast())
                : null;
    }
}
