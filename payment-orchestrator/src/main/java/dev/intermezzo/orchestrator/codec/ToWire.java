package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.Bytes;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Environment;
import dev.intermezzo.orchestrator.payment.HoldReason;
import dev.intermezzo.orchestrator.payment.PaymentPlan;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.SealedData;
import dev.intermezzo.orchestrator.payment.SealedUrl;
import dev.intermezzo.orchestrator.payment.Setting;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.OperationKind;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Values that several records share, on their way to the wire. Enums keep their names. */
final class ToWire {

    private ToWire() {}

    static dev.intermezzo.schemas.avro.Environment environment(Environment value) {
        return dev.intermezzo.schemas.avro.Environment.valueOf(value.name());
    }

    static dev.intermezzo.schemas.avro.Money money(Money value) {
        return WireMoney.of(value);
    }

    static dev.intermezzo.schemas.avro.@Nullable Money moneyOrNull(@Nullable Money value) {
        return value == null ? null : money(value);
    }

    static Instant time(Instant value) {
        return value.truncatedTo(ChronoUnit.MICROS);
    }

    static ByteBuffer bytes(Bytes value) {
        return ByteBuffer.wrap(value.toArray());
    }

    static dev.intermezzo.schemas.avro.SealedData sealed(SealedData value) {
        return new dev.intermezzo.schemas.avro.SealedData(value.keyId(), value.purpose(), bytes(value.ciphertext()));
    }

    static dev.intermezzo.schemas.avro.@Nullable SealedData sealedOrNull(@Nullable SealedData value) {
        return value == null ? null : sealed(value);
    }

    static @Nullable DestinationRef destinationOrNull(@Nullable Destination value) {
        return value == null ? null : new DestinationRef(value.name(), value.revision());
    }

    static dev.intermezzo.schemas.avro.SealedUrl url(SealedUrl value) {
        return new dev.intermezzo.schemas.avro.SealedUrl(bytes(value.ciphertext()));
    }

    static dev.intermezzo.schemas.avro.Setting setting(Setting value) {
        return new dev.intermezzo.schemas.avro.Setting(value.name(), value.value());
    }

    static dev.intermezzo.schemas.avro.HoldReason hold(HoldReason value) {
        return new dev.intermezzo.schemas.avro.HoldReason(value.code(), value.detail());
    }

    static dev.intermezzo.schemas.avro.PlannedRoute route(PlannedRoute value) {
        return new dev.intermezzo.schemas.avro.PlannedRoute(
                value.provider(),
                value.account(),
                OperationKind.valueOf(value.kind().name()),
                value.eligible(),
                value.ineligibleReasons(),
                value.missingFields(),
                each(value.settings(), ToWire::setting),
                seconds(value.sessionLifetime()),
                seconds(value.lateWindow()),
                value.singleUsePage(),
                value.webhookCurrencyMayBeAbsent(),
                value.userIdPerAttempt());
    }

    static dev.intermezzo.schemas.avro.PaymentPlan plan(PaymentPlan value) {
        return new dev.intermezzo.schemas.avro.PaymentPlan(
                value.settingsRevision(),
                value.catalogueVersion(),
                each(value.routes(), ToWire::route),
                seconds(value.orderTime()),
                NoWordPolicy.valueOf(value.noWord().name()),
                value.testShop(),
                value.buyerChooses());
    }

    static dev.intermezzo.schemas.avro.WebhookFacts webhook(WebhookFacts value) {
        BigDecimal amount = value.amount();
        return new dev.intermezzo.schemas.avro.WebhookFacts(
                value.account(),
                value.transactionId(),
                value.pspTransactionId(),
                value.userId(),
                value.rawStatus(),
                TransactionStatus.valueOf(value.status().name()),
                amount == null ? null : WireMoney.amount(amount),
                value.currency(),
                value.merchantReference(),
                value.method(),
                WebhookShape.valueOf(value.shape().name()),
                bytes(value.bodyDigest()));
    }

    static <A, B> List<B> each(List<A> values, Function<A, B> map) {
        return values.stream().map(map).toList();
    }

    private static int seconds(Duration value) {
        return Math.toIntExact(value.toSeconds());
    }
}
