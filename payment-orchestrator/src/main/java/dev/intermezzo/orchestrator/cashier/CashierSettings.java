package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.UserTokenSettings;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * Settings of the cashier executor.
 *
 * @param callDeadline for one call, from name lookup to the answer's last byte
 * @param loopbackPages provider pages may live on this machine: for the sandbox
 * @param userToken what Mozarto's documents leave open about the user token
 * @param pump bounds of the intake
 */
public record CashierSettings(
        Duration callDeadline, boolean loopbackPages, UserTokenSettings userToken, PumpSettings pump) {

    /** 20 s per call, public pages only, documented tokens. */
    public static CashierSettings defaults() {
        return new CashierSettings(Duration.ofSeconds(20), false, UserTokenSettings.DEFAULTS, PumpSettings.defaults());
    }

    /** The same with pages on this machine. */
    public static CashierSettings sandbox() {
        CashierSettings usual = defaults();
        return new CashierSettings(usual.callDeadline(), true, usual.userToken(), usual.pump());
    }

    /** {@code cashier.call-deadline}, {@code cashier.max-in-flight}, {@code sandbox.loopback}. */
    public static CashierSettings read(SettingsReader settings) {
        CashierSettings usual = defaults();
        return new CashierSettings(
                settings.duration(
                        "cashier.call-deadline", usual.callDeadline(), Duration.ofSeconds(1), Duration.ofSeconds(60)),
                settings.flag("sandbox.loopback", false),
                usual.userToken(),
                PumpSettings.read(settings, "cashier"));
    }
}
