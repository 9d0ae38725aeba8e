package dev.intermezzo.runtime.settings;

import dev.intermezzo.runtime.network.Network;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads settings and collects every problem, so that all are told at once.
 *
 * <p>Each component has one record with a static {@code read(SettingsReader)}. A value that cannot be used is recorded as
 * a problem and its default stands in, so reading goes on; {@link #throwIfAny()} ends the start. Keys that nobody read are
 * problems too. Used by one thread.
 */
public final class SettingsReader {
    private final SettingsSource source;
    private final String meaning;
    private final Findings found;

    /** What reading brings to light; one for a reader and all its views. */
    private record Findings(
            List<String> problems,
            Map<String, String> effective,
            Map<String, DeclaredSetting> declared,
            Set<String> elsewhere) {}

    public SettingsReader(SettingsSource source) {
        this(
                source,
                "",
                new Findings(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new TreeSet<>()));
    }

    private SettingsReader(SettingsSource source, String meaning, Findings found) {
        this.source = source;
        this.meaning = meaning;
        this.found = found;
    }

    /**
     * This reader for one setting, with what an operator should know about it; shown in docs/settings.md.
     *
     * @param meaning what the setting does, without its unit, bounds and default, which are known
     */
    public SettingsReader about(String meaning) {
        return new SettingsReader(source, meaning, found);
    }

    /** Keys that are not read here and yet no mistake, because other stages read them from the same file. */
    public void leaveToOthers(Collection<String> keys) {
        found.elsewhere().addAll(keys);
    }

    public String text(String key, String defaultValue) {
        return read(key, defaultValue, Optional::of, "text");
    }

    /** A required text. */
    public String text(String key) {
        Optional<String> text = source.find(key);
        if (text.isEmpty()) {
            problem(missing(key));
        }
        declare(DeclaredSetting.Kind.REQUIRED, key, "text", "");
        found.effective().put(key, text.orElse(""));
        return text.orElse("");
    }

    /** A text that may be absent. */
    public Optional<String> optionalText(String key) {
        Optional<String> text = source.find(key);
        declare(DeclaredSetting.Kind.OPTIONAL, key, "text", "");
        found.effective().put(key, text.orElse(""));
        return text;
    }

    public boolean flag(String key, boolean defaultValue) {
        return read(key, defaultValue, Units::flag, "true or false");
    }

    public int integer(String key, int defaultValue, int min, int max) {
        return read(
                key, defaultValue, text -> Units.integer(text, min, max), "a whole number from " + min + " to " + max);
    }

    /** A time such as {@code 250ms}, {@code 20s}, {@code 15m}, {@code 24h}, {@code 7d}, not negative. */
    public Duration duration(String key, Duration defaultValue) {
        return duration(key, defaultValue, Duration.ZERO, Duration.ofDays(3650));
    }

    /** A time within bounds, both included. */
    public Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
        return read(
                key,
                defaultValue,
                text -> Units.duration(text).filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0),
                "a time from " + Units.print(min) + " to " + Units.print(max) + ", such as 250ms, 20s, 15m, 24h or 7d",
                Units::print);
    }

    /** A number of bytes such as {@code 65536}, {@code 64KiB}, {@code 128MiB}, within bounds, both included. */
    public long bytes(String key, long defaultValue, long min, long max) {
        return read(
                key,
                defaultValue,
                text -> Units.bytes(text).filter(size -> size >= min && size <= max),
                "a size from " + Units.printBytes(min) + " to " + Units.printBytes(max) + ", such as 64KiB or 128MiB",
                Units::printBytes);
    }

    /** An absolute http or https address. */
    public URI uri(String key, URI defaultValue) {
        return read(key, defaultValue, SettingsReader::address, "an absolute http or https address");
    }

    public Path path(String key, Path defaultValue) {
        return read(key, defaultValue, SettingsReader::pathOf, "a path");
    }

    /** Networks such as {@code 10.0.0.0/8}, several with commas; none when it is left out. */
    public List<Network> networks(String key) {
        Optional<String> text = source.find(key);
        declare(
                DeclaredSetting.Kind.OPTIONAL,
                key,
                "networks such as 10.0.0.0/8 or 2001:db8::/32, several with commas",
                "");
        found.effective().put(key, text.orElse(""));
        List<Network> networks = new ArrayList<>();
        text.ifPresent(all -> {
            for (String each : all.split(",", -1)) {
                switch (Network.read(each)) {
                    case Network.Reading.Read read -> networks.add(read.network());
                    case Network.Reading.Refused refused ->
                        problem(key + " (" + SettingsSource.environmentName(key) + "): " + refused.sentence());
                }
            }
        });
        return List.copyOf(networks);
    }

    /** One of an enum's constants, written in lower case with dashes. */
    public <E extends Enum<E>> E choice(String key, E defaultValue) {
        Class<E> type = defaultValue.getDeclaringClass();
        String options = String.join(", ", Units.choices(type));
        return read(key, defaultValue, text -> Units.choice(type, text), "one of " + options, Units::printChoice);
    }

    /**
     * A required secret: the key itself, or {@code <key>-file}, the path of a file that holds it. The file is the better
     * place, because a process's environment can be read by others.
     */
    public Secret secret(String key) {
        String fileKey = key + "-file";
        Optional<String> file = source.find(fileKey);
        declare(DeclaredSetting.Kind.SECRET, key, "text", "");
        declare(DeclaredSetting.Kind.OPTIONAL, fileKey, "a path", "");
        found.effective().put(key, "[secret]");
        found.effective().put(fileKey, file.orElse(""));
        Optional<String> direct = source.find(key);
        if (direct.isPresent() && file.isPresent()) {
            problem(key + " and " + fileKey + " are both set; leave one out.");
        } else if (direct.isEmpty() && file.isEmpty()) {
            problem(missing(key) + " " + fileKey + " may name a file that holds it.");
        }
        return direct.or(() -> file.flatMap(path -> contents(fileKey, path)))
                .map(Secret::of)
                .orElse(Secret.of(""));
    }

    /** Records a problem that no single value shows, such as two values that do not fit together. */
    public void problem(String sentence) {
        found.problems().add(sentence);
    }

    /** Every setting that was asked for, in reading order. */
    public List<DeclaredSetting> declared() {
        return List.copyOf(found.declared().values());
    }

    /** What is in force, by key in reading order; secrets masked. */
    public Map<String, String> effective() {
        return Map.copyOf(found.effective());
    }

    /**
     * Ends the start if anything is wrong; called once, after every component has read.
     *
     * @throws SettingsException with every problem, unknown keys included
     */
    public void throwIfAny() {
        List<String> all = new ArrayList<>(found.problems());
        Set<String> known = new TreeSet<>(found.effective().keySet());
        known.addAll(found.elsewhere());
        for (String unknown : source.unknown(known)) {
            all.add(unknown + " is not a setting of this stage.");
        }
        if (!all.isEmpty()) {
            throw new SettingsException(all);
        }
    }

    private <V> V read(String key, V defaultValue, Function<String, Optional<V>> parse, String wanted) {
        return read(key, defaultValue, parse, wanted, String::valueOf);
    }

    private <V> V read(
            String key, V defaultValue, Function<String, Optional<V>> parse, String wanted, Function<V, String> print) {
        Optional<String> text = source.find(key);
        Optional<V> value = text.flatMap(parse);
        if (text.isPresent() && value.isEmpty()) {
            problem("%s (%s) is '%s', but must be %s."
                    .formatted(key, SettingsSource.environmentName(key), text.get(), wanted));
        }
        V used = value.orElse(defaultValue);
        declare(DeclaredSetting.Kind.DEFAULTED, key, wanted, print.apply(defaultValue));
        found.effective().put(key, print.apply(used));
        return used;
    }

    /** The first declaration counts: what two components read under one key is one setting. */
    private void declare(DeclaredSetting.Kind kind, String key, String values, String defaultValue) {
        found.declared().putIfAbsent(key, new DeclaredSetting(key, kind, values, defaultValue, meaning));
    }

    private static String missing(String key) {
        return key + " (" + SettingsSource.environmentName(key) + ") is required.";
    }

    private Optional<String> contents(String fileKey, String path) {
        try {
            return Optional.of(Files.readString(Path.of(path)).strip())
                    .filter(text -> !text.isEmpty())
                    .or(() -> {
                        problem("The file that " + fileKey + " names, " + path + ", is empty.");
                        return Optional.empty();
                    });
        } catch (IOException | InvalidPathException e) {
            problem("The file that " + fileKey + " names, " + path + ", cannot be read.");
            return Optional.empty();
        }
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            boolean usable =
                    uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> pathOf(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
