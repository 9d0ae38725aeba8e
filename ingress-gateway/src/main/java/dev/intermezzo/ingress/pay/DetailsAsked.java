package dev.intermezzo.ingress.pay;

import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewState;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a payment waits for from its buyer: a choice of method, details, a voucher, or several of them. */
record DetailsAsked(Set<BuyerField> fields) {

    /** Empty when nothing is asked of the buyer in this state. */
    static Optional<DetailsAsked> of(PaymentView view) {
        if (view.getState() != ViewState.AWAITING_BUYER || view.getMayAskAgain()) {
            // Before another attempt while an older one may still be paid, the confirmation comes first.
            return Optional.empty();
        }
        Set<BuyerField> fields = EnumSet.noneOf(BuyerField.class);
        view.getMissingFields().forEach(name -> BuyerField.ofKey(name).ifPresent(fields::add));
        boolean choice = view.getMethods().size() > 1;
        boolean voucher = view.getMissingFields().contains(Instrument.Voucher.FIELD);
        return fields.isEmpty() && !choice && !voucher ? Optional.empty() : Optional.of(new DetailsAsked(fields));
    }
}
