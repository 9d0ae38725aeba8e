package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.api.ApiAnswer.Refused;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** The merchant's own switch and limit, told early: the executor looks at them again when the money is about to move. */
final class PayOutBounds {

    private PayOutBounds() {}

    /** Why a refund of this amount is not asked for; empty: it may be. */
    static Optional<ApiAnswer> ofRefund(Merchant merchant, Money amount) {
        return refusal(merchant, merchant.getPayOuts(), amount);
    }

    /** The same for a pay-out that belongs to no payment: it takes a limit of one destination too. */
    static Optional<ApiAnswer> ofPayOut(Merchant merchant, Money amount) {
        @Nullable PayOutLimits limits = merchant.getPayOuts();
        return refusal(merchant, limits == null || limits.getPerDestination() == null ? null : limits, amount);
    }

    private static Optional<ApiAnswer> refusal(Merchant merchant, @Nullable PayOutLimits limits, Money amount) {
        if (!merchant.getEnabled()) {
            return Optional.of(Refused.of(ApiCode.MERCHANT_DISABLED));
        }
        if (limits == null) {
            return Optional.of(Refused.of(ApiCode.PAY_OUTS_DISABLED));
        }
        boolean within = limits.getCurrency().equals(amount.getCurrencyUnit().getCode())
                && amount.getAmount().compareTo(limits.getPerPayOut()) <= 0;
        return within
                ? Optional.empty()
                : Optional.of(Refused.of(
                        ApiCode.PAY_OUT_ABOVE_LIMIT,
                        "One pay-out may be at most "
                                + limits.getPerPayOut().stripTrailingZeros().toPlainString() + " "
                                + limits.getCurrency() + "."));
    }
}
