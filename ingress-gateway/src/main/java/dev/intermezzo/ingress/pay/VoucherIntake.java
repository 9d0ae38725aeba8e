package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.checkout.PaymentPlanner;
import dev.intermezzo.ingress.http.Refusal;
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
    private final VoucherTries tries;

    public VoucherIntake(PaymentPlanner planner, BuyerSealer sealer, VoucherTries tries) {
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
     * @param whose the address that the browser came from or, where no proxy tells it, the payment
     */
    Optional<Refusal> refusal(Instrument voucher, String whose) {
        return voucher instanceof Instrument.Voucher
                ? tries.waitOf(whose).map(VoucherIntake::tooMany)
                : Optional.empty();
    }

    Optional<SealedBuyer> sealed(Instrument voucher, String paymentId) {
        return voucher instanceof Instrument.Voucher(String pin)
                ? Optional.of(sealer.seal(paymentId, Instrument.Voucher.PURPOSE, pin.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static Refusal tooMany(Duration wait) {
        return Refusal.of(429, "voucher-tries", "error.voucher-tries").after(wait);
    }
}
