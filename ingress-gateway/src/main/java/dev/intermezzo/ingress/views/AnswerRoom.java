package dev.intermezzo.ingress.views;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many facts of one partition may be unanswered before another checkout would wait too long: as many as are answered
 * within the time that an answer may take, at the pace of the last ten seconds (Little's law), and never fewer than the
 * partition's part of {@link #LEAST}.
 *
 * <p>While nothing at all is answered, as between two orchestrators, there is no telling what waits for long: the room grows
 * by twice the pace, so that ordinary traffic goes on. What it has grown by is taken back by one place for two answers. Not
 * safe for use by several threads.
 */
final class AnswerRoom {

    /** So many of all partitions make nobody wait, and are no pace yet either. */
    static final int LEAST = 48;

    /** Facts a second that all partitions are trusted with before they have shown what they do. */
    static final int LEAST_PACE = 30;

    private static final int PACE_SECONDS = 10;

    /** Nobody's ordinary traffic is more than twice what was answered before. */
    private static final int OF_THE_PACE = 2;

    private final Duration answerWithin;
    private final int least;
    private final int leastPace;
    private final long[] answeredIn = new long[PACE_SECONDS];
    private @Nullable Instant lastAnswer;

    /** Places beyond the usual ones, in halves: each answer takes one. */
    private long grownHalves;

    /**
     * @param answerWithin how long an answer may take
     * @param partitions among which this is one
     */
    AnswerRoom(Duration answerWithin, int partitions) {
        this.answerWithin = answerWithin;
        this.least = Math.ceilDiv(LEAST, partitions);
        this.leastPace = Math.ceilDiv(LEAST_PACE, partitions);
    }

    /**
     * How many more may be published now; below zero where there are too many. Never more than the usual places: what one
     * partition has grown by is no room for others.
     *
     * @param waitingSince when the oldest unanswered fact was published; null when there is none
     */
    long left(int unanswered, Instant now, @Nullable Instant waitingSince) {
        long usual = Math.max(least, inTime(answerWithin));
        return Math.min(usual, usual + halvesAt(now, waitingSince) / 2 - unanswered);
    }

    /**
     * So many were answered, or will not be.
     *
     * @param waitingSince when the oldest of them was published
     */
    void answered(int facts, Instant now, Instant waitingSince) {
        grownHalves = Math.max(0, halvesAt(now, waitingSince) - facts);
        long second = now.getEpochSecond();
        long passed = lastAnswer == null ? PACE_SECONDS : second - lastAnswer.getEpochSecond();
        for (long each = Math.max(0, passed - PACE_SECONDS); each < passed; each++) {
            answeredIn[Math.floorMod(second - each, PACE_SECONDS)] = 0;
        }
        answeredIn[Math.floorMod(second, PACE_SECONDS)] += facts;
        lastAnswer = now;
    }

    private long halvesAt(Instant now, @Nullable Instant waitingSince) {
        if (waitingSince == null) {
            return 0;
        }
        Instant since = lastAnswer == null || lastAnswer.isBefore(waitingSince) ? waitingSince : lastAnswer;
        Duration stand = Duration.between(since, now).minus(answerWithin);
        return stand.isNegative() ? grownHalves : Math.max(grownHalves, 2 * OF_THE_PACE * inTime(stand));
    }

    /** Facts that are answered in so long a time, at the pace of the ten seconds before the last answer. */
    private long inTime(Duration time) {
        long answered = 0;
        for (long each : answeredIn) {
            answered += each;
        }
        return Math.max(answered, (long) leastPace * PACE_SECONDS) * time.toMillis() / (PACE_SECONDS * 1_000L);
    }
}
