package dev.intermezzo.ingress.http;

import java.util.Optional;

/**
 * The IP address that a client came from, as far as it can be believed: what the proxy in front says, or the connection's
 * other end where none is in front.
 */
final class ClientAddress {

    private ClientAddress() {}

    /**
     * @param behindProxy whether a proxy is in front, whose own address the connection then shows
     * @param told what the proxy's header says. A client may send that header itself; the proxy adds its own entry last
     * @param peer the connection's other end
     */
    static Optional<String> of(boolean behindProxy, Optional<String> told, String peer) {
        Optional<String> address =
                behindProxy ? told.map(entries -> entries.substring(entries.lastIndexOf(',') + 1)) : Optional.of(peer);
        return address.map(ClientAddress::plain).filter(text -> !text.isEmpty());
    }

    /** An IPv6 address may stand in brackets. */
    static String plain(String address) {
        return address.replaceAll("[\\[\\]\\s]", "");
    }
}
