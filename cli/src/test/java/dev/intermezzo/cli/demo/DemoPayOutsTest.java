package dev.intermezzo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxPayee;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.check.PayOutVerdict;
import dev.intermezzo.sandbox.faults.CallFault;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation that runs no merchant API, and the demonstration's own instance of it. */
@Tag("full")
class DemoPayOutsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void each_payer_pays_out_once_and_what_does_not_come_to_its_end_is_found() throws Exception {
        try (SandboxWorld world = SandboxWorld.start(folder, Ports.free(), what -> {});
                LedgerFacts facts = new LedgerFacts(world.kafka());
                ApiInstance api = ApiInstance.start(world.kafka())) {
            facts.start();
            Set<Psp> payers = EnumSet.of(Psp.PAYONE, Psp.GIGADAT, Psp.FORUMPAY);

            PayOutVerdict clean =
                    new DemoPayOuts(world.partners(), facts, payers).carryOut(api.address(), world.kafka());

            assertThat(clean.problems()).isEmpty();
            assertThat(clean.paid())
                    .containsOnlyKeys(payers)
                    .allSatisfy((payer, times) -> assertThat(times).isEqualTo(2));

            SandboxPayee unlucky = SandboxPayee.ALL.getFirst();
            world.cashier().expectPayOut(unlucky.email(), CallFault.ERROR_500, TransactionStatus.APPROVED);

            PayOutVerdict unluckily = new DemoPayOuts(world.partners(), facts, EnumSet.of(unlucky.provider()))
                    .carryOut(api.address(), world.kafka());

            assertThat(unluckily.problems()).singleElement().asString().contains("no money left");
            assertThat(unluckily.executed()).isEqualTo(1);
        }
    }
}
