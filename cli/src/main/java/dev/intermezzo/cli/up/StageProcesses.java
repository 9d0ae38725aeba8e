package dev.intermezzo.cli.up;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.process.JavaProcess;
import dev.intermezzo.cli.process.SandboxSettingsFile;
import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stages of a sandbox in processes of their own, started as {@code intermezzo ingress} and so on with this process's
 * Java and class path. All read one settings file, {@code stages.properties} in the data folder; each writes its log beside it.
 */
public final class StageProcesses implements AutoCloseable {
    /** A busy machine starts so many virtual machines slowly. */
    private static final Duration READY = Duration.ofMinutes(3);

    private static final int HEAP_MIB = 192;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Longer than a stage takes to stop in order. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path data;
    private final Path settings;
    private final Set<StageRole> roles;
    private final Map<StageRole, Integer> managementPorts = new EnumMap<>(StageRole.class);
    private final Map<StageRole, JavaProcess> running = new EnumMap<>(StageRole.class);
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());

    private StageProcesses(Path data, Path settings, Set<StageRole> roles) {
        this.data = data;
        this.settings = settings;
        this.roles = roles;
        Iterator<Integer> free = Ports.freeOnes(roles.size()).iterator();
        for (StageRole role : roles) {
            managementPorts.put(role, free.next());
        }
    }

    /**
     * Starts all and returns when each is ready.
     *
     * @param ports where the edge listens, and the merchant API where it is asked for
     * @param mozelloApi of the simulated shop's world
     * @throws CommandFailure {@code not-ready} naming those that are not, and their logs
     */
    static StageProcesses start(Path data, KafkaSettings kafka, Ports ports, URI publicUrl, URI mozelloApi)
            throws InterruptedException {
        Set<StageRole> roles = EnumSet.copyOf(StageRole.PIPELINE);
        if (ports.api().isPresent()) {
            roles.add(StageRole.MERCHANT_API);
        }
        StageProcesses processes = new StageProcesses(data, write(data, kafka, ports, publicUrl, mozelloApi), roles);
        try {
            for (StageRole role : processes.roles) {
                processes.start(role);
            }
            for (StageRole role : processes.roles) {
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
        running.put(
                role,
                JavaProcess.start(
                        HEAP_MIB,
                        JavaProcess.Compiler.QUICK,
                        List.of(role.command(), "--settings", settings.toString()),
                        Map.of("INTERMEZZO_MANAGEMENT_PORT", String.valueOf(managementPorts.get(role))),
                        log(role)));
    }

    /** Ends a stage as a crash would (SIGKILL), and returns when it is gone. */
    public void kill(StageRole role) throws InterruptedException {
        running(role).kill();
    }

    /**
     * Asks a stage to end (SIGTERM).
     *
     * @return its exit code
     * @throws CommandFailure {@code not-stopped} when it does not end in 30 s
     */
    public int stop(StageRole role) throws InterruptedException {
        JavaProcess process = running(role);
        process.askToEnd();
        if (!process.awaitEnd(STOP)) {
            throw new CommandFailure(
                    "not-stopped", "The stage " + role.command() + " did not stop; see " + log(role) + ".");
        }
        return process.exitCode();
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

    /** Health and metrics of a stage. */
    URI management(StageRole role) {
        return URI.create("http://127.0.0.1:" + managementPorts.get(role));
    }

    /** Stops all in order, and what does not stop in time by force. */
    @Override
    public void close() {
        List<JavaProcess> all = new ArrayList<>(running.values());
        all.forEach(JavaProcess::askToEnd);
        long end = System.nanoTime() + STOP.toNanos();
        for (JavaProcess process : all) {
            try {
                if (!process.awaitEnd(Duration.ofNanos(end - System.nanoTime()))) {
                    process.endNow();
                }
            } catch (InterruptedException e) {
                all.forEach(JavaProcess::endNow);
                Thread.currentThread().interrupt();
            }
        }
        http.close();
    }

    private JavaProcess running(StageRole role) {
        JavaProcess process = running.get(role);
        if (process == null) {
            throw new IllegalStateException("the stage " + role.command() + " was not started");
        }
        return process;
    }

    private Path log(StageRole role) {
        return data.resolve(role.command() + ".log");
    }

    private boolean isReady(StageRole role) {
        return http.send(HttpCall.get(management(role).resolve("/ready")).withDeadline(ANSWER))
                        instanceof HttpResult.Answered answer
                && answer.status() == 200;
    }

    private static Path write(Path data, KafkaSettings kafka, Ports ports, URI publicUrl, URI mozelloApi) {
        Map<String, String> further = new HashMap<>(Map.of(
                "kafka.instance-id", kafka.instanceId(),
                // One instance of each: there is nobody to stand by.
                "streams.standby-replicas", "0",
                "orchestrator.state-dir", data.resolve("state/orchestrator").toString(),
                "correlator.state-dir", data.resolve("state/correlator").toString(),
                "notifier.state-dir", data.resolve("state/schedule").toString(),
                "auditor.state-dir", data.resolve("state/auditor").toString(),
                "webhook.spool.dir", data.resolve("state/webhook-spool").toString(),
                "mozello.api", mozelloApi.toString(),
                "ingress.port", Integer.toString(ports.ingress())));
        ports.api().ifPresent(port -> further.put("merchant-api.port", Integer.toString(port)));
        return SandboxSettingsFile.write(data, kafka, TopicSettings.sandbox(), publicUrl, further);
    }
}
