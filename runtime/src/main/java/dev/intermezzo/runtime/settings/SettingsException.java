package dev.intermezzo.runtime.settings;

import java.util.List;

/** The settings cannot be used; every problem is listed, each as a sentence that names its key. */
public final class SettingsException extends RuntimeException {
    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super("The settings have " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
