package dev.intermezzo.sandbox.cashier;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Neosurf's vouchers. No field for a PIN is documented, so nothing in a request says what becomes of it: that is planned by
 * the buyer's e-mail address, and a voucher that nobody planned is good.
 */
final class Redemptions {

    private final Provider provider;
    private final Map<String, TransactionStatus> plans = new ConcurrentHashMap<>();

    Redemptions(Provider provider) {
        this.provider = provider;
    }

    /** @param outcome {@code PENDING}: it is redeemed, and no webhook comes */
    void expect(String email, TransactionStatus outcome) {
        plans.put(email, outcome);
    }

    /** The voucher's transaction, whose webhook follows; empty: it is refused. */
    Optional<Transaction> redeem(PayInRequest request) {
        TransactionStatus outcome = plans.getOrDefault(request.email(), TransactionStatus.APPROVED);
        return switch (outcome) {
            case DECLINED, CANCELLED -> Optional.empty();
            case PENDING -> Optional.of(provider.open(request));
            case APPROVED -> {
                Transaction redeemed = provider.open(request);
                provider.decide(redeemed, outcome);
                yield Optional.of(redeemed);
            }
        };
    }
}
