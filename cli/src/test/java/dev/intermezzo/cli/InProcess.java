package dev.intermezzo.cli;

import dev.intermezzo.cli.kafka.CommandRun;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs {@code intermezzo} without a process of its own. */
public final class InProcess {
    private InProcess() {}

    /** Runs the whole command, as its {@code main} does, and keeps what it printed. */
    public static CommandRun intermezzo(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Intermezzo.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(exit, out.toString(), err.toString());
    }
}
