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

    private final boolean loopbackAllowed;

    private AddressPolicy(boolean loopbackAllowed) {
        this.loopbackAllowed = loopbackAllowed;
    }

    /** Public https addresses only. */
    public static AddressPolicy publicOnly() {
        return new AddressPolicy(false);
    }

    /** Loopback too, also with plain http: for the sandbox and tests. */
    public static AddressPolicy allowingLoopback() {
        return new AddressPolicy(true);
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
        boolean loopbackHttp = loopbackAllowed
                && "http".equalsIgnoreCase(uri.getScheme())
                && LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
        return https || loopbackHttp ? Optional.empty() : Optional.of("scheme-refused");
    }

    /** Whether a resolved address may be connected to. */
    public boolean allows(InetAddress address) {
        return !SpecialPurpose.contains(address) || (loopbackAllowed && address.isLoopbackAddress());
    }
}
