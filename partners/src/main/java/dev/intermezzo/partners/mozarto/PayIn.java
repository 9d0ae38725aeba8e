package dev.intermezzo.partners.mozarto;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What one pay-in asks of the Cashier; a pay-out that gives it back asks the same things.
 *
 * @param amount what the order costs, or what goes back, above zero
 * @param buyer what is known of the buyer
 * @param instrument what is paid with or sent to, beside the person
 * @param userId from {@link UserId}; it must be the same as in the user token
 * @param merchantReference from {@link MerchantReference}; sent where the provider takes one
 * @param settings the account's and route's settings
 * @param brandId the merchant's brand at Mozarto, if it has one
 * @param isTestMode follows from the account's environment
 */
public record PayIn(
        Money amount,
        BuyerDetails buyer,
        Instrument instrument,
        String userId,
        String merchantReference,
        AccountSettings settings,
        @Nullable String brandId,
        boolean isTestMode) {

    /** One that needs nothing beside the person. */
    public PayIn(
            Money amount,
            BuyerDetails buyer,
            String userId,
            String merchantReference,
            AccountSettings settings,
            @Nullable String brandId,
            boolean isTestMode) {
        this(amount, buyer, new Instrument.None(), userId, merchantReference, settings, brandId, isTestMode);
    }

    @Override
    public String toString() {
        return "PayIn[" + amount + ", " + buyer + ", merchantReference=" + merchantReference + "]";
    }
}
