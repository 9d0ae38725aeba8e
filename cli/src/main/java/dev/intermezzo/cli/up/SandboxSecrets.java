package dev.intermezzo.cli.up;

import dev.intermezzo.cli.output.CommandFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What the simulated partners and we share. Drawn once for each data folder, so that a restart goes on with the same ones;
 * even a sandbox has no password that stands in a repository.
 *
 * @param tokens of the company whose account sends user tokens
 * @param sessions of the company whose account sends session tokens
 */
record SandboxSecrets(String mozelloKey, Company tokens, String globalKey, String connectionSecret, Company sessions) {
    private static final List<String> NAMES = List.of(
            "mozello-key",
            "company-token",
            "user-token-secret",
            "webhook-token",
            "global-key",
            "connection-secret",
            "session-company-token",
            "session-user-token-secret",
            "session-webhook-token");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** Credentials of one company at the simulated Cashier. */
    record Company(String token, String userTokenSecret, String webhookToken) {

        @Override
        public String toString() {
            return "Company";
        }
    }

    static SandboxSecrets of(Path folder) {
        Path file = folder.resolve("sandbox-secrets.properties");
        try {
            Map<String, String> known = Files.exists(file) ? read(file) : Map.of();
            if (!known.keySet().containsAll(NAMES)) {
                // Of a folder that an earlier release made, what it has stays.
                write(file, known);
            }
            Map<String, String> all = read(file);
            return new SandboxSecrets(
                    all.getOrDefault("mozello-key", ""),
                    company(all, ""),
                    all.getOrDefault("global-key", ""),
                    all.getOrDefault("connection-secret", ""),
                    company(all, "session-"));
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The data folder's file " + file + " cannot be used.", e);
        }
    }

    @Override
    public String toString() {
        return "SandboxSecrets";
    }

    private static Company company(Map<String, String> all, String prefix) {
        return new Company(
                all.getOrDefault(prefix + "company-token", ""),
                all.getOrDefault(prefix + "user-token-secret", ""),
                all.getOrDefault(prefix + "webhook-token", ""));
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(Files.readString(file)));
        Map<String, String> all = new HashMap<>();
        read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name, "")));
        return all;
    }

    private static void write(Path file, Map<String, String> known) throws IOException {
        String text = NAMES.stream()
                .map(name -> name + "=" + known.getOrDefault(name, drawn()) + "\n")
                .collect(Collectors.joining());
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(
                file,
                text.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String drawn() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
