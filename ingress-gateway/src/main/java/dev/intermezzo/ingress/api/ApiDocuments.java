package dev.intermezzo.ingress.api;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import dev.intermezzo.schemas.avro.ViewedMoney;
import dev.intermezzo.schemas.avro.ViewedRefund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The documents of the API. Money is a decimal text with the currency's digits, never a JSON number. */
final class ApiDocuments {

    private ApiDocuments() {}

    /**
     * A payment.
     *
     * @param state {@code awaiting-buyer}, {@code in-progress}, {@code approved}, {@code not-paid}, {@code verifying},
     *     {@code under-review}, {@code other}
     * @param approved money that was confirmed so far
     * @param refunded money that went back, or may have
     */
    record PaymentDocument(
            String id,
            String merchant,
            String environment,
            String state,
            String invoice,
            String amount,
            String currency,
            String approved,
            String refunded,
            List<AttemptDocument> attempts,
            List<PayOutDocument> refunds,
            String updatedAt) {

        static PaymentDocument of(PaymentView view) {
            ViewedMoney money = view.getMoney();
            String currency = view.getAmount().getCurrency();
            Money nothing = new Money(BigDecimal.ZERO, currency);
            return new PaymentDocument(
                    view.getPaymentId(),
                    view.getMerchantId(),
                    word(view.getEnvironment()),
                    word(view.getState()),
                    view.getInvoiceId(),
                    literal(view.getAmount()),
                    currency,
                    literal(money == null ? nothing : money.getApproved()),
                    literal(money == null ? nothing : money.getRefunded()),
                    view.getAttempts().stream().map(AttemptDocument::of).toList(),
                    money == null
                            ? List.of()
                            : money.getRefunds().stream()
                                    .map(refund -> PayOutDocument.of(view, refund))
                                    .toList(),
                    time(view.getOccurredAt()));
        }
    }

    /** One attempt of a payment. */
    record AttemptDocument(int number, String provider, String state) {
        static AttemptDocument of(ViewedAttempt attempt) {
            return new AttemptDocument(attempt.getNumber(), attempt.getProvider(), word(attempt.getStatus()));
        }
    }

    /**
     * Money on its way back to a buyer, or to one of the merchant's destinations.
     *
     * @param payment empty for a pay-out that belongs to none
     * @param destination empty for a refund
     * @param provider empty for one that was made outside the Cashier, or is not decided
     * @param state {@code received} (not decided), {@code requested}, {@code claimed}, {@code pending}, {@code paid}, {@code
     *     refused}, {@code unknown}, {@code other}
     * @param code why it was refused or is unknown, else empty
     */
    record PayOutDocument(
            String id,
            String payment,
            String destination,
            String environment,
            String amount,
            String currency,
            String provider,
            String state,
            String code) {

        static PayOutDocument of(PaymentView view, ViewedRefund refund) {
            boolean free = !refund.getDestination().isEmpty();
            return new PayOutDocument(
                    free ? view.getPaymentId() : Ids.payOut(view.getPaymentId(), refund.getId()),
                    free ? "" : view.getPaymentId(),
                    refund.getDestination(),
                    word(view.getEnvironment()),
                    literal(refund.getAmount()),
                    refund.getAmount().getCurrency(),
                    refund.getProvider(),
                    word(refund.getState()),
                    refund.getCode());
        }

        /** One that the payment's state does not hold: refused, or not decided yet. */
        static PayOutDocument of(KeptRequest request) {
            OperatorAct act = request.act();
            RefundRequested wish = request.wish();
            return new PayOutDocument(
                    request.payOutId(),
                    request.isFree() ? "" : act.getPaymentId(),
                    request.destination(),
                    word(act.getEnvironment()),
                    literal(wish.getAmount()),
                    wish.getAmount().getCurrency(),
                    "",
                    request.refusedWith().isPresent() ? "refused" : "received",
                    request.refusedWith().orElse(""));
        }
    }

    /** What a request for a refund is answered with, the first time and every other. */
    record RefundAccepted(String id, String payment, String amount, String currency, String reason, String href) {
        static RefundAccepted of(KeptRequest request) {
            RefundRequested wish = request.wish();
            return new RefundAccepted(
                    request.payOutId(),
                    request.act().getPaymentId(),
                    literal(wish.getAmount()),
                    wish.getAmount().getCurrency(),
                    request.reason(),
                    addressOf(request));
        }
    }

    /** The same for a pay-out that belongs to no payment. */
    record PayOutAccepted(
            String id, String destination, String amount, String currency, String reference, String href) {
        static PayOutAccepted of(KeptRequest request) {
            RefundRequested wish = request.wish();
            return new PayOutAccepted(
                    request.payOutId(),
                    request.destination(),
                    literal(wish.getAmount()),
                    wish.getAmount().getCurrency(),
                    request.reason(),
                    addressOf(request));
        }
    }

    private static String addressOf(KeptRequest request) {
        return "/api/v1/payouts/" + request.payOutId();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String literal(Money money) {
        return WireMoney.read(money).getAmount().toPlainString();
    }

    private static String time(Instant at) {
        return at.toString();
    }
}
