package dev.intermezzo.cli.demo;

import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.check.ProviderTally;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The operations of the catalogue that this release can use, for a payment or for a pay-out to a destination, whatever of them
 * an account has to confirm first: what a demonstration has to have taken, each of them. Those that need what nothing here has
 * (a card, for instance) are left out.
 */
final class RoutableOperations {
    private final List<ProviderOperation> operations;

    RoutableOperations(ProviderCatalogue catalogue) {
        this.operations = catalogue.providers().stream()
                .flatMap(provider -> provider.operations().stream())
                .filter(operation -> operation.readiness() != ProviderOperation.Readiness.DESCRIBED)
                .filter(operation -> operation.unservedFields().isEmpty())
                .toList();
    }

    /** Providers of the simulated Cashier that pay out. */
    Set<Psp> payers() {
        return paying(operation -> true);
    }

    /** Those of them that pay a buyer out, of whom no wallet is known. */
    Set<Psp> refunders() {
        return paying(operation -> !operation.needsWallet());
    }

    /**
     * Those that were never taken: no page was paid, no voucher redeemed, or nothing paid out.
     *
     * @param payIns by provider
     * @param vouchers payments with one
     * @param payOuts carried out, by provider, for payments and for none
     */
    List<String> neverTaken(Map<Psp, ProviderTally> payIns, int vouchers, Map<Psp, Integer> payOuts) {
        return operations.stream()
                .filter(operation ->
                        operation.voucherRule().isPresent() ? vouchers == 0 : !taken(operation, payIns, payOuts))
                .map(operation -> operation.pspType() + " " + operation.title())
                .toList();
    }

    private Set<Psp> paying(Predicate<ProviderOperation> which) {
        Set<Psp> payers = new TreeSet<>();
        Stream.of(Psp.values())
                .filter(psp -> operations.stream()
                        .filter(which)
                        .anyMatch(operation -> operation.operation() == Operation.PAYOUT
                                && operation.pspType().code().equals(psp.name())))
                .forEach(payers::add);
        return payers;
    }

    private static boolean taken(
            ProviderOperation operation, Map<Psp, ProviderTally> payIns, Map<Psp, Integer> payOuts) {
        String code = operation.pspType().code();
        return switch (operation.operation()) {
            case PAYIN ->
                payIns.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().name().equals(code)
                                && entry.getValue().approved() > 0);
            case PAYOUT ->
                payOuts.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().name().equals(code) && entry.getValue() > 0);
        };
    }
}
