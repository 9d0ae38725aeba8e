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
import java.util.Properties;
import java.util.Set;

/**
 * What the simulated partners and we share. Drawn once for each data folder, so that a restart goes on with the same ones;
 * even a sandbox has no password that stands in a repository.
 */
record SandboxSecrets(String mozelloKey, String companyToken, String userTokenSecret, String webhookToken) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static SandboxSecrets of(Path folder) {
        Path file = folder.resolve("sandbox-secrets.properties");
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            Properties read = new Properties();
            read.load(new StringReader(Files.readString(file)));
            return new SandboxSecrets(
                    read.getProperty("mozello-key", ""),
                    read.getProperty("company-token", ""),
                    read.getProperty("user-token-secret", ""),
                    read.getProperty("webhook-token", ""));
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The data folder's file " + file + " cannot be used.", e);
        }
    }

    @Override
    public String toString() {
        return "SandboxSecrets";
    }

    private static void write(Path file) throws IOException {
        String text = "mozello-key=" + drawn() + "\ncompany-token=" + drawn() + "\nuser-token-secret=" + drawn()
                + "\nwebhook-token=" + drawn() + "\n";
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                file,
                text.getBytes(StandardCharsets.UTF_8),
                Set.of(StandardOpenOption.WRITE).toArray(StandardOpenOption[]::new));
    }

    private static String drawn() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
