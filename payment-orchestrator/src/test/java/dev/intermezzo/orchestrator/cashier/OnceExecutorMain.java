package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Topics;
import java.nio.file.Path;
import java.time.InstantSource;

/** An executor in a process of its own, for tests that kill it: {@code bootstrap-servers keys-folder instance}. */
final class OnceExecutorMain {
    private OnceExecutorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        OnceExecutorService executor = new OnceExecutorService(
                OnceWorld.settings(),
                new KafkaSettings(arguments[0], Topics.DEFAULT_PREFIX, arguments[2]),
                SealingKeys.load(Path.of(arguments[1])),
                AddressPolicy.allowingLoopback(),
                new OnceLoop.Bounds(Topics.ONCE_GROUP, OnceWorld.SLACK),
                InstantSource.system());
        executor.start();
        Thread.currentThread().join(); // until it is killed
    }
}
