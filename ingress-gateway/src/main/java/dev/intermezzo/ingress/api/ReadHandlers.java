package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.api.ApiAnswer.Refused;
import dev.intermezzo.ingress.api.ApiDocuments.PayOutDocument;
import dev.intermezzo.ingress.api.ApiDocuments.PaymentDocument;
import dev.intermezzo.ingress.api.ApiKeys.Caller;
import dev.intermezzo.ingress.api.PaymentLookup.Found;
import dev.intermezzo.ingress.api.PaymentLookup.FreePayOut;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewedMoney;
import dev.intermezzo.schemas.avro.ViewedRefund;
import java.util.List;
import java.util.Optional;

/** Shows a merchant its payments and pay-outs. */
final class ReadHandlers {

    private final PaymentLookup payments;
    private final KeptRequests requests;

    ReadHandlers(PaymentLookup payments, KeptRequests requests) {
        this.payments = payments;
        this.requests = requests;
    }

    ApiAnswer payment(Caller caller, String id) {
        return payments.owner(caller.merchantId(), id)
                .<ApiAnswer>map(owner -> switch (payments.find(owner)) {
                    case Found.Seen seen -> new ApiAnswer.Shown(PaymentDocument.of(seen.view()));
                    case Found.Nothing nothing -> Refused.of(ApiCode.PAYMENT_NOT_FOUND);
                    case Found.NotAsked notAsked -> Refused.later(ApiCode.NOT_AVAILABLE);
                })
                .orElseGet(() -> Refused.of(ApiCode.PAYMENT_NOT_FOUND));
    }

    ApiAnswer payOut(Caller caller, String id) {
        Optional<FreePayOut> free = PaymentLookup.freePayOut(caller, id);
        if (free.isPresent()) {
            return payOut(free.get().owner(), free.get().requestId());
        }
        int end = id.lastIndexOf('~');
        return (end < 0 ? Optional.<PaymentOwner>empty() : payments.owner(caller.merchantId(), id.substring(0, end)))
                .map(owner -> payOut(owner, id.substring(end + 1)))
                .orElseGet(() -> Refused.of(ApiCode.PAY_OUT_NOT_FOUND));
    }

    /** The payment's state is what counts; what it does not hold was refused, or is not decided yet. */
    private ApiAnswer payOut(PaymentOwner owner, String refund) {
        Optional<ApiAnswer> asked = requests.find(refund)
                .filter(request -> request.act().getPaymentId().equals(owner.paymentId()))
                .map(request -> new ApiAnswer.Shown(PayOutDocument.of(request)));
        return switch (payments.find(owner)) {
            case Found.Seen seen ->
                refund(seen.view(), refund)
                        .<ApiAnswer>map(held -> new ApiAnswer.Shown(PayOutDocument.of(seen.view(), held)))
                        .or(() -> asked)
                        .orElseGet(() -> Refused.of(ApiCode.PAY_OUT_NOT_FOUND));
            case Found.Nothing nothing -> asked.orElseGet(() -> Refused.of(ApiCode.PAY_OUT_NOT_FOUND));
            case Found.NotAsked notAsked -> Refused.later(ApiCode.NOT_AVAILABLE);
        };
    }

    /** A refund that the payment's state holds. */
    static Optional<ViewedRefund> refund(PaymentView view, String id) {
        ViewedMoney money = view.getMoney();
        List<ViewedRefund> refunds = money == null ? List.of() : money.getRefunds();
        return refunds.stream().filter(refund -> refund.getId().equals(id)).findFirst();
    }
}
