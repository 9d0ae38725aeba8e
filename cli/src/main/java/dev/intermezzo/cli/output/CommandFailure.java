package dev.intermezzo.cli.output;

/** A command cannot do what was asked, for a reason that the person at the keyboard can act on. */
public final class CommandFailure extends RuntimeException {
    private final String code;

    /**
     * @param code stable code for scripts
     * @param message what is wrong and what to do, in a sentence or two
     */
    public CommandFailure(String code, String message) {
        super(message);
        this.code = code;
    }

    public CommandFailure(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
