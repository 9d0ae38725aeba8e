package dev.intermezzo.simulator.kernel;

import java.util.Locale;

/** What may go wrong between the parts, each with its own switch and counter. */
public enum FaultKind {
    /** A send is not acknowledged; the record may lie in the log all the same. */
    SEND_UNANSWERED(25),
    /** A record is written a second time by a resend. */
    SEND_REPEATED(25),
    /** A reader takes records of several topics in another order than they were written. */
    REORDERED(150),
    /** A record reaches its reader late, by up to ten minutes. */
    DELAYED(12),
    /** A stream task dies with its transaction open. */
    CRASH_BEFORE_COMMIT(12),
    /** A stream task dies right after its commit. */
    CRASH_AFTER_COMMIT(12),
    /** An executor dies holding a command it has not acted on, after the claim where there is one. */
    CRASH_BEFORE_CALL(25),
    /** An executor dies after the call was sent, before it could report. */
    CRASH_AFTER_CALL(25),
    /** An executor dies after its report, before it committed its place. */
    CRASH_AFTER_REPORT(25),
    /** The clock of a process moves by up to two seconds, as far as a ready stage may be off. */
    CLOCK_JUMPED(15),
    /**
     * The clock of a process is wrong for up to three hours: by up to seven hours ahead or twelve minutes behind. Schedule and
     * senders are spared: their promise rests on clocks that differ by two seconds at most.
     */
    CLOCK_WRONG(1),
    /** A partition gets a new owner while the old one still works. */
    PARTITION_MOVED(20),
    /** The executors of once-commands begin under another group's name, at the first command. */
    GROUP_RENAMED(60);

    private final int permille;

    FaultKind(int permille) {
        this.permille = permille;
    }

    /** How often it strikes where it can. */
    int permille() {
        return permille;
    }

    /** Its name in reports and on the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
