package dev.intermezzo.partners.hosts;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that can never be a partner's: this machine itself, and the names below {@code localhost}, under which the
 * simulators of a sandbox stand when each runs in a container of its own. RFC 6761 reserves those names, so that nobody
 * can own one on the Internet, and browsers take them for this machine.
 */
public final class SandboxHost {
    private static final Pattern NAMES =
            Pattern.compile("localhost|127\\.0\\.0\\.1|\\[::1]|([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.){1,4}localhost");

    private SandboxHost() {}

    /**
     * Whether a host belongs to a sandbox.
     *
     * @param host without a port; an IPv6 address in brackets, as {@link java.net.URI#getHost()} gives it
     */
    public static boolean matches(String host) {
        return NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
