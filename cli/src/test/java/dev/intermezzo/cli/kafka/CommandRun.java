package dev.intermezzo.cli.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What a command printed, and how it ended. */
public record CommandRun(int exit, String out, String err) {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Runs a top command as {@code intermezzo} does. */
    public static CommandRun of(Object command, String[] options, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof CommandFailure known) {
                        line.getErr().println(known.code() + ": " + known.getMessage());
                        return ExitCodes.CANNOT_RUN;
                    }
                    throw failure;
                })
                .execute(Stream.concat(Arrays.stream(arguments), Arrays.stream(options))
                        .toArray(String[]::new));
        return new CommandRun(exit, out.toString(), err.toString());
    }

    /** The one JSON object that is the last line of standard output. */
    public JsonNode json() {
        List<String> lines = out.lines().toList();
        try {
            JsonNode last = STRICT.readTree(lines.getLast());
            if (!last.isObject()
                    || lines.stream().filter(line -> line.startsWith("{")).count() != 1) {
                throw new AssertionError("not exactly one JSON object: " + out);
            }
            return last;
        } catch (JsonProcessingException e) {
            throw new AssertionError("the last line is no JSON: " + out, e);
        }
    }
}
