package dev.intermezzo.runtime.settings;

/**
 * What is known about a setting, whether it is set or not.
 *
 * @param values what it may be, with unit and bounds, as in the message about a value that cannot be used
 * @param defaultValue as it would be written in a file; empty unless {@link Kind#DEFAULTED}
 * @param meaning what it does; empty when nobody said
 */
public record DeclaredSetting(String key, Kind kind, String values, String defaultValue, String meaning) {
    /** Whether it must be set, and who may see it. */
    public enum Kind {
        DEFAULTED,
        OPTIONAL,
        REQUIRED,
        /** Required, and never printed. */
        SECRET
    }
}
