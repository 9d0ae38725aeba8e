package dev.intermezzo.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command contract's output: with {@code --json} exactly one JSON object as the last line of standard output, without it
 * a text for people. Everything else (logs, progress) goes to standard error.
 */
public final class Output {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec command;

    @Option(names = "--json", description = "Print one JSON object as the last line of standard output, for scripts.")
    private boolean json;

    /** Whether the caller is a script. */
    public boolean isJson() {
        return json;
    }

    /** Prints a line for people; nothing when a script asks. */
    public void line(String text) {
        if (!json) {
            out().println(text);
            out().flush();
        }
    }

    /** Prints exactly these characters, for a file whose every byte counts; nothing when a script asks. */
    public void exactly(String text) {
        if (!json) {
            out().print(text);
            out().flush();
        }
    }

    /** Prints the result for scripts; nothing when a person asks. */
    public void result(Map<String, ?> fields) {
        if (json) {
            try {
                out().println(JSON.writeValueAsString(fields));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a result is made of plain values", e);
            }
            out().flush();
        }
    }

    /** Standard output. */
    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Standard error: progress and explanations. */
    public PrintWriter err() {
        return command.commandLine().getErr();
    }
}
