package dev.intermezzo.cli.stage;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.runtime.http.SandboxSwitch;
import dev.intermezzo.runtime.lifecycle.Management;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.schemas.WriteLevel;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How every stage's command runs: settings, checks, start, readiness, and an orderly end. Mixed into each of them. */
final class StageProcess {
    private static final Logger LOG = LoggerFactory.getLogger(StageProcess.class);
    private static final Path USUAL_FILE = Path.of("intermezzo.properties");
    private static final Duration LOOK = Duration.ofMillis(250);

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = {
                "Properties file with settings; variables of the environment override it.",
                "Default: intermezzo.properties in the working directory, when it is there."
            })
    private @Nullable Path file;

    private record Start(ProcessSettings process, StageSet stages) {}

    /**
     * Runs the stage until a signal stops it.
     *
     * @return 0 after an orderly stop, 1 when the stage failed while it ran
     * @throws CommandFailure when it could not start, saying what to do
     */
    int run(StageRole role) throws InterruptedException {
        Start start = settings(role);
        announceSandbox(role, start.process());
        WriteLevel.set(start.process().writeLevel());
        SealingKeys keys = check(start);
        try (GracefulStop stop = GracefulStop.onSignal();
                StageGroup stages = build(role, start, keys);
                Management management = management(start.process(), stages)) {
            management.start();
            stages.start();
            return untilStopped(role, stop, stages, management);
        }
    }

    private Start settings(StageRole role) {
        try {
            SettingsReader reader = new SettingsReader(source());
            Start start = new Start(ProcessSettings.read(reader), role.read(reader));
            reader.leaveToOthers(StageRole.keysOfAll());
            reader.throwIfAny();
            return start;
        } catch (SettingsException e) {
            throw new CommandFailure(
                    "settings-refused", e.getMessage() + "\nEvery setting is described in docs/settings.md.", e);
        }
    }

    private SettingsSource source() {
        if (file != null) {
            return SettingsSource.of(file, System.getenv());
        }
        return Files.exists(USUAL_FILE)
                ? SettingsSource.of(USUAL_FILE, System.getenv())
                : SettingsSource.ofEnvironment(System.getenv());
    }

    private static void announceSandbox(StageRole role, ProcessSettings process) {
        if (process.loopback()) {
            LOG.atWarn()
                    .addKeyValue("stage", role.command())
                    .addKeyValue("setting", SandboxSwitch.KEY)
                    .log(
                            "calls and pages may lead to this machine itself and to names below localhost: a sandbox, never for real money");
        }
    }

    /** In the order of what is cheapest to find out. */
    private static SealingKeys check(Start start) throws InterruptedException {
        ProcessSettings process = start.process();
        StartChecks.ports(start.stages().ports(), process.management());
        start.stages().stateDirs().forEach(StartChecks::stateDir);
        SealingKeys keys = StartChecks.keys(process.keysDir(), start.stages().keysets());
        StartChecks.kafka(process.kafka(), process.kafkaWait());
        StartChecks.topics(process.kafka(), process.topics(), start.stages().topics(), process.kafkaWait());
        return keys;
    }

    private static StageGroup build(StageRole role, Start start, SealingKeys keys) {
        ProcessSettings process = start.process();
        try {
            return new StageGroup(start.stages()
                    .build(new StageContext(process.kafka(), keys, process.policy(), InstantSource.system())));
        } catch (RuntimeException e) {
            throw new CommandFailure(
                    "stage-not-started", "The stage " + role.command() + " could not start: " + e.getMessage(), e);
        }
    }

    private static Management management(ProcessSettings process, StageGroup stages) {
        try {
            return new Management(process.management(), stages.stages());
        } catch (UncheckedIOException e) {
            throw new CommandFailure("port-in-use", e.getMessage() + "; choose another with management.port.", e);
        }
    }

    private int untilStopped(StageRole role, GracefulStop stop, StageGroup stages, Management management)
            throws InterruptedException {
        boolean announced = false;
        while (!stop.await(LOOK)) {
            List<String> failed = stages.failed();
            if (!failed.isEmpty()) {
                output.err()
                        .println("stage-failed: " + String.join(" ", failed)
                                + " The log says what happened before; this process ends, so that it is started anew.");
                output.err().flush();
                return ExitCodes.DOES_NOT_HOLD;
            }
            if (!announced && stages.notReady().isEmpty()) {
                announced = true;
                ready(role, management);
            }
        }
        output.err().println("Stopping " + role.command() + " ...");
        output.err().flush();
        // While /ready is still there to say no.
        stages.close();
        return ExitCodes.HOLDS;
    }

    private void ready(StageRole role, Management management) {
        LOG.atInfo()
                .addKeyValue("stage", role.command())
                .addKeyValue("management", management.port())
                .log("ready");
        output.line("The stage " + role.command() + " is ready. Health and metrics: port " + management.port() + ".");
        output.result(Map.of("ready", true, "stage", role.command(), "management_port", management.port()));
    }
}
