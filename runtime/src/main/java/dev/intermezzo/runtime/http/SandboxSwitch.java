package dev.intermezzo.runtime.http;

import dev.intermezzo.runtime.settings.SettingsReader;

/**
 * The one setting that lets a sandbox stay on a machine: calls, forms and pages may then lead to loopback and to names below
 * {@code localhost} (decision 0022). Whoever reads it judges the environment of each account and merchant besides.
 */
public final class SandboxSwitch {
    /** Its key. */
    public static final String KEY = "sandbox.loopback";

    private SandboxSwitch() {}

    /** Whether it is on; off unless set. */
    public static boolean read(SettingsReader settings) {
        return settings.about(
                        "Calls, forms and pages may lead to this machine and to names below localhost, also with plain"
                                + " http, for accounts and merchants of the sandbox only.")
                .flag(KEY, false);
    }
}
