package dev.intermezzo.partners.mozello;

import dev.intermezzo.partners.hosts.SandboxHost;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * An absolute web address from a form, in ASCII, with no user information: what stands before an {@code @} makes a host
 * look like another.
 */
record ShopUrl(URI uri) {

    private static final int MAX_LENGTH = 2048;

    static Optional<ShopUrl> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            URI uri = withAsciiHost(new URI(text));
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? Optional.of(new ShopUrl(URI.create(uri.toASCIIString())))
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    boolean isHttps() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    boolean isSandbox() {
        return SandboxHost.matches(uri.getHost());
    }

    /** As {@link HostList} compares it. */
    String authority() {
        return HostList.authority(uri);
    }

    /** {@link URI} finds no host in an internationalised authority, so that one is converted first. */
    private static URI withAsciiHost(URI uri) throws URISyntaxException {
        String authority = uri.getRawAuthority();
        if (uri.getHost() != null || authority == null || uri.getScheme() == null) {
            return uri;
        }
        String prefix = uri.getScheme() + "://";
        String text = uri.toString();
        return new URI(prefix + IDN.toASCII(authority) + text.substring(prefix.length() + authority.length()));
    }
}
