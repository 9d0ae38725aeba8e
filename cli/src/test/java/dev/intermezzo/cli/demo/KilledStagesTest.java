package dev.intermezzo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.load.Demo;
import dev.intermezzo.sandbox.load.DemoSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes and real kills (SIGKILL): whichever stage dies, every payment ends as it should. */
class KilledStagesTest {
    private static final int PAYMENTS = 40;
    private static final int PER_SECOND = 2;

    /** Generous: a loaded machine takes a while to start a process, and buyers wait meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void every_payment_ends_as_it_should_although_each_stage_is_killed_once() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (SandboxWorld world = SandboxWorld.startApart(folder.resolve("world"), Ports.free(), what -> {});
                LedgerFacts facts = new LedgerFacts(world.kafka());
                ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            facts.start();
            DemoSettings settings = new DemoSettings(
                    world.returnAddress(), PER_SECOND, PATIENCE, 500, PATIENCE, PATIENCE, Duration.ofSeconds(1), false);
            Demo demo = new Demo(world.shop(), world.cashier(), facts, settings, InstantSource.system());

            CompletableFuture<DemoReport> report = CompletableFuture.supplyAsync(() -> run(demo, begun), beside);
            int sent = 4;
            for (StageRole victim :
                    List.of(StageRole.INGRESS, StageRole.ORCHESTRATOR, StageRole.CASHIER, StageRole.NOTIFIER)) {
                int few = Math.min(sent, PAYMENTS);
                Awaitility.await().atMost(PATIENCE).until(() -> begun.get() >= few || report.isDone());
                assertThat(report)
                        .as("the demonstration is in full swing when the %s dies", victim)
                        .isNotDone();
                world.processes().kill(victim);
                world.processes().start(victim);
                world.processes().awaitReady(victim);
                sent += 9;
            }

            DemoReport ended = report.get(10, TimeUnit.MINUTES);
            assertThat(ended.wrong()).as(ended.toJson()).isZero();
            for (StageRole role : StageRole.PIPELINE) {
                assertThat(world.processes().stop(role))
                        .as("%s after SIGTERM", role)
                        .isZero();
            }
        }
    }

    private static DemoReport run(Demo demo, AtomicInteger begun) {
        try {
            return demo.run(DemoPlan.of(1, PAYMENTS), (checkouts, arrived, settled, payments) -> begun.set(checkouts));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
