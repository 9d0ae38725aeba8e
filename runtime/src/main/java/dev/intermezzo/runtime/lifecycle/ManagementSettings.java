package dev.intermezzo.runtime.lifecycle;

import dev.intermezzo.runtime.settings.SettingsReader;

/**
 * Where the management endpoint listens.
 *
 * @param host loopback unless the scraper is elsewhere; the endpoint asks for no credentials
 * @param port 0: any free one
 */
public record ManagementSettings(String host, int port) {

    /** {@code management.host}, {@code management.port}. */
    public static ManagementSettings read(SettingsReader settings) {
        return new ManagementSettings(
                settings.text("management.host", "127.0.0.1"), settings.integer("management.port", 9090, 0, 65_535));
    }
}
