package dev.intermezzo.runtime.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where settings come from: the environment first, then a properties file.
 *
 * <p>The key {@code ingress.port} is the variable {@code INTERMEZZO_INGRESS_PORT}: upper case, dots and dashes as
 * underscores. A variable that is empty counts as absent.
 */
public final class SettingsSource {
    static final String PREFIX = "INTERMEZZO_";

    /** Variables that the launcher and the log configuration read themselves. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "INTERMEZZO_LOG", "INTERMEZZO_LOG_LEVEL", "INTERMEZZO_HOME", "INTERMEZZO_JAVA_OPTS", "INTERMEZZO_BUILD");

    private final Map<String, String> file;
    private final Map<String, String> environment;

    private SettingsSource(Map<String, String> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** Settings from memory, as tests and the one-process sandbox use them. */
    public static SettingsSource of(Map<String, String> settings) {
        return new SettingsSource(new TreeMap<>(settings), Map.of());
    }

    /** Settings from an environment only. */
    public static SettingsSource ofEnvironment(Map<String, String> environment) {
        return new SettingsSource(Map.of(), ours(environment));
    }

    /**
     * Settings from a properties file in UTF-8, overridden by an environment.
     *
     * @throws SettingsException when the file cannot be read
     */
    public static SettingsSource of(Path propertiesFile, Map<String, String> environment) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(propertiesFile, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw unreadable(propertiesFile, "does not exist", e);
        } catch (MalformedInputException e) {
            throw unreadable(propertiesFile, "is not UTF-8", e);
        } catch (IOException e) {
            throw unreadable(propertiesFile, "cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw unreadable(propertiesFile, "has a malformed \\u escape", e);
        }
        Map<String, String> file = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> file.put(key, properties.getProperty(key)));
        return new SettingsSource(file, ours(environment));
    }

    /** Name of the variable that sets {@code key}. */
    public static String environmentName(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    Optional<String> find(String key) {
        String value = environment.get(environmentName(key));
        if (value == null) {
            value = file.get(key);
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Keys of the file and names of variables that none of {@code known} stands for, sorted. */
    Set<String> unknown(Set<String> known) {
        Set<String> unknown = new TreeSet<>(file.keySet());
        unknown.removeAll(known);
        Set<String> variables = new TreeSet<>(environment.keySet());
        known.forEach(key -> variables.remove(environmentName(key)));
        unknown.addAll(variables);
        return unknown;
    }

    private static Map<String, String> ours(Map<String, String> environment) {
        Map<String, String> ours = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !NOT_SETTINGS.contains(name) && !value.isBlank()) {
                ours.put(name, value);
            }
        });
        return ours;
    }

    private static SettingsException unreadable(Path file, String why, Exception cause) {
        SettingsException exception = new SettingsException(List.of("The settings file " + file + " " + why + "."));
        exception.initCause(cause);
        return exception;
    }
}
