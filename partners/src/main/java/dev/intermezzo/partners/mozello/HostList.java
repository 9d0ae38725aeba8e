package dev.intermezzo.partners.mozello;

import java.net.IDN;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hosts that an address in a form may lead to. Names match exactly, without regard to case; an internationalised name
 * matches in either spelling. A port other than 443 has to be listed with its host ({@code shop.example:8443}).
 */
public final class HostList {

    /** Enough to catch an address or a blank where a host is meant; a name that does not exist only matches nothing. */
    private static final Pattern HOST = Pattern.compile("\\[[0-9a-fA-F:.]+](:[0-9]{1,5})?|[^\\s/@:?#]+(:[0-9]{1,5})?");

    private static final HostList ANY = new HostList(Set.of(), true);

    private final Set<String> hosts;
    private final boolean any;

    private HostList(Set<String> hosts, boolean any) {
        this.hosts = hosts;
        this.any = any;
    }

    /**
     * These hosts and no others.
     *
     * @throws IllegalArgumentException if one of them is no host, such as a whole address
     */
    public static HostList of(Collection<String> hosts) {
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("\"" + host + "\" is no host, optionally with a port");
            }
        }
        return new HostList(hosts.stream().map(HostList::canonical).collect(Collectors.toUnmodifiableSet()), false);
    }

    /** As {@link #of(Collection)}. */
    public static HostList of(String... hosts) {
        return of(List.of(hosts));
    }

    /** Every host: for looking at a recorded form without a merchant's settings, never for taking a payment. */
    public static HostList any() {
        return ANY;
    }

    /** @param authority host, with its port unless that is 443 */
    public boolean allows(String authority) {
        return any || hosts.contains(canonical(authority));
    }

    /**
     * An address's host as lists compare it: in ASCII and lower case, followed by the port unless that is 443.
     *
     * @throws IllegalArgumentException if the address has no host
     */
    public static String authority(URI address) {
        if (address.getHost() == null) {
            throw new IllegalArgumentException("an address without a host");
        }
        String host = canonical(address.getHost());
        return address.getPort() < 0 || address.getPort() == 443 ? host : host + ":" + address.getPort();
    }

    /** The host's ASCII form in lower case; a name that has none stays as it is and so matches nothing but itself. */
    private static String canonical(String host) {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAName) {
            return host.toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return any ? "any host" : hosts.toString();
    }
}
