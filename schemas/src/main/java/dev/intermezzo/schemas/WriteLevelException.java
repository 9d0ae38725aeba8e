package dev.intermezzo.schemas;

/** Something was about to be written that not every build beside this one can read; the message says what to do. */
public final class WriteLevelException extends IllegalStateException {
    WriteLevelException(String what, int level, int allowed) {
        super(
                "%s may be written from write-level %d on, and this process has %d. Raise the setting once every process runs a build that knows it (docs/operations.md)."
                        .formatted(what, level, allowed));
    }
}
