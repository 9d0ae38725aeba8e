package dev.intermezzo.orchestrator.shop;

import dev.intermezzo.partners.mozello.StoreApi;
import dev.intermezzo.partners.mozello.StoreOrderReading;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.metrics.Tally;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.CompareOrder;
import dev.intermezzo.schemas.avro.OrderDiffers;
import dev.intermezzo.schemas.avro.OrderMatches;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.ShopUnreachable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command, one question, one fact. It holds no policy: a shop that cannot be asked is reported as that, and the state
 * machine asks again, holds the payment, or lets it go on, as its merchant wants.
 */
final class ShopExecution {
    /** The command came too late to be of use. */
    static final String EXPIRED = "expired";

    /** The shop's next turn would come after the command's end. */
    static final String TOO_MANY_QUESTIONS = "too-many-questions";

    private static final Logger LOG = LoggerFactory.getLogger(ShopExecution.class);

    private final ShopSettings settings;
    private final StoreKeys keys;
    private final OutboundHttp http;
    private final ShopPace pace;
    private final InstantSource clock;
    private final Tally<Outcome> outcomes = new Tally<>(Outcome.class);

    /** What came of a question, for metrics; named as the facts are. */
    private enum Outcome {
        ORDER_MATCHES,
        ORDER_DIFFERS,
        SHOP_UNREACHABLE;

        static Outcome of(SpecificRecordBase fact) {
            return switch (fact) {
                case OrderMatches matches -> ORDER_MATCHES;
                case OrderDiffers differs -> ORDER_DIFFERS;
                case ShopUnreachable unreachable -> SHOP_UNREACHABLE;
                default -> throw new IllegalArgumentException("no fact about a shop: " + fact.getSchema());
            };
        }
    }

    ShopExecution(ShopSettings settings, StoreKeys keys, OutboundHttp http, ShopPace pace, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        this.http = http;
        this.pace = pace;
        this.clock = clock;
    }

    /** Registers what came of questions. */
    void measure(MeterRegistry meters) {
        outcomes.bind(
                meters,
                "intermezzo.shop.questions",
                "Questions to shops about their orders, by what came of them",
                "outcome");
    }

    /**
     * Asks when it is the shop's turn; blocks for as long as that and the call take.
     *
     * @throws IllegalStateException when the executor closes meanwhile
     */
    ShopResult execute(ShopCommand command) {
        if (clock.instant().isAfter(command.getNotAfter())) {
            return result(command, new ShopUnreachable(EXPIRED));
        }
        return switch (keys.of(command)) {
            case StoreKeys.Finding.None none -> result(command, new ShopUnreachable(none.code()));
            case StoreKeys.Finding.Key key -> ask(command, key);
        };
    }

    private ShopResult ask(ShopCommand command, StoreKeys.Finding.Key key) {
        Optional<Duration> turn = pace.take(key.integration(), command.getNotAfter());
        if (turn.isEmpty()) {
            return result(command, new ShopUnreachable(TOO_MANY_QUESTIONS));
        }
        if (!pace.await(turn.get())) {
            throw new IllegalStateException("the shop executor closes");
        }
        CompareOrder question = (CompareOrder) command.getBody();
        HttpCall call = HttpCall.get(StoreApi.order(settings.api(), question.getInvoiceId()))
                .withHeader("Authorization", StoreApi.authorization(key.secret().reveal()))
                .withHeader("Accept", "application/json")
                .withDeadline(settings.callDeadline())
                .withMaxAnswerBytes(StoreApi.MAX_BODY_BYTES);
        SpecificRecordBase fact = switch (http.send(call)) {
            case HttpResult.Answered answered -> read(question, key.integration(), answered);
            case HttpResult.NotSent notSent -> new ShopUnreachable(notSent.code());
            case HttpResult.AnswerLost lost -> new ShopUnreachable(lost.code());
        };
        return result(command, fact);
    }

    private SpecificRecordBase read(CompareOrder question, String integration, HttpResult.Answered answered) {
        if (StoreApi.asksForPatience(answered.status())) {
            pace.leaveAlone(
                    integration,
                    StoreApi.retryAfter(Optional.ofNullable(answered.headers().get("retry-after"))));
        }
        if (answered.truncated()) {
            return new ShopUnreachable("answer-too-long");
        }
        return switch (StoreApi.read(answered.status(), answered.body())) {
            case StoreOrderReading.Unavailable none -> new ShopUnreachable(none.code());
            case StoreOrderReading.NoSuchOrder no -> new OrderDiffers(List.of("order=" + no.code()));
            case StoreOrderReading.Known known -> {
                List<String> differences =
                        known.order().differencesFrom(question.getInvoiceId(), WireMoney.read(question.getAmount()));
                yield differences.isEmpty() ? new OrderMatches() : new OrderDiffers(differences);
            }
        };
    }

    private ShopResult result(ShopCommand command, SpecificRecordBase fact) {
        outcomes.count(Outcome.of(fact));
        LOG.atInfo()
                .addKeyValue("payment", command.getPaymentId())
                .addKeyValue("merchant", command.getMerchantId())
                .addKeyValue("command", command.getId())
                .addKeyValue("fact", fact.getSchema().getName())
                .log("shop command executed");
        return ShopResult.newBuilder()
                .setId(Ids.result(command.getId()))
                .setPaymentId(command.getPaymentId())
                .setMerchantId(command.getMerchantId())
                .setEnvironment(command.getEnvironment())
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setCommandId(command.getId())
                .setBody(fact)
                .build();
    }
}
