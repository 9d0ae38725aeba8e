package dev.intermezzo.cli.up;

import dev.intermezzo.ingress.EdgeService;
import dev.intermezzo.ingress.EdgeSettings;
import dev.intermezzo.notifier.ScheduleService;
import dev.intermezzo.notifier.ScheduleSettings;
import dev.intermezzo.notifier.SenderService;
import dev.intermezzo.notifier.SenderSettings;
import dev.intermezzo.orchestrator.cashier.CashierExecutorService;
import dev.intermezzo.orchestrator.cashier.CashierSettings;
import dev.intermezzo.orchestrator.correlator.CorrelatorService;
import dev.intermezzo.orchestrator.correlator.CorrelatorSettings;
import dev.intermezzo.orchestrator.topology.OrchestratorService;
import dev.intermezzo.orchestrator.topology.OrchestratorSettings;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Every stage of the pipeline in one process. They are the same services as in processes of their own: only topics join them. */
final class Installation implements AutoCloseable {
    private final SchemaTopic schemas;
    private final List<Stage> stages = new ArrayList<>();

    Installation(EdgeSettings edge, KafkaSettings kafka, SealingKeys keys, Path state, InstantSource clock) {
        AddressPolicy policy = AddressPolicy.allowingLoopback();
        this.schemas = new SchemaTopic(kafka);
        Vault vault = new Vault(keys);
        stages.add(new OrchestratorService(
                OrchestratorSettings.sandbox(state.resolve("orchestrator")), kafka, schemas, vault, clock));
        stages.add(new CorrelatorService(
                CorrelatorSettings.sandbox(state.resolve("correlator")), kafka, schemas, vault, clock));
        stages.add(new ScheduleService(ScheduleSettings.sandbox(state.resolve("schedule")), kafka, keys, clock));
        stages.add(new SenderService(SenderSettings.defaults(), kafka, keys, policy, clock));
        stages.add(new CashierExecutorService(CashierSettings.sandbox(), kafka, keys, policy, clock));
        stages.add(new EdgeService(edge, kafka, keys, clock));
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /** All at once: each spends most of its start waiting for the broker. */
    void start() {
        schemas.start();
        schemas.publish();
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(stages.stream()
                            .map(stage -> CompletableFuture.runAsync(stage::start, starters))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    /** Reasons of those that are not ready; empty when all are. */
    List<String> notReady() {
        return stages.stream()
                .filter(stage -> !stage.ready())
                .map(stage -> stage.name() + ": " + stage.notReadyBecause())
                .toList();
    }

    /** @return whether all stages were ready in time */
    boolean awaitReady(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!notReady().isEmpty()) {
            if (System.nanoTime() > end || stages.stream().anyMatch(stage -> !stage.alive())) {
                return false;
            }
            Thread.sleep(Duration.ofMillis(50));
        }
        return true;
    }

    /** The edge first, so that nothing new comes in; then upstream before downstream. */
    @Override
    public void close() {
        for (Stage stage : stages.reversed()) {
            stage.close();
        }
        schemas.close();
    }
}
