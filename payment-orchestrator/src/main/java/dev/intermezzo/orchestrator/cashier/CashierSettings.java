package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.UserTokenSettings;
import dev.intermezzo.runtime.http.SandboxSwitch;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * Settings of the cashier executor.
 *
 * @param callDeadline for one call, from name lookup to the answer's last byte
 * @param loopbackPages provider pages may live on this machine: for the sandbox
 * @param userToken what Mozarto's documents leave open about the user token
 * @param sessionLifetime how long a session token is valid, which an account may send instead
 * @param pump bounds of the intake
 */
public record CashierSettings(
        Duration callDeadline,
        boolean loopbackPages,
        UserTokenSettings userToken,
        Duration sessionLifetime,
        PumpSettings pump) {

    /** Longer than a call and a page that is opened at once; short, because whoever has the token is taken for the buyer. */
    private static final Duration SESSION = Duration.ofMinutes(20);

    /** 20 s per call, public pages only, documented tokens, sessions of 20 min. */
    public static CashierSettings defaults() {
        return new CashierSettings(
                Duration.ofSeconds(20), false, UserTokenSettings.DEFAULTS, SESSION, PumpSettings.defaults());
    }

    /** The same with pages on this machine. */
    public static CashierSettings sandbox() {
        CashierSettings usual = defaults();
        return new CashierSettings(
                usual.callDeadline(), true, usual.userToken(), usual.sessionLifetime(), usual.pump());
    }

    /** {@code cashier.*} and {@code sandbox.loopback}; docs/settings.md lists them. */
    public static CashierSettings read(SettingsReader settings) {
        CashierSettings usual = defaults();
        return new CashierSettings(
                settings.about("For one call, from name lookup to the answer's last byte.")
                        .duration(
                                "cashier.call-deadline",
                                usual.callDeadline(),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60)),
                SandboxSwitch.read(settings),
                userToken(settings, usual.userToken()),
                settings.about("How long a session token is valid, of accounts with user-context: session.")
                        .duration(
                                "cashier.session-lifetime",
                                usual.sessionLifetime(),
                                Duration.ofMinutes(1),
                                Duration.ofDays(1)),
                PumpSettings.readShared(settings, "cashier", "one provider of one account"));
    }

    private static UserTokenSettings userToken(SettingsReader settings, UserTokenSettings usual) {
        Duration lifetime = settings.about("How long a user token is valid, in whole seconds; 0 leaves the time out.")
                .duration(
                        "cashier.user-token-lifetime",
                        usual.lifetime() == null ? Duration.ZERO : usual.lifetime(),
                        Duration.ZERO,
                        Duration.ofDays(1));
        if (!lifetime.isZero() && lifetime.toSeconds() < 1) {
            settings.problem("cashier.user-token-lifetime must be 0 or at least 1s.");
        }
        return new UserTokenSettings(
                settings.about("Signature of user tokens; Mozarto's documents name none.")
                        .choice("cashier.user-token-algorithm", usual.algorithm()),
                lifetime.toSeconds() < 1 ? null : lifetime,
                settings.about("Whether a user token says when it was made.")
                        .flag("cashier.user-token-issued-at", usual.issuedAt()),
                settings.about("Whether the header's value begins with \"Bearer \", as in Mozarto's example.")
                        .flag("cashier.user-token-bearer", usual.bearerPrefix()));
    }
}
