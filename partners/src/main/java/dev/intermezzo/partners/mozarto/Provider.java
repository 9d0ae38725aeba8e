package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Optional;

/**
 * One payment provider behind the Cashier.
 *
 * @param pspType its code
 * @param name its name for people
 * @param about one sentence on market and method
 * @param documents the pages of Mozarto's documentation that this is taken from
 * @param configuration what the back office asks for before the provider can be used
 * @param operations what it can do: one entry per direction, or several that differ by their variant
 */
public record Provider(
        PspType pspType,
        String name,
        String about,
        List<String> documents,
        List<ConfigurationItem> configuration,
        List<ProviderOperation> operations) {

    /** The catalogue's record; its rules are checked by {@link CatalogueRules}. */
    @JsonCreator
    public Provider {
        documents = ProviderOperation.orEmpty(documents);
        configuration = ProviderOperation.orEmpty(configuration);
        operations = ProviderOperation.orEmpty(operations);
    }

    /** How money goes back to a buyer who paid here; empty: a person gives it back at the provider and records it. */
    public Optional<ProviderOperation> refund() {
        return operation(Operation.PAYOUT).filter(ProviderOperation::refundsBuyers);
    }

    /** One direction, if the provider has it; of several variants the first, which is the one that is used. */
    public Optional<ProviderOperation> operation(Operation wanted) {
        return operations.stream().filter(each -> each.operation() == wanted).findFirst();
    }
}
