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
                settings.about("Where /live, /ready and /metrics are served; they ask for no credentials.")
                        .text("management.host", "127.0.0.1"),
                settings.about("Port of /live, /ready and /metrics; 0: any free one.")
                        .integer("management.port", 9090, 0, 65_535));
    }
}
