package dev.intermezzo.ingress.payments;

import dev.intermezzo.partners.hosts.SandboxHost;
import dev.intermezzo.schemas.avro.Environment;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The last check before a buyer is sent to a shop's success or failure address: https, and a host that the integration
 * lists now. The same was checked when the form came; a held form's addresses, however, are in the view without being on
 * the list, and a list may have become shorter since.
 */
public final class ShopAddress {

    private final boolean loopbackAllowed;

    /**
     * @param loopbackAllowed whether a {@link SandboxHost} is allowed too, http and any port included, for shops of sandbox accounts
     */
    public ShopAddress(boolean loopbackAllowed) {
        this.loopbackAllowed = loopbackAllowed;
    }

    /** The address, if a buyer of this shop may be sent there. */
    public Optional<String> verified(Shop shop, String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        boolean https = scheme.equalsIgnoreCase("https");
        boolean sandbox = loopbackAllowed && shop.environment() == Environment.SANDBOX && SandboxHost.matches(host);
        boolean allowed =
                sandbox ? https || scheme.equalsIgnoreCase("http") : (https && listed(shop, host, uri.getPort()));
        return allowed ? Optional.of(uri.toString()) : Optional.empty();
    }

    private static boolean listed(Shop shop, String host, int port) {
        String wanted = canonical(port == -1 || port == 443 ? host : host + ':' + port);
        return shop.integration().getShopHosts().stream()
                .anyMatch(listed -> canonical(listed).equals(wanted));
    }

    private static String canonical(String host) {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAName) {
            return host.toLowerCase(Locale.ROOT);
        }
    }
}
