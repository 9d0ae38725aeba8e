package dev.intermezzo.cli.fleet;

import dev.intermezzo.cli.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of a fleet, by a name that stays the same when it is started again. Safe for use by several threads: whoever
 * strikes it and whoever starts it anew may meet.
 */
public final class Member {
    private final Kind kind;
    private final int number;
    private final Launch launch;
    private final BooleanSupplier readiness;
    private @Nullable JavaProcess process;
    private boolean wanted;
    private boolean held;

    /**
     * How its process is started, the first time and after each end.
     *
     * @param heap in MiB
     * @param log kept across restarts
     */
    record Launch(
            int heap,
            JavaProcess.Compiler compiler,
            List<String> arguments,
            Map<String, String> environment,
            Path log) {
        JavaProcess start() {
            return JavaProcess.start(heap, compiler, arguments, environment, log);
        }
    }

    Member(Kind kind, int number, Launch launch, BooleanSupplier readiness) {
        this.kind = kind;
        this.number = number;
        this.launch = launch;
        this.readiness = readiness;
    }

    public Kind kind() {
        return kind;
    }

    /** Kind and number, for instance {@code orchestrator-2}. */
    public String name() {
        return kind.id() + "-" + number;
    }

    public Path log() {
        return launch.log();
    }

    /** Of the current or last process; -1 before the first. */
    public synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    /** Starts it unless it runs; from now on it is meant to run. */
    public synchronized void start() {
        wanted = true;
        if (process == null || !process.isAlive()) {
            held = false;
            process = launch.start();
        }
    }

    /** Kills it (SIGKILL); from now on it is not meant to run. */
    public synchronized void kill() throws InterruptedException {
        wanted = false;
        if (process != null) {
            process.kill();
        }
    }

    /** Holds it still (SIGSTOP). */
    public synchronized void hold() throws InterruptedException {
        if (process != null) {
            held = true;
            process.hold();
        }
    }

    /** Lets it go on (SIGCONT). */
    public synchronized void letGo() throws InterruptedException {
        if (process != null) {
            process.letGo();
            held = false;
        }
    }

    /**
     * What a supervisor does: starts it again when it ended although it is meant to run.
     *
     * @return whether it had ended
     */
    synchronized boolean startIfEnded() {
        if (!wanted || process == null || process.isAlive()) {
            return false;
        }
        start();
        return true;
    }

    /** Whether it runs, is not held, and says that it serves. */
    public boolean isReady() {
        synchronized (this) {
            if (!wanted || held || process == null || !process.isAlive()) {
                return false;
            }
        }
        return readiness.getAsBoolean();
    }

    /** Has it write into its log what its threads do. */
    synchronized void askForThreads() throws InterruptedException {
        if (process != null) {
            process.askForThreads();
        }
    }

    /** Asks it to end (SIGTERM), whatever state it is in; from now on it is not meant to run. */
    public synchronized void askToEnd() throws InterruptedException {
        wanted = false;
        if (process != null) {
            process.askToEnd();
            process.letGo();
        }
    }

    /** @return whether it ended within this time */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        JavaProcess ending;
        synchronized (this) {
            ending = process;
        }
        return ending == null || ending.awaitEnd(atMost);
    }

    /** The most memory that the current process ever held, in bytes; empty where the system does not tell. */
    public synchronized OptionalLong peakMemory() {
        return process == null ? OptionalLong.empty() : process.peakMemory();
    }

    /** By force, without waiting. */
    synchronized void endNow() {
        wanted = false;
        if (process != null) {
            process.endNow();
        }
    }
}
