package dev.intermezzo.partners.mozarto;

import java.util.List;
import java.util.Optional;

/**
 * One payment provider behind the Cashier.
 *
 * @param pspType its code
 * @param name its name for people
 * @param about one sentence on market and method
 * @param operations what it can do, at most one entry per direction
 */
public record Provider(PspType pspType, String name, String about, List<ProviderOperation> operations) {

    /** Copies the list. */
    public Provider {
        operations = List.copyOf(operations);
    }

    /** One direction, if the provider has it. */
    public Optional<ProviderOperation> operation(Operation wanted) {
        return operations.stream().filter(each -> each.operation() == wanted).findFirst();
    }
}
