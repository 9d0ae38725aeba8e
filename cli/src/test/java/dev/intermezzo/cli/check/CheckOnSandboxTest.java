package dev.intermezzo.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole installation, with its edge, shop and Cashier answering. */
@SuppressWarnings("NullAway.Init") // set before the tests
class CheckOnSandboxTest {
    @TempDir
    private static Path folder;

    private static SandboxWorld world;

    @BeforeAll
    static void start() {
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void a_shop_that_can_be_paid_has_no_problem() {
        CommandRun run = check(world.ingress().toString());

        assertThat(run.json().get("problems")).isEmpty();
        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void something_else_at_the_public_address_is_told_from_the_edge() {
        CommandRun run = check(world.management().toString());

        assertThat(run.json().get("problems").findValuesAsText("code")).containsExactly("edge-not-there");
        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
    }

    private static CommandRun check(String publicUrl) {
        return CommandRun.of(
                new CheckCommand(),
                TestKafka.options(world.kafka()),
                SandboxWorld.SHOP,
                "--public-url",
                publicUrl,
                "--keys",
                folder.resolve("keys").toString(),
                "--json");
    }
}
