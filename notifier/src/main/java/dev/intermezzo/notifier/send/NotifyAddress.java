package dev.intermezzo.notifier.send;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a message goes.
 *
 * @param uri absolute
 * @param host in ASCII and lower case, followed by the port unless that is 443, as hosts are listed in settings
 */
record NotifyAddress(URI uri, String host) {

    static Optional<NotifyAddress> parse(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null) {
                return Optional.empty();
            }
            String host = canonical(uri.getHost());
            boolean ordinaryPort = uri.getPort() < 0 || uri.getPort() == 443;
            return Optional.of(new NotifyAddress(uri, ordinaryPort ? host : host + ":" + uri.getPort()));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    /**
     * The checkout's address was compared with the list when it came; the list may have been narrowed since, and what is
     * signed here must not go to anybody else.
     */
    boolean isOneOf(List<String> hosts) {
        return hosts.stream().anyMatch(listed -> canonical(listed).equals(host));
    }

    private static String canonical(String host) {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAName) {
            return host.toLowerCase(Locale.ROOT);
        }
    }
}
