package dev.intermezzo.ingress.http;

import dev.intermezzo.runtime.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * The proxies in front of a server.
 *
 * @param header in which a proxy names its client's address; empty when there is no proxy, and then no header counts
 * @param networks where the proxies are. Empty: whoever connects is one, which holds only where nobody else can reach the
 *     server
 */
public record Proxies(Optional<String> header, List<Network> networks) {

    /** Clients connect themselves. */
    public static final Proxies NONE = new Proxies(Optional.empty(), List.of());

    public Proxies {
        networks = List.copyOf(networks);
    }

    /** Whether the connection's other end is one of them, so that its header counts. */
    boolean include(String peer) {
        return header.isPresent() && (networks.isEmpty() || knows(peer));
    }

    private boolean knows(String peer) {
        return Network.address(ClientAddress.plain(peer))
                .filter(address -> networks.stream().anyMatch(network -> network.contains(address)))
                .isPresent();
    }
}
