package dev.intermezzo.notifier.schedule;

import java.time.Duration;
import java.util.List;

/**
 * How patiently a shop is told, as numbers; {@link #standard()} is the documented default.
 *
 * @param delays the wait before each attempt, counted from the end of the one before; the first is normally zero. Their
 *     number is the number of attempts until a message is parked. Each wait but a zero one is spread by ±20 %
 * @param dueLife how long a due message may be acted on; a sender that finds it later drops it
 * @param lease after this long without a report a due message is issued again. Longer than {@code dueLife} by the
 *     sender's deadline and the time its report may take, so that two senders never hold one message
 * @param deferral the least wait after a sender had no room for a message; longer than clocks may differ, because the
 *     same attempt is then issued again and its reports are told apart by their time
 * @param memory how long an order that has nothing open is remembered, to recognise repeated requests; longer than
 *     {@code notification-requests} keeps them
 */
public record SchedulePolicy(
        List<Duration> delays, Duration dueLife, Duration lease, Duration deferral, Duration memory) {

    /** Unreadable errors after which the next one parks the message: the same answer twice more is an answer. */
    static final int UNREADABLE_RETRIES = 2;

    /** Bounds of what a shop may ask for by Retry-After. */
    static final Duration LEAST_RETRY_AFTER = Duration.ofSeconds(1);

    static final Duration MOST_RETRY_AFTER = Duration.ofHours(24);

    /** Ids of requests kept to recognise repeats; a payment has at most eight attempts and rarely two messages. */
    static final int RECENT_REQUESTS = 16;

    /** Clocks of two stages may differ by this much; a stage that differs more is not ready. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    /** More attempts than this are a slip in the settings. */
    private static final int MOST_DELAYS = 50;

    /** Refuses numbers under which the schedule's promises would not hold. */
    public SchedulePolicy {
        delays = List.copyOf(delays);
        require(!delays.isEmpty() && delays.size() <= MOST_DELAYS, "a schedule has 1 to " + MOST_DELAYS + " attempts");
        require(delays.stream().noneMatch(Duration::isNegative), "a wait is never negative");
        require(dueLife.isPositive() && lease.compareTo(dueLife) > 0, "the lease outlives the due message");
        require(deferral.compareTo(CLOCK_SKEW) > 0, "a deferral is longer than clocks may differ");
        require(memory.isPositive(), "the memory is longer than nothing");
    }

    /** Thirteen attempts over about 76 hours. */
    public static SchedulePolicy standard() {
        return new SchedulePolicy(
                List.of(
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(4),
                        Duration.ofHours(8),
                        Duration.ofHours(12),
                        Duration.ofHours(24),
                        Duration.ofHours(24)),
                Duration.ofSeconds(30),
                Duration.ofSeconds(50),
                Duration.ofSeconds(3),
                Duration.ofDays(30));
    }

    /** The same policy with other waits. */
    public SchedulePolicy withDelays(List<Duration> others) {
        return new SchedulePolicy(others, dueLife, lease, deferral, memory);
    }

    /** True when {@code sends} sends are a whole round, after which a message is parked. */
    boolean roundIsOver(int sends) {
        return sends % delays.size() == 0;
    }

    /** The wait before the send that follows {@code sends} sends; a re-driven message begins a new round. */
    Duration delayAfter(String paymentId, int sends) {
        return Jitter.around(delays.get(sends % delays.size()), paymentId, sends + 1);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
