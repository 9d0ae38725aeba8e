package dev.intermezzo.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An {@code intermezzo} command in a process of its own, with this process's Java and class path. Whoever starts one ends it;
 * it is always named by its process id, so nothing else can be hit.
 */
public final class JavaProcess {
    private static final Duration SIGNALLED = Duration.ofSeconds(10);
    private static final String PEAK = "VmHWM:";
    private static final int KIB = 1_024;

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /** How far the platform compiles what a process runs. */
    public enum Compiler {
        /** Ready sooner, and out of the way of the others on the same cores. */
        QUICK("-XX:TieredStopAtLevel=1"),
        /** Worth its time where much is calculated: multiplying on a curve takes several times as long without. */
        THOROUGH("-XX:TieredStopAtLevel=4");

        private final String option;

        Compiler(String option) {
            this.option = option;
        }
    }

    /**
     * Starts one and returns at once.
     *
     * @param heap in MiB
     * @param arguments of the command
     * @param environment beside this process's own
     * @param log what it says, added at the end
     */
    public static JavaProcess start(
            int heap, Compiler compiler, List<String> arguments, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:MaxDirectMemorySize=64m",
                compiler.option,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.intermezzo.cli.Intermezzo"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new JavaProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the process of " + arguments.getFirst() + " could not be started", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a crash would (SIGKILL), and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Holds it still (SIGSTOP), as a machine does that is out of memory or moves to another host. */
    public void hold() throws InterruptedException {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void letGo() throws InterruptedException {
        signal("CONT");
    }

    /** Asks what its threads do (SIGQUIT): the answer is in its log. */
    public void askForThreads() throws InterruptedException {
        signal("QUIT");
    }

    /** Asks it to end (SIGTERM) and returns at once. */
    public void askToEnd() {
        process.destroy();
    }

    /** @return whether it ended within this time */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** The most memory that it ever held at once, in bytes (Linux: {@code VmHWM}, proc(5)); empty where the system does not tell. */
    public OptionalLong peakMemory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst();
        } catch (IOException | UncheckedIOException ended) {
            return OptionalLong.empty();
        }
    }

    /** @throws IllegalThreadStateException when it has not ended */
    public int exitCode() {
        return process.exitValue();
    }

    /** Ends it at once and without waiting; nothing happens when it has ended. */
    public void endNow() {
        process.destroyForcibly();
    }

    /** Java sends only two signals itself; every POSIX shell can send the others. */
    private void signal(String name) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        try {
            Process shell = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(SIGNALLED.toSeconds(), TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the signal " + name + " could not be sent", e);
        }
    }
}
