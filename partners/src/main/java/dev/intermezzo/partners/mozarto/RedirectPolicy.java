package dev.intermezzo.partners.mozarto;

import dev.intermezzo.partners.hosts.SandboxHost;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides whether a buyer may be sent to an address that an answer names: https on the usual port, a listed host, no
 * user info, no literal IP address. Nothing is ever redirected without it.
 */
public final class RedirectPolicy {

    private static final int LONGEST_URL = 2_048;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private static final Pattern HOST_RULE =
            Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

    private final List<String> hosts;
    private final boolean loopbackAllowed;

    /**
     * A policy.
     *
     * @param hosts exact host names, or {@code *.example.com} for everything below (not including) {@code example.com}
     * @param loopbackAllowed whether a {@link SandboxHost}, by http or https and any port, is allowed too
     * @throws IllegalArgumentException when a host rule is unreadable
     */
    public RedirectPolicy(List<String> hosts, boolean loopbackAllowed) {
        for (String host : hosts) {
            if (!isHostRule(host)) {
                throw new IllegalArgumentException("not a host or *.host in lower case: " + host);
            }
        }
        this.hosts = List.copyOf(hosts);
        this.loopbackAllowed = loopbackAllowed;
    }

    /** The policy of an operation: its documented hosts and those of the account's settings. */
    public static RedirectPolicy of(ProviderOperation operation, AccountSettings settings, boolean loopbackAllowed) {
        ProviderOperation.Redirect redirect = operation.redirect();
        List<String> documented = redirect == null ? List.of() : redirect.hosts();
        return new RedirectPolicy(
                Stream.concat(documented.stream(), settings.redirectHosts().stream())
                        .distinct()
                        .toList(),
                loopbackAllowed);
    }

    /** Whether a text is a host rule as the constructor takes it; settings are checked with it. */
    public static boolean isHostRule(String text) {
        return text.length() <= 253 && HOST_RULE.matcher(text).matches();
    }

    /** Judges an address. */
    public RedirectVerdict judge(String url) {
        // Browsers and Java disagree on backslashes and blanks, which is how allow-lists are walked around.
        if (url.length() > LONGEST_URL || !PRINTABLE.matcher(url).matches() || url.indexOf('\\') >= 0) {
            return refused("redirect-malformed", "The provider's address is too long or has forbidden characters.");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            return refused("redirect-malformed", "The provider's address is not a valid URL.");
        }
        String scheme = uri.getScheme();
        String rawHost = uri.getHost();
        if (scheme == null || rawHost == null || uri.getRawUserInfo() != null) {
            return refused("redirect-malformed", "The provider's address has no plain host name.");
        }
        String host = rawHost.toLowerCase(Locale.ROOT);
        boolean https = scheme.equalsIgnoreCase("https");
        if (loopbackAllowed && SandboxHost.matches(host) && (https || scheme.equalsIgnoreCase("http"))) {
            return new RedirectVerdict.Allowed(uri);
        }
        if (!https) {
            return refused("redirect-not-https", "The provider's address is not https.");
        }
        if (uri.getPort() != -1 && uri.getPort() != 443) {
            return refused("redirect-port", "The provider's address names an unusual port.");
        }
        return hosts.stream().anyMatch(rule -> matches(rule, host))
                ? new RedirectVerdict.Allowed(uri)
                : refused(
                        "redirect-host",
                        "The provider's host " + PartnerText.shortened(host, 253)
                                + " is not on the list of allowed hosts.");
    }

    private static boolean matches(String rule, String host) {
        return rule.startsWith("*.")
                ? host.endsWith(rule.substring(1)) && host.length() > rule.length() - 1
                : host.equals(rule);
    }

    private static RedirectVerdict refused(String code, String sentence) {
        return new RedirectVerdict.Refused(code, sentence);
    }
}
