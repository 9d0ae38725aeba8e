package dev.intermezzo.cli.check;

import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.runtime.kafka.ClockCheck;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** This machine's clock beside Kafka's, as a finding. */
public final class ClockFinding {
    private ClockFinding() {}

    /** Reports a clock that is off, and notes one that cannot be compared. */
    public static void check(KafkaSettings kafka, Findings findings) {
        Optional<ClockCheck.Skew> compared;
        try {
            compared = ClockCheck.compare(kafka, InstantSource.system());
        } catch (KafkaException e) {
            findings.note("The clock could not be compared with Kafka's: " + e.getMessage());
            return;
        }
        if (compared.isEmpty()) {
            findings.note("Kafka does not tell its time, so the clock could not be compared.");
            return;
        }
        ClockCheck.Skew skew = compared.get();
        if (skew.isTooFar()) {
            findings.problem(
                    "clock",
                    "clock-skew",
                    "this machine's clock is " + skew.ahead().abs().toMillis() + " ms "
                            + (skew.ahead().isNegative() ? "behind" : "ahead of") + " Kafka's, more than "
                            + ClockCheck.TOLERATED.toSeconds() + " s",
                    "Let both follow the same time service (NTP), and look which of the two is wrong.");
        }
    }
}
