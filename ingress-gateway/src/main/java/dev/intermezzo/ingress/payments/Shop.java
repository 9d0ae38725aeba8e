package dev.intermezzo.ingress.payments;

import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;

/**
 * An integration with its merchant.
 *
 * @param integrationRevision changes with every edit of the integration
 */
public record Shop(
        String integrationId,
        Integration integration,
        String integrationRevision,
        MerchantRecord merchantRecord,
        Merchant merchant) {

    public Environment environment() {
        return merchantRecord.getEnvironment();
    }

    /** Whether its pages say TEST: no money moves in a sandbox account, nor should it for a test shop. */
    public boolean test() {
        return merchant.getTestShop() || environment() == Environment.SANDBOX;
    }

    public PaymentOwner owner(String paymentId) {
        return new PaymentOwner(paymentId, merchantRecord.getId(), environment());
    }
}
