package dev.intermezzo.cli.stage;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.lifecycle.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The stages of one process, started together and stopped in reverse order, the intake first. */
public final class StageGroup implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final List<Stage> stages;

    /** @param stages in the order in which they were built: what others use comes before them, what takes work in last */
    public StageGroup(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    public List<Stage> stages() {
        return stages;
    }

    /**
     * All at once: each spends most of its start waiting for the broker.
     *
     * @throws CommandFailure {@code stage-not-started}, saying which and why
     */
    public void start() {
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(stages.stream()
                            .map(stage -> CompletableFuture.runAsync(() -> start(stage), starters))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CommandFailure known ? known : e;
        }
    }

    /** Reasons of those that are not ready; empty when all are. */
    public List<String> notReady() {
        return stages.stream()
                .filter(stage -> !stage.ready())
                .map(StageGroup::reason)
                .toList();
    }

    /** Reasons of those that have failed for good; empty while all live. */
    public List<String> failed() {
        return stages.stream()
                .filter(stage -> !stage.alive())
                .map(StageGroup::reason)
                .toList();
    }

    /** @return whether all stages were ready in time */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!notReady().isEmpty()) {
            if (System.nanoTime() > end || !failed().isEmpty()) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }

    @Override
    public void close() {
        for (Stage stage : stages.reversed()) {
            stage.close();
        }
    }

    private static void start(Stage stage) {
        try {
            stage.start();
        } catch (CommandFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CommandFailure(
                    "stage-not-started", "The stage " + stage.name() + " could not start: " + e.getMessage(), e);
        }
    }

    private static String reason(Stage stage) {
        return stage.name() + ": " + stage.notReadyBecause();
    }
}
