package dev.intermezzo.notifier;

import dev.intermezzo.notifier.send.HostLimits;
import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * What an operator may choose for senders.
 *
 * @param deadline for one POST, from name lookup to the answer's last byte; 1 s to 15 s, so that a message acted on at the
 *     last moment is reported before its lease ends
 * @param encoding how the message is written; Mozello's sample sends multipart, its documents do not say
 * @param hosts how much one host may take
 * @param pump bounds of the intake
 */
public record SenderSettings(Duration deadline, FormEncoding encoding, HostLimits hosts, PumpSettings pump) {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    static final Duration MOST_DEADLINE = Duration.ofSeconds(15);

    /** 10 s per POST, multipart. */
    public static SenderSettings defaults() {
        return new SenderSettings(DEADLINE, FormEncoding.MULTIPART, HostLimits.defaults(), PumpSettings.defaults());
    }

    /**
     * {@code notifier.deadline}, {@code notifier.encoding} ({@code multipart} or {@code urlencoded}),
     * {@code notifier.host-at-once}, {@code notifier.max-in-flight}.
     */
    public static SenderSettings read(SettingsReader settings) {
        SenderSettings usual = defaults();
        return new SenderSettings(
                settings.about("For one POST, from name lookup to the answer's last byte.")
                        .duration("notifier.deadline", usual.deadline(), Duration.ofSeconds(1), MOST_DEADLINE),
                settings.about("How a message is written; Mozello's sample sends multipart, its documents do not say.")
                        .choice("notifier.encoding", usual.encoding()),
                usual.hosts()
                        .withAtOnce(settings.about("POSTs to one host at once.")
                                .integer("notifier.host-at-once", usual.hosts().atOnce(), 1, 1_000)),
                PumpSettings.read(settings, "notifier"));
    }
}
