package dev.intermezzo.cli.up;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.http.SandboxSwitch;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The stages of a sandbox in processes of their own, started as {@code intermezzo ingress} and so on with this process's
 * Java and class path. All read one settings file, {@code stages.properties} in the data folder; each writes its log beside it.
 */
public final class StageProcesses implements AutoCloseable {
    /** A busy machine starts five virtual machines slowly. */
    private static final Duration READY = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Longer than a stage takes to stop in order. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path data;
    private final Path settings;
    private final Map<StageRole, Integer> managementPorts = new EnumMap<>(StageRole.class);
    private final Map<StageRole, Process> running = new EnumMap<>(StageRole.class);
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());

    private StageProcesses(Path data, Path settings) {
        this.data = data;
        this.settings = settings;
        Iterator<Integer> free = Ports.freeOnes(StageRole.values().length).iterator();
        for (StageRole role : StageRole.values()) {
            managementPorts.put(role, free.next());
        }
    }

    /**
     * Starts all and returns when each is ready.
     *
     * @throws CommandFailure {@code not-ready} naming those that are not, and their logs
     */
    static StageProcesses start(Path data, KafkaSettings kafka, int ingressPort, URI publicUrl)
            throws InterruptedException {
        StageProcesses processes = new StageProcesses(data, write(data, kafka, ingressPort, publicUrl));
        try {
            for (StageRole role : StageRole.values()) {
                processes.start(role);
            }
            for (StageRole role : StageRole.values()) {
                processes.awaitReady(role);
            }
            return processes;
        } catch (InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    /** Starts a stage that is not running, and returns at once. */
    public void start(StageRole role) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:MaxDirectMemorySize=64m",
                // Ready sooner, and out of the way of the others on the same cores.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.intermezzo.cli.Intermezzo",
                role.command(),
                "--settings",
                settings.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(role).toFile()));
        builder.environment().put("INTERMEZZO_MANAGEMENT_PORT", String.valueOf(managementPorts.get(role)));
        try {
            running.put(role, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the process of the stage " + role.command() + " could not be started", e);
        }
    }

    /** Ends a stage as a crash would (SIGKILL), and returns when it is gone. */
    public void kill(StageRole role) throws InterruptedException {
        Process process = running(role);
        process.destroyForcibly();
        process.waitFor();
    }

    /**
     * Asks a stage to end (SIGTERM).
     *
     * @return its exit code
     * @throws CommandFailure {@code not-stopped} when it does not end in 30 s
     */
    public int stop(StageRole role) throws InterruptedException {
        Process process = running(role);
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new CommandFailure(
                    "not-stopped", "The stage " + role.command() + " did not stop; see " + log(role) + ".");
        }
        return process.exitValue();
    }

    /** @throws CommandFailure {@code not-ready} when it does not become ready in three minutes, or has ended */
    public void awaitReady(StageRole role) throws InterruptedException {
        long end = System.nanoTime() + READY.toNanos();
        while (!isReady(role)) {
            if (System.nanoTime() > end || !running(role).isAlive()) {
                throw new CommandFailure(
                        "not-ready", "The stage " + role.command() + " did not become ready; see " + log(role) + ".");
            }
            Thread.sleep(LOOK);
        }
    }

    /** Stops all in order, and what does not stop in time by force. */
    @Override
    public void close() {
        List<Process> all = new ArrayList<>(running.values());
        all.forEach(Process::destroy);
        long end = System.nanoTime() + STOP.toNanos();
        for (Process process : all) {
            try {
                if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                all.forEach(Process::destroyForcibly);
                Thread.currentThread().interrupt();
            }
        }
        http.close();
    }

    private Process running(StageRole role) {
        Process process = running.get(role);
        if (process == null) {
            throw new IllegalStateException("the stage " + role.command() + " was not started");
        }
        return process;
    }

    private Path log(StageRole role) {
        return data.resolve(role.command() + ".log");
    }

    private boolean isReady(StageRole role) {
        URI ready = URI.create("http://127.0.0.1:" + managementPorts.get(role) + "/ready");
        return http.send(HttpCall.get(ready).withDeadline(ANSWER)) instanceof HttpResult.Answered answer
                && answer.status() == 200;
    }

    private static Path write(Path data, KafkaSettings kafka, int ingressPort, URI publicUrl) {
        Properties all = new Properties();
        all.setProperty("accept.incomplete-security", "true");
        all.setProperty(SandboxSwitch.KEY, "true");
        all.setProperty("kafka.bootstrap-servers", kafka.bootstrapServers());
        all.setProperty("kafka.topic-prefix", kafka.topicPrefix());
        all.setProperty("kafka.instance-id", kafka.instanceId());
        all.setProperty("topics.partitions", "3");
        all.setProperty("topics.replication", "1");
        all.setProperty("topics.min-in-sync", "1");
        // One instance of each: there is nobody to stand by.
        all.setProperty("streams.standby-replicas", "0");
        all.setProperty("keys.dir", data.resolve("keys").toString());
        all.setProperty(
                "orchestrator.state-dir", data.resolve("state/orchestrator").toString());
        all.setProperty("correlator.state-dir", data.resolve("state/correlator").toString());
        all.setProperty("notifier.state-dir", data.resolve("state/schedule").toString());
        all.setProperty("webhook.spool.dir", data.resolve("state/webhook-spool").toString());
        all.setProperty("ingress.port", Integer.toString(ingressPort));
        all.setProperty("ingress.public-url", publicUrl.toString());
        Path file = data.resolve("stages.properties");
        try (var writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            all.store(writer, "Settings of the sandbox's stages; written at each start.");
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The file " + file + " cannot be written.", e);
        }
        return file;
    }
}
