package dev.intermezzo.runtime.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where calls may go. Addresses come from forms and settings of others, and must not lead into our own network.
 *
 * <p>Always refused: anything but https, user information in the address, and names that resolve to a special-purpose
 * address (IANA registries for IPv4 and IPv6, with embedded IPv4 addresses decoded). The sandbox also allows its own
 * simulators: plain http to loopback, and to names below {@code localhost}, under which simulators in containers of their own
 * stand in a private network.
 */
public final class AddressPolicy {
    private static final Pattern LOOPBACK_HOST = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    /** Reserved by RFC 6761: nobody can own such a name on the Internet. */
    private static final Pattern BELOW_LOCALHOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.){1,4}localhost");

    private final Reach reach;

    private AddressPolicy(Reach reach) {
        this.reach = reach;
    }

    private enum Reach {
        PUBLIC,
        LOOPBACK_TOO,
        ANYWHERE
    }

    /** Public https addresses only. */
    public static AddressPolicy publicOnly() {
        return new AddressPolicy(Reach.PUBLIC);
    }

    /** Loopback too, also with plain http: for the sandbox and tests. */
    public static AddressPolicy allowingLoopback() {
        return new AddressPolicy(Reach.LOOPBACK_TOO);
    }

    /**
     * Any host, also with plain http: for an address that an operator types at the keyboard, such as a stage's management
     * port in our own network. Never for one that came from outside.
     */
    public static AddressPolicy operatorsOwn() {
        return new AddressPolicy(Reach.ANYWHERE);
    }

    /**
     * Judges an address by its form, without resolving its name.
     *
     * @return why it is refused: {@code scheme-refused}, {@code host-missing} or {@code user-info-refused}; empty if allowed
     */
    public Optional<String> refusal(URI uri) {
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            return Optional.of("host-missing");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("user-info-refused");
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        boolean allowed = switch (reach) {
            case PUBLIC -> https;
            case LOOPBACK_TOO -> https || (http && isSandbox(host));
            case ANYWHERE -> https || http;
        };
        return allowed ? Optional.empty() : Optional.of("scheme-refused");
    }

    /**
     * Whether a resolved address may be connected to.
     *
     * @param host the name that was resolved, which decides whether a private network may be meant
     */
    public boolean allows(String host, InetAddress address) {
        return switch (reach) {
            case PUBLIC -> !SpecialPurpose.contains(address);
            case LOOPBACK_TOO -> !SpecialPurpose.contains(address) || isSandbox(host, address);
            case ANYWHERE -> true;
        };
    }

    private static boolean isSandbox(String host) {
        return LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches() || belowLocalhost(host);
    }

    private static boolean isSandbox(String host, InetAddress address) {
        return address.isLoopbackAddress() || (belowLocalhost(host) && isPrivate(address));
    }

    private static boolean belowLocalhost(String host) {
        return BELOW_LOCALHOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** RFC 1918 and RFC 4193. Link-local addresses, where clouds keep their secrets, are none of them. */
    private static boolean isPrivate(InetAddress address) {
        return address instanceof Inet4Address
                ? address.isSiteLocalAddress()
                : (address.getAddress()[0] & 0xFE) == 0xFC;
    }
}
