package dev.intermezzo.ingress.listing;

import dev.intermezzo.partners.hosts.SandboxHost;
import dev.intermezzo.runtime.merchants.MozelloAddress;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;

/**
 * Settings of the public listing.
 *
 * @param api base of Mozello's API, with a slash at its end
 * @param apiDeadline how long one call to it may take; a buyer's browser waits meanwhile
 * @param authCodeParameter what the Apps API calls the code that an install webhook brings: the documentation and the
 *     official samples differ in its capitals
 * @param maxCheckouts forms of public shops served at once; a bound of their own, because each may wait for Mozello
 */
public record ListingSettings(URI api, Duration apiDeadline, String authCodeParameter, int maxCheckouts) {

    /** Reads the keys {@code mozello.*} and {@code ingress.max-public-checkouts}. */
    public static ListingSettings read(SettingsReader settings) {
        return new ListingSettings(
                MozelloAddress.read(settings, SandboxHost::matches),
                settings.about("How long one call to Mozello's API may take while a buyer or an install webhook waits.")
                        .duration(
                                "mozello.api-deadline",
                                Duration.ofSeconds(3),
                                Duration.ofMillis(10),
                                Duration.ofSeconds(10)),
                settings.about(
                                "What the Apps API calls the code of an install webhook: authCode in Mozello's documentation, authcode in its samples.")
                        .text("mozello.auth-code-parameter", "authCode"),
                settings.about(
                                "Forms of public shops served at once; a bound of their own, because each may wait for Mozello. More are answered 503.")
                        .integer("ingress.max-public-checkouts", 128, 1, 100_000));
    }
}
