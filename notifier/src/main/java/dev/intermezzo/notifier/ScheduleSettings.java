package dev.intermezzo.notifier;

import dev.intermezzo.notifier.schedule.SchedulePolicy;
import dev.intermezzo.runtime.kafka.StreamsSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator may choose for the schedule.
 *
 * @param stateDir where its stores lie; kept across restarts, one per process
 * @param policy the waits between attempts, and the bounds around them
 */
public record ScheduleSettings(Path stateDir, SchedulePolicy policy, StreamsSettings streams) {

    private static final String DELAYS = "0s,5s,30s,2m,10m,30m,1h,2h,4h,8h,12h,24h,24h";
    private static final Pattern DELAY = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");
    private static final int MOST_DELAYS = 50;
    private static final Duration LONGEST = Duration.ofDays(7);

    /** {@code notifier.state-dir}, {@code notifier.schedule} (waits before each attempt, by commas), {@code streams.*}. */
    public static ScheduleSettings read(SettingsReader settings) {
        String delays = settings.about(
                        "Waits before each attempt at a message, at most seven days each; their number is the number of attempts.")
                .text("notifier.schedule", DELAYS);
        SchedulePolicy usual = SchedulePolicy.standard();
        return new ScheduleSettings(
                settings.about("Folder of the schedule's stores: kept across restarts, one per process.")
                        .path("notifier.state-dir", Path.of("data", "notifier-schedule")),
                delays(delays).map(usual::withDelays).orElseGet(() -> {
                    settings.problem("notifier.schedule is '" + delays + "', but must be 1 to " + MOST_DELAYS
                            + " waits of at most seven days, such as " + DELAYS + ".");
                    return usual;
                }),
                StreamsSettings.read(settings));
    }

    /** The defaults for everything in one process. */
    public static ScheduleSettings sandbox(Path stateDir) {
        return new ScheduleSettings(stateDir, SchedulePolicy.standard(), StreamsSettings.sandbox());
    }

    private static Optional<List<Duration>> delays(String text) {
        List<Duration> delays = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher delay = DELAY.matcher(part.strip());
            if (!delay.matches()) {
                return Optional.empty();
            }
            delays.add(delay(Long.parseLong(delay.group(1)), delay.group(2)));
        }
        boolean usable =
                delays.size() <= MOST_DELAYS && delays.stream().allMatch(delay -> delay.compareTo(LONGEST) <= 0);
        return usable ? Optional.of(delays) : Optional.empty();
    }

    private static Duration delay(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
