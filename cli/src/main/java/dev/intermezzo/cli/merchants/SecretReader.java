package dev.intermezzo.cli.merchants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.settings.Secret;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets that a file names: a text, {@code {text: …}}, {@code {file: path}} or {@code {env: NAME}}, the last
 * three with {@code id} and {@code not-after} where several are valid at once. No secret may stand in two places.
 */
final class SecretReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    /** Records count microseconds; Java's own last time is far beyond what they can hold. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final String ONLY_ONE = "main";
    /** Keys and tokens have a few dozen characters; more is some other file. */
    private static final int LONGEST = 4_096;

    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems;
    private final Map<Secret, String> used = new HashMap<>();

    SecretReader(Path folder, Map<String, String> environment, Problems problems) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * The secret that a file holds alone, by the same rules as in a merchants file.
     *
     * @throws CommandFailure {@code secret-unreadable}
     */
    static Secret fromFile(Path file) {
        Problems problems = new Problems();
        Section section = new Section("", JsonNodeFactory.instance.objectNode(), problems);
        return new SecretReader(Path.of(""), Map.of(), problems)
                .ofFile(section, file.toString())
                .map(Secret::of)
                .orElseThrow(() -> new CommandFailure(
                        "secret-unreadable", problems.all().getFirst().sentence() + ": " + file));
    }

    /** The secrets under a key, which holds one or a list of them. */
    List<DeclaredSecret> read(Section section, String key, String purpose, boolean required) {
        Optional<JsonNode> value = section.raw(key);
        if (value.isEmpty() || (value.get().isArray() && value.get().isEmpty())) {
            if (required) {
                section.missing(key);
            }
            return List.of();
        }
        if (!value.get().isArray()) {
            return one(section.at(key), value.get(), purpose, false).stream().toList();
        }
        List<DeclaredSecret> secrets = new ArrayList<>();
        boolean several = value.get().size() > 1;
        section.each(key, (where, each) -> one(where, each, purpose, several).ifPresent(secrets::add));
        Set<String> ids = new HashSet<>();
        secrets.stream()
                .filter(secret -> !ids.add(secret.id()))
                .forEach(secret -> section.problem(key, "id-twice", "names two secrets \"" + secret.id() + "\""));
        return secrets;
    }

    private Optional<DeclaredSecret> one(String where, JsonNode value, String purpose, boolean several) {
        if (!(value instanceof ObjectNode object)) {
            if (several) {
                problems.add(
                        where, "secret-without-id", "needs an id, because several are valid at once: {env: …, id: …}");
            }
            return literal(where, value)
                    .flatMap(text -> unused(where, text))
                    .map(secret -> new DeclaredSecret(ONLY_ONE, purpose, secret, null));
        }
        Section section = new Section(where, object, problems);
        String id = section.text("id").orElse(ONLY_ONE);
        if (several && section.raw("id").isEmpty()) {
            problems.add(where, "secret-without-id", "needs an id, because several are valid at once");
        }
        if (!ID.matcher(id).matches()) {
            section.problem("id", "malformed-id", "an id has 1 to 40 letters, digits, dots, dashes and underscores");
        }
        Instant notAfter = notAfter(section);
        Optional<Secret> secret = source(where, section).flatMap(text -> unused(where, text));
        section.end();
        return secret.map(text -> new DeclaredSecret(id, purpose, text, notAfter));
    }

    private @Nullable Instant notAfter(Section section) {
        return section.text("not-after")
                .flatMap(text -> {
                    try {
                        Instant time = Instant.parse(text);
                        if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
                            return Optional.of(time);
                        }
                    } catch (DateTimeException e) {
                        // Told below, like a time that no record can hold.
                    }
                    section.problem("not-after", "not-a-time", "must be a time such as 2026-12-31T23:59:59Z");
                    return Optional.empty();
                })
                .orElse(null);
    }

    private Optional<String> source(String where, Section section) {
        Optional<JsonNode> text = section.raw("text");
        Optional<String> file = section.text("file");
        Optional<String> variable = section.text("env");
        long given = List.of(text.isPresent(), file.isPresent(), variable.isPresent()).stream()
                .filter(present -> present)
                .count();
        if (given != 1) {
            problems.add(where, "secret-source", "must name exactly one of file, env and text");
            return Optional.empty();
        }
        if (text.isPresent()) {
            return literal(where, text.get());
        }
        return file.isPresent() ? ofFile(section, file.get()) : ofEnvironment(section, variable.orElse(""));
    }

    private Optional<String> literal(String where, JsonNode value) {
        if (!value.isTextual()) {
            problems.add(where, "not-a-secret", "must be a text in quotes, {file: path} or {env: NAME}");
            return Optional.empty();
        }
        return checked(where, value.asText());
    }

    private Optional<String> ofEnvironment(Section section, String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            section.problem("env", "variable-missing", "the environment has no variable " + name);
            return Optional.empty();
        }
        return checked(section.at("env"), value);
    }

    private Optional<String> ofFile(Section section, String path) {
        String wrong;
        try {
            Path file = folder.resolve(path);
            if (Files.size(file) > LONGEST) {
                wrong = "is longer than a key or token: " + file;
            } else {
                // An editor ends the file with a line break; it is not part of the key.
                return checked(section.at("file"), Files.readString(file).replaceFirst("\\R\\z", ""));
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            wrong = "does not exist: " + folder.resolve(".").normalize() + ", " + path;
        } catch (MalformedInputException e) {
            wrong = "is not UTF-8 text: " + path;
        } catch (IOException e) {
            wrong = "cannot be read: " + path;
        }
        section.problem("file", "file-unreadable", wrong);
        return Optional.empty();
    }

    private Optional<String> checked(String where, String text) {
        boolean blank = text.isBlank() || !text.equals(text.strip());
        if (blank || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(
                    where,
                    "not-a-secret",
                    "is empty, too long, or has line breaks, control characters or blanks around it");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** A key that verifies two shops' forms could make one shop's form pay the other's order. */
    Optional<Secret> unused(String where, String text) {
        Secret secret = Secret.of(text);
        String other = used.putIfAbsent(secret, where);
        if (other != null) {
            problems.add(where, "secret-twice", "is the same key or token as " + other);
            return Optional.empty();
        }
        return Optional.of(secret);
    }

    /** The texts of a list of secrets that are kept as digests only. */
    List<Secret> texts(Section section, String key) {
        List<Secret> texts = new ArrayList<>();
        section.each(key, (where, value) -> {
            Optional<String> text = value instanceof ObjectNode object ? plain(where, object) : literal(where, value);
            text.flatMap(found -> unused(where, found)).ifPresent(texts::add);
        });
        return texts;
    }

    private Optional<String> plain(String where, ObjectNode object) {
        Section section = new Section(where, object, problems);
        Optional<String> found = source(where, section);
        section.end();
        return found;
    }
}
