package dev.intermezzo.cli.mozello;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozello.MozelloKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key read from a file, so that it stays out of the process list and of the shell's history. */
final class KeyFile {
    private KeyFile() {}

    /** The file's text without the line break that editors add at its end, as a key. */
    static MozelloKey read(Path file) {
        return MozelloKey.of("key-file", text(file));
    }

    /** The file's text without the line break that editors add at its end. */
    static String text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
            if (text.isEmpty()) {
                throw new CommandFailure("key-empty", "The key file " + file + " is empty.");
            }
            return text;
        } catch (IOException e) {
            throw new CommandFailure("key-unreadable", "The key file " + file + " cannot be read.", e);
        }
    }
}
