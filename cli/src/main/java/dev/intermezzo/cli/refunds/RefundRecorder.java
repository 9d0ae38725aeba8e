package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.RefundStatus;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.partners.money.AmountReading;
import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundRecorded;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record a refund that was made at the provider, outside the Cashier (payments, "Pay-outs and refunds"). Nothing is paid
 * out and the merchant's pay-out limits have no say in what has happened already; it counts against what was approved. The
 * provider's own reference names it, so that one refund is counted once, however often and by whomever it is recorded.
 */
final class RefundRecorder {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final Pattern NOTE = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final String RECORDED = "recorded-";

    private final KafkaConnection connection;
    private final RefundRequests requests;
    private final InstantSource clock;

    RefundRecorder(KafkaConnection connection, InstantSource clock) {
        this.connection = connection;
        this.requests = new RefundRequests(connection);
        this.clock = clock;
    }

    /**
     * What a person says was paid back at the provider.
     *
     * @param amount plain digits, above zero
     * @param currency ISO 4217; null: the order's
     * @param reference the provider's name of the refund: 1 to 64 letters, digits, dots, colons, underscores or hyphens
     * @param note 1 to 200 characters, for whoever reads the payment's story
     */
    record Statement(String amount, @Nullable String currency, String reference, String note) {
        String refundId() {
            return RECORDED + reference;
        }
    }

    /**
     * One person records it. Repeating it does no harm: one that waits for a second person is not published again.
     *
     * @return the act that waits for a second person
     * @throws CommandFailure when it is refused, or Kafka does not answer
     */
    OperatorAct record(String payment, Statement made, String operator) {
        requireWritable(made);
        PaymentNow now = PaymentNow.read(connection, payment);
        Money money = money(now.state(), made);
        RefundRecorded body = new RefundRecorded(made.refundId(), WireMoney.of(money), made.note());
        Optional<OperatorAct> waiting = requests.waiting(payment).stream()
                .filter(act -> RefundWish.in(act).id().equals(made.refundId()))
                .findFirst();
        if (waiting.isPresent()) {
            return sameOrRefused(waiting.get(), body);
        }
        if (now.refunds().stream().anyMatch(known -> known.id().equals(made.refundId()))) {
            throw new CommandFailure(
                    "refund-repeated", "A refund with this reference is on record; nothing was counted a second time.");
        }
        if (now.state() instanceof PaymentState.Live live) {
            requireWithin(live.dossier(), money);
        }
        OperatorAct act = OperatorActs.asked(now.state(), Ids.uuidV7(clock), operator, clock)
                .setBody(body)
                .build();
        requests.publish(act);
        return act;
    }

    private static void requireWritable(Statement made) {
        if (!REFERENCE.matcher(made.reference()).matches()) {
            throw new CommandFailure(
                    "reference-not-valid",
                    "The reference is 1 to 64 letters, digits, dots, colons, underscores or hyphens, and begins with a"
                            + " letter or digit.");
        }
        if (made.note().isBlank() || !NOTE.matcher(made.note()).matches()) {
            throw new CommandFailure(
                    "note-not-valid", "The note is 1 to 200 characters, none of them a control character.");
        }
    }

    private static OperatorAct sameOrRefused(OperatorAct waiting, RefundRecorded body) {
        if (!RefundWish.in(waiting).sameMoney(body.getAmount())) {
            throw new CommandFailure(
                    "reference-used",
                    "A refund of another amount waits under this reference. If that was a slip, nobody need approve it:"
                            + " record the right one under a reference with a suffix.");
        }
        return waiting;
    }

    private static Money money(PaymentState state, Statement made) {
        CurrencyUnit order = currency(state);
        String currency = made.currency() == null ? order.getCode() : made.currency();
        Money money = switch (Amounts.parse(made.amount(), currency)) {
            case AmountReading.Valid(var read) -> read;
            case AmountReading.Refused refused -> throw new CommandFailure(refused.code(), refused.sentence());
        };
        if (!money.getCurrencyUnit().equals(order)) {
            throw new CommandFailure(
                    "currency-differs",
                    "The payment is in " + order + ": record what left it in that currency; nothing is converted.");
        }
        return money;
    }

    private static CurrencyUnit currency(PaymentState state) {
        return switch (state) {
            case PaymentState.Live live -> live.dossier().order().amount().getCurrencyUnit();
            case Retired stub
            when stub.expired() ->
                throw new CommandFailure(
                        "payment-closed",
                        "The payment was closed more than a year ago; nothing is counted against it any more.");
            case Retired stub -> stub.amount().getCurrencyUnit();
            case PaymentState.FreePayOut payOut -> throw PaymentNow.notAPayment();
            case PaymentState.Orphan orphan -> throw PaymentNow.notAPayment();
        };
    }

    /** Told early; the state machine has the last word when a second person approves. */
    private static void requireWithin(Dossier dossier, Money money) {
        if (dossier.approvedSum().isZero()) {
            throw new CommandFailure("payment-not-approved", "No money of this payment was confirmed.");
        }
        Money left = dossier.approvedSum().minus(dossier.refundedSum());
        if (money.isGreaterThan(left)) {
            boolean unsettled =
                    dossier.refunds().stream().map(Refund::status).anyMatch(status -> status == RefundStatus.UNKNOWN);
            throw new CommandFailure(
                    "refund-exceeds-approved",
                    "Refunds never pass what was approved: " + left + " is left."
                            + (unsettled ? " A refund whose answer was lost counts as spent." : ""));
        }
    }
}
