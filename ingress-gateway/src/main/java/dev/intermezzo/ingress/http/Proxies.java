package dev.intermezzo.ingress.http;

import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.util.List;
import java.util.Optional;

/**
 * The proxies in front of a server, whose word about a client's address counts.
 *
 * @param header in which a proxy names its client's address; empty when there is no proxy, and then no header counts
 * @param networks where the proxies are; empty exactly when there is no header
 */
public record Proxies(Optional<String> header, List<Network> networks) {

    /** Clients connect themselves. */
    public static final Proxies NONE = new Proxies(Optional.empty(), List.of());

    public Proxies {
        networks = List.copyOf(networks);
        if (header.isPresent() == networks.isEmpty()) {
            throw new IllegalArgumentException("a header without networks, or the reverse");
        }
    }

    /**
     * Reads {@code <server>.address-header} and {@code <server>.trusted-proxies}, neither of which is taken without the other:
     * a header counts only from a network that is named.
     *
     * @param server what the settings' keys begin with
     * @param decides what the address decides at this server, for the header's description
     */
    public static Proxies read(SettingsReader settings, String server, String decides) {
        String headerKey = server + ".address-header";
        String networksKey = server + ".trusted-proxies";
        Optional<String> header = settings.about(
                        "Header whose last entry names the client's address, as the proxy in front sets it: X-Forwarded-For. "
                                + decides + " Left out: the connection's other end.")
                .optionalText(headerKey);
        List<Network> networks = settings.about(
                        "Where the proxies are that set this header. From any other address it counts for nothing. Required with the header.")
                .networks(networksKey);
        if (header.isPresent() == networks.isEmpty()) {
            settings.problem("%s (%s) and %s (%s) need each other: a header counts only from proxies that are known."
                    .formatted(
                            headerKey,
                            SettingsSource.environmentName(headerKey),
                            networksKey,
                            SettingsSource.environmentName(networksKey)));
            return NONE;
        }
        return new Proxies(header, networks);
    }

    /** Whether the connection's other end is one of them, so that its header counts. */
    boolean include(String peer) {
        return Network.anyHolds(networks, Network.address(ClientAddress.plain(peer)));
    }
}
