package dev.intermezzo.cli.edge;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option that says under which address the public edge is reached. */
public final class PublicUrlOptions {
    private static final String KEY = "ingress.public-url";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = {
                "Address under which browsers and Mozarto reach the edge, without a path.",
                "Default: ingress.public-url, from INTERMEZZO_INGRESS_PUBLIC_URL or the --settings file."
            })
    private @Nullable String given;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings file of the ingress (default: intermezzo.properties, if it is there).")
    private @Nullable Path settings;

    /** @throws CommandFailure {@code public-url-missing} or {@code public-url-malformed} */
    public EdgeAddresses addresses() {
        return addresses(System.getenv());
    }

    EdgeAddresses addresses(Map<String, String> environment) {
        String text = Optional.ofNullable(given)
                .or(() -> setting(environment))
                .orElseThrow(() -> new CommandFailure(
                        "public-url-missing",
                        "Give the edge's public address with --public-url, such as https://pay.example.com, or set "
                                + KEY + "."));
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            boolean loopback = uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            boolean scheme = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
            if (uri.getHost() != null
                    && scheme
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return new EdgeAddresses(uri);
            }
        } catch (URISyntaxException notAnAddress) {
            // told below, like any other malformed one
        }
        throw new CommandFailure(
                "public-url-malformed",
                "\"" + text + "\" is not a public address: https, a host, perhaps a port, and no path, such as "
                        + "https://pay.example.com. Plain http is for this machine itself.");
    }

    private Optional<String> setting(Map<String, String> environment) {
        Path usual = Path.of("intermezzo.properties");
        Path file = settings != null ? settings : usual;
        try {
            SettingsSource source = settings == null && !Files.exists(usual)
                    ? SettingsSource.ofEnvironment(environment)
                    : SettingsSource.of(file, environment);
            return new SettingsReader(source).optionalText(KEY);
        } catch (SettingsException e) {
            throw new CommandFailure("settings-unreadable", String.join(" ", e.problems()), e);
        }
    }
}
