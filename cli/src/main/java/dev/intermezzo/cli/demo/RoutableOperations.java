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
import java.util.stream.Stream;

/**
 * The operations of the catalogue that a payment of this release can use, whatever of them an account has to confirm first:
 * what a demonstration has to have taken, each of them. Those that need what no payment has (a wallet, for instance) are left
 * out.
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
        Set<Psp> payers = new TreeSet<>();
        Stream.of(Psp.values())
                .filter(psp -> operations.stream()
                        .anyMatch(operation -> operation.operation() == Operation.PAYOUT
                                && operation.pspType().code().equals(psp.name())))
                .forEach(payers::add);
        return payers;
    }

    /**
     * Those that were never taken: no page was paid, no voucher redeemed, or nothing paid out.
     *
     * @param payIns by provider
     * @param vouchers payments with one
     * @param payOuts carried out, by provider
     */
    List<String> neverTaken(Map<Psp, ProviderTally> payIns, int vouchers, Map<Psp, Integer> payOuts) {
        return operations.stream()
                .filter(operation ->
                        operation.voucherRule().isPresent() ? vouchers == 0 : !taken(operation, payIns, payOuts))
                .map(operation -> operation.pspType() + " " + operation.title())
                .toList();
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
