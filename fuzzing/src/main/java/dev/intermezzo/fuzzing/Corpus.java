package dev.intermezzo.fuzzing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Example inputs of one parser. They are mutated, and each of them is also a test as it stands: every input that ever
 * failed is kept here.
 *
 * @param examples at least one
 */
public record Corpus(List<byte[]> examples) {

    /** Checks that there is something to mutate. */
    public Corpus {
        examples = List.copyOf(examples);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("a corpus has examples");
        }
    }

    /**
     * The file {@code /fuzz/<name>.corpus} beside the tests: one input per line as {@link Line} writes it; empty lines and
     * lines that begin with {@code #} are none.
     *
     * @param tests a class of the module whose file it is
     */
    public static Corpus of(Class<?> tests, String name) {
        String file = "/fuzz/" + name + ".corpus";
        try (InputStream in = Objects.requireNonNull(tests.getResourceAsStream(file), file)) {
            return new Corpus(new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Line::bytes)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** The corpus of these texts in UTF-8. */
    public static Corpus ofTexts(Stream<String> texts) {
        return new Corpus(
                texts.map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** This corpus and the examples of another one. */
    public Corpus and(Corpus other) {
        List<byte[]> all = new ArrayList<>(examples);
        all.addAll(other.examples);
        return new Corpus(all);
    }

    /** Puts each example as it stands through a target. */
    public void replay(Guard guard, Consumer<byte[]> target) {
        examples.forEach(example -> guard.run(example, target));
    }

    byte[] example(int number) {
        return examples.get(Math.floorMod(number, examples.size()));
    }
}
