package dev.intermezzo.orchestrator.shop;

import dev.intermezzo.partners.hosts.SandboxHost;
import dev.intermezzo.runtime.merchants.MozelloAddress;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;

/**
 * Settings of the shop executor.
 *
 * @param api base of Mozello's API, with a slash at its end
 * @param callDeadline for one question, from name lookup to the answer's last byte; a buyer waits meanwhile
 * @param pump bounds of the intake
 */
public record ShopSettings(URI api, Duration callDeadline, PumpSettings pump) {

    private static final Duration CALL_DEADLINE = Duration.ofSeconds(5);

    /** Mozello itself, 5 s per question. */
    public static ShopSettings defaults() {
        return at(MozelloAddress.DOCUMENTED);
    }

    /** The same at another address: for the sandbox. */
    public static ShopSettings at(URI api) {
        return new ShopSettings(api, CALL_DEADLINE, PumpSettings.defaults());
    }

    /**
     * {@code mozello.api}, which the edge reads too, {@code shop.call-deadline}, {@code shop.max-in-flight} and
     * {@code shop.max-share}.
     */
    public static ShopSettings read(SettingsReader settings) {
        return new ShopSettings(
                MozelloAddress.read(settings, SandboxHost::matches),
                settings.about("For one question to a shop, from name lookup to the answer's last byte.")
                        .duration("shop.call-deadline", CALL_DEADLINE, Duration.ofMillis(100), Duration.ofSeconds(15)),
                PumpSettings.readShared(settings, "shop", "one shop"));
    }
}
