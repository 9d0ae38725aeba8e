package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The parameter {@code hash} of the browser redirects that install an ordinary Mozello App: lower-case hexadecimal
 * HMAC-SHA256, keyed by the app's secret, of the query without {@code hash}, written as PHP's {@code http_build_query}
 * writes it (Apps API sample). Payment webhooks use {@link WebhookHash} instead.
 */
public final class AppsRedirectHash {

    private static final String PARAMETER = "hash";

    private AppsRedirectHash() {}

    /** Whether the query's {@code hash} was made with this app secret; a query that cannot be read is not valid. */
    public static boolean isValid(String query, MozelloKey appSecret) {
        try {
            List<FormField> received = UrlEncodedForm.readQuery(query);
            String presented = MozelloForm.of(received).value(PARAMETER).orElse("");
            byte[] expected = sign(received, appSecret).getBytes(StandardCharsets.US_ASCII);
            return MessageDigest.isEqual(expected, presented.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableFormException unreadable) {
            return false;
        }
    }

    /** The hash of these parameters in their order; a {@code hash} among them is skipped. */
    public static String sign(List<FormField> parameters, MozelloKey appSecret) {
        List<FormField> signed = MozelloForm.of(parameters).fields().stream()
                .filter(field -> !field.name().equals(PARAMETER))
                .toList();
        byte[] message = UrlEncodedForm.write(signed).getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(appSecret.hmac(List.of(message)));
    }
}
