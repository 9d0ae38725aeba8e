package dev.intermezzo.notifier.send;

import dev.intermezzo.partners.mozello.HostList;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Where a message goes.
 *
 * @param uri absolute
 * @param host as {@link HostList} compares it
 */
record NotifyAddress(URI uri, String host) {

    static Optional<NotifyAddress> parse(String text) {
        try {
            URI uri = new URI(text);
            return Optional.of(new NotifyAddress(uri, HostList.authority(uri)));
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /**
     * The checkout's address was compared with the list when it came; the list may have been narrowed since, and what is
     * signed here must not go to anybody else. A list with an entry that is no host allows nobody.
     */
    boolean isOneOf(List<String> hosts) {
        try {
            return HostList.of(hosts).allows(host);
        } catch (IllegalArgumentException notHosts) {
            return false;
        }
    }
}
