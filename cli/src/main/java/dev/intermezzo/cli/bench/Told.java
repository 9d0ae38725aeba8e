package dev.intermezzo.cli.bench;

import dev.intermezzo.cli.output.Output;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells on standard error what goes on, with the seconds since the command began. */
final class Told implements Consumer<String> {
    private final Output output;
    private final long begun = System.nanoTime();

    Told(Output output) {
        this.output = output;
    }

    @Override
    public void accept(String what) {
        output.err()
                .println("%7d s  %s"
                        .formatted(Duration.ofNanos(System.nanoTime() - begun).toSeconds(), what));
        output.err().flush();
    }
}
