package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.payment.Attempt;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.partners.money.AmountReading;
import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PayOutLimits;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.Setting;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the acts of a refund. What it checks it checks to tell people early; the state machine decides about persons and
 * sums, and the executor about the merchant's switch and both limits.
 */
public final class RefundDesk {
    private final KafkaConnection connection;
    private final ProviderCatalogue providers = ProviderCatalogue.bundled();
    private final RefundRequests requests;
    private final InstantSource clock;

    public RefundDesk(KafkaConnection connection, InstantSource clock) {
        this.connection = connection;
        this.requests = new RefundRequests(connection);
        this.clock = clock;
    }

    /**
     * One person asks.
     *
     * @param amount in the order's currency
     * @return the act, which {@link #refundOf names} the refund
     * @throws CommandFailure when it is refused, or Kafka does not answer
     */
    public OperatorAct request(String payment, String amount, String operator) {
        PaymentState.Live state = PaymentNow.read(connection, payment).live();
        Attempt paid = state.dossier().attempts().stream()
                .filter(RefundDesk::hasMoney)
                .reduce((older, newer) -> newer)
                .orElseThrow(
                        () -> new CommandFailure("payment-not-approved", "No money of this payment was confirmed."));
        PlannedRoute route = paid.route();
        requireAvailable(route.provider());
        String currency = state.dossier().order().amount().getCurrencyUnit().getCode();
        Money money = switch (Amounts.parse(amount, currency)) {
            case AmountReading.Valid(var read) -> WireMoney.of(read);
            case AmountReading.Refused refused -> throw new CommandFailure(refused.code(), refused.sentence());
        };
        requireWithin(limits(state.merchantId()), money);
        String id = Ids.uuidV7(clock);
        OperatorAct act = OperatorActs.asked(state, id, operator, clock)
                .setBody(new RefundRequested(
                        id,
                        money,
                        route.provider(),
                        route.account(),
                        route.settings().stream()
                                .map(setting -> new Setting(setting.name(), setting.value()))
                                .toList(),
                        null))
                .build();
        requests.publish(act);
        return act;
    }

    /**
     * A second person repeats the request, or the record, with both names. Repeating it does no harm: one refund is one.
     *
     * @throws CommandFailure when it is refused, or Kafka does not answer
     */
    public OperatorAct approve(String payment, String refundId, String approver) {
        OperatorAct request = requests.find(payment, refundId)
                .orElseThrow(
                        () -> new CommandFailure(
                                "refund-not-found",
                                "Nobody has asked for this refund, or recorded it, in the last days; 'intermezzo refunds list' shows who did."));
        OperatorActs.requireSecondPerson(request, approver);
        RefundWish wish = RefundWish.in(request);
        if (!wish.recorded()) {
            requireWithinDay(request.getMerchantId(), wish.amount());
        }
        OperatorAct act = OperatorActs.approved(request, approver, clock);
        requests.publish(act);
        return act;
    }

    /** Money that two persons decided to give back counts as well, though its attempt approves nothing. */
    private static boolean hasMoney(Attempt attempt) {
        return attempt.transactions().stream().anyMatch(transaction -> transaction.approved() != null);
    }

    private void requireWithinDay(String merchantId, Money money) {
        PayOutLimits limits = limits(merchantId);
        requireWithin(limits, money);
        BigDecimal today = requests.approvedOn(
                clock.instant().atZone(ZoneOffset.UTC).toLocalDate(), merchantId, limits.getCurrency());
        if (today.add(money.getAmount()).compareTo(limits.getPerDay()) > 0) {
            throw new CommandFailure(
                    "pay-out-day-limit",
                    "With " + today.toPlainString() + " " + limits.getCurrency()
                            + " approved today this would pass the merchant's limit of a day.");
        }
    }

    private void requireAvailable(String provider) {
        if (providers.refund(new PspType(provider)).isEmpty()) {
            throw new CommandFailure(
                    "refund-not-available",
                    provider + " gives nothing back through the Cashier: refund there, then record it with 'intermezzo"
                            + " refunds record'.");
        }
    }

    /** The id of the refund that an act is about. */
    public static String refundOf(OperatorAct act) {
        return RefundWish.in(act).id();
    }

    private PayOutLimits limits(String merchantId) {
        Codec<MerchantRecord> codec = Codec.of(MerchantRecord.class);
        String key = MerchantKeys.merchant(merchantId);
        List<MerchantRecord> found = new ArrayList<>();
        new TopicScan(connection.settings(), Topics.MERCHANTS).whereKeyIs(key, record -> {
            if (key.equals(record.key()) && record.value() != null) {
                found.add(codec.decode(record.value(), connection.schemas()));
            }
        });
        if (found.isEmpty()
                || !(found.getLast().getBody() instanceof Merchant merchant)
                || merchant.getPayOuts() == null) {
            throw new CommandFailure(
                    "pay-outs-disabled",
                    "Pay-outs are off for " + merchantId + ": two persons enable them with limits, as pay-outs in the"
                            + " merchants file. Until then refund at the provider and record it with 'intermezzo refunds"
                            + " record'.");
        }
        return merchant.getPayOuts();
    }

    private static void requireWithin(PayOutLimits limits, Money money) {
        if (!limits.getCurrency().equals(money.getCurrency())
                || money.getAmount().compareTo(limits.getPerPayOut()) > 0) {
            throw new CommandFailure(
                    "pay-out-above-limit",
                    "One pay-out may be at most "
                            + limits.getPerPayOut().stripTrailingZeros().toPlainString() + " " + limits.getCurrency()
                            + ", as the merchants file says.");
        }
    }
}
