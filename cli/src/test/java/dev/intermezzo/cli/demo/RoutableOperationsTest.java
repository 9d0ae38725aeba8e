package dev.intermezzo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.sandbox.cashier.Psp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutableOperationsTest {
    private final RoutableOperations operations = new RoutableOperations(ProviderCatalogue.bundled());

    @Test
    void a_wallet_takes_pay_outs_and_no_refunds() {
        assertThat(operations.payers()).containsExactlyInAnyOrder(Psp.PAYONE, Psp.GIGADAT, Psp.FORUMPAY);
        assertThat(operations.refunders()).containsExactlyInAnyOrder(Psp.PAYONE, Psp.GIGADAT);
    }

    @Test
    void a_pay_out_that_nobody_made_was_never_taken() {
        Map<Psp, Integer> refundsOnly = Map.of(Psp.PAYONE, 2, Psp.GIGADAT, 2);

        assertThat(operations.neverTaken(Map.of(), 1, refundsOnly)).contains("FORUMPAY pay-out");
        assertThat(operations.neverTaken(Map.of(), 1, Map.of(Psp.FORUMPAY, 1))).doesNotContain("FORUMPAY pay-out");
    }
}
