package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.Bytes;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Environment;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.HoldReason;
import dev.intermezzo.orchestrator.payment.NoWordPolicy;
import dev.intermezzo.orchestrator.payment.OperationKind;
import dev.intermezzo.orchestrator.payment.PaymentPlan;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.SealedData;
import dev.intermezzo.orchestrator.payment.SealedUrl;
import dev.intermezzo.orchestrator.payment.Setting;
import dev.intermezzo.orchestrator.payment.ShopOrderStatus;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import dev.intermezzo.orchestrator.payment.WebhookShape;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.DestinationRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Values that several records share, on their way from the wire. What makes no sense is an IllegalArgumentException. */
final class FromWire {

    private FromWire() {}

    static Environment environment(dev.intermezzo.schemas.avro.Environment value) {
        return Environment.valueOf(value.name());
    }

    static Money money(dev.intermezzo.schemas.avro.Money value) {
        return WireMoney.read(value);
    }

    static @Nullable Money moneyOrNull(dev.intermezzo.schemas.avro.@Nullable Money value) {
        return value == null ? null : money(value);
    }

    static Bytes bytes(ByteBuffer value) {
        byte[] content = new byte[value.remaining()];
        value.duplicate().get(content);
        return Bytes.of(content);
    }

    static SealedData sealed(dev.intermezzo.schemas.avro.SealedData value) {
        return new SealedData(value.getKeyId(), value.getPurpose(), bytes(value.getCiphertext()));
    }

    static @Nullable SealedData sealedOrNull(dev.intermezzo.schemas.avro.@Nullable SealedData value) {
        return value == null ? null : sealed(value);
    }

    static @Nullable Destination destinationOrNull(@Nullable DestinationRef value) {
        return value == null ? null : new Destination(value.getName(), value.getRevision());
    }

    static SealedUrl url(dev.intermezzo.schemas.avro.SealedUrl value) {
        return new SealedUrl(bytes(value.getCiphertext()));
    }

    static Setting setting(dev.intermezzo.schemas.avro.Setting value) {
        return new Setting(value.getName(), value.getValue());
    }

    static HoldReason hold(dev.intermezzo.schemas.avro.HoldReason value) {
        return new HoldReason(value.getCode(), value.getDetail());
    }

    static PlannedRoute route(dev.intermezzo.schemas.avro.PlannedRoute value) {
        return new PlannedRoute(
                value.getProvider(),
                value.getAccount(),
                OperationKind.valueOf(value.getKind().name()),
                value.getEligible(),
                value.getIneligibleReasons(),
                value.getMissingFields(),
                each(value.getSettings(), FromWire::setting),
                Duration.ofSeconds(value.getSessionLifetimeSeconds()),
                Duration.ofSeconds(value.getLateWindowSeconds()),
                value.getSingleUsePage(),
                value.getWebhookCurrencyMayBeAbsent(),
                value.getUserIdPerAttempt());
    }

    static PaymentPlan plan(dev.intermezzo.schemas.avro.PaymentPlan value) {
        return new PaymentPlan(
                value.getSettingsRevision(),
                value.getCatalogueVersion(),
                each(value.getRoutes(), FromWire::route),
                Duration.ofSeconds(value.getOrderTimeSeconds()),
                NoWordPolicy.valueOf(value.getNoWord().name()),
                value.getTestShop(),
                value.getBuyerChooses());
    }

    static WebhookFacts webhook(dev.intermezzo.schemas.avro.WebhookFacts value) {
        return new WebhookFacts(
                value.getAccount(),
                value.getTransactionId(),
                value.getPspTransactionId(),
                value.getUserId(),
                value.getRawStatus(),
                TransactionStatus.valueOf(value.getStatus().name()),
                value.getAmount(),
                value.getCurrency(),
                value.getMerchantReference(),
                value.getMethod(),
                WebhookShape.valueOf(value.getShape().name()),
                bytes(value.getBodyDigest()));
    }

    /** Of a shop's notification: the status is the shop's word, the money is the order's total. */
    static Fact.ShopOrderChanged shopOrder(dev.intermezzo.schemas.avro.WebhookFacts value) {
        ShopOrderStatus status = switch (value.getRawStatus()) {
            case "pending" -> ShopOrderStatus.PENDING;
            case "paid" -> ShopOrderStatus.PAID;
            case "failed" -> ShopOrderStatus.FAILED;
            default -> ShopOrderStatus.UNKNOWN;
        };
        return new Fact.ShopOrderChanged(status, value.getAmount(), value.getCurrency());
    }

    static <A, B> List<B> each(List<A> values, Function<A, B> map) {
        return values.stream().map(map).toList();
    }

    /** A union's branch that this build does not know. */
    static IllegalArgumentException unexpected(Object body) {
        return new IllegalArgumentException(
                "no meaning for a " + body.getClass().getSimpleName() + " here");
    }
}
