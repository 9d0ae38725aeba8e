package dev.intermezzo.runtime.http;

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
 * simulators: plain http to loopback.
 */
public final class AddressPolicy {
    private static final Pattern LOOPBACK_HOST = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

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
            case LOOPBACK_TOO ->
                https
                        || (http
                                && LOOPBACK_HOST
                                        .matcher(host.toLowerCase(Locale.ROOT))
                                        .matches());
            case ANYWHERE -> https || http;
        };
        return allowed ? Optional.empty() : Optional.of("scheme-refused");
    }

    /** Whether a resolved address may be connected to. */
    public boolean allows(InetAddress address) {
        return switch (reach) {
            case PUBLIC -> !SpecialPurpose.contains(address);
            case LOOPBACK_TOO -> !SpecialPurpose.contains(address) || address.isLoopbackAddress();
            case ANYWHERE -> true;
        };
    }
}
