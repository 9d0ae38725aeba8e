package dev.intermezzo.cli.output;

/** What the process tells its caller. */
public final class ExitCodes {
    /** What was asked for holds. */
    public static final int HOLDS = 0;
    /** The command ran and what was asked for does not hold. */
    public static final int DOES_NOT_HOLD = 1;
    /** The command line itself is wrong. */
    public static final int USAGE = 2;
    /** The command could not run: a file, a setting, a port, a broker. */
    public static final int CANNOT_RUN = 3;

    private ExitCodes() {}
}
