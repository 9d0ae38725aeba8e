package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.checkout.PaymentPlanner;
import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.partners.mozarto.FieldProblem;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes a voucher's PIN from a form. It is bearer money: judged by its provider's rule, counted against guessing, sealed for
 * the executor with a key of its own, and kept nowhere here.
 */
public final class VoucherIntake {

    private final PaymentPlanner planner;
    private final BuyerSealer sealer;
    private final SharedTries tries;

    public VoucherIntake(PaymentPlanner planner, BuyerSealer sealer, SharedTries tries) {
        this.planner = planner;
        this.sealer = sealer;
        this.tries = tries;
    }

    /** What was typed for this provider; nothing when it takes no voucher. */
    Instrument typed(FormFields form, String provider) {
        return planner.voucherRule(provider).isPresent()
                ? Instrument.Voucher.typed(form.text(Instrument.Voucher.FIELD))
                : new Instrument.None();
    }

    Optional<FieldProblem> problem(Instrument voucher, String provider) {
        return planner.voucherProblem(provider, voucher);
    }

    /**
     * Why this voucher is not tried now.
     *
     * @param address that the browser came from; where no proxy tells it, the payment stands for it
     */
    Optional<Refusal> refusal(Instrument voucher, Optional<String> address, PaymentOwner owner, Deadline deadline) {
        if (!(voucher instanceof Instrument.Voucher)) {
            return Optional.empty();
        }
        return switch (tries.another(address.orElse(owner.paymentId()), owner, deadline)) {
            case SharedTries.Outcome.Counted() -> Optional.empty();
            case SharedTries.Outcome.TooMany(Duration until) ->
                Optional.of(
                        Refusal.of(429, "voucher-tries", "error.voucher-tries").after(until));
            case SharedTries.Outcome.Unknown() -> Optional.of(Refusal.later("not-in-time"));
        };
    }

    Optional<SealedBuyer> sealed(Instrument voucher, String paymentId) {
        return voucher instanceof Instrument.Voucher(String pin)
                ? Optional.of(sealer.seal(paymentId, Instrument.Voucher.PURPOSE, pin.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }
}
