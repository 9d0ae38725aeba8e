package dev.intermezzo.runtime.merchants;

import dev.intermezzo.runtime.settings.SettingsReader;
import java.net.URI;
import java.util.function.Predicate;

/** The setting that says where Mozello's API is; several stages ask it. */
public final class MozelloAddress {
    /** Its key. */
    public static final String KEY = "mozello.api";

    /** As Mozello documents it. */
    public static final URI DOCUMENTED = URI.create("https://api.mozello.com/v1/");

    private MozelloAddress() {}

    /**
     * Reads it: the base of every call, with a slash at its end.
     *
     * @param sandbox which hosts can be no partner's, so that plain http may lead there
     */
    public static URI read(SettingsReader settings, Predicate<String> sandbox) {
        URI api = settings.about(
                        "Base of Mozello's API, with a slash at its end: payment_settings, the Apps and the Store API.")
                .uri(KEY, DOCUMENTED);
        if (!api.getScheme().equals("https") && !sandbox.test(api.getHost())) {
            settings.problem("mozello.api must be https: keys travel there.");
        }
        if (!api.getPath().endsWith("/")) {
            settings.problem("mozello.api must end with a slash.");
        }
        return api;
    }
}
