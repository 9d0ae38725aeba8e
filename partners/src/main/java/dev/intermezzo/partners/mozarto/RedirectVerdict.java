package dev.intermezzo.partners.mozarto;

import java.net.URI;

/** What {@link RedirectPolicy} says of an address. */
public sealed interface RedirectVerdict {

    /** The buyer may be sent there. */
    record Allowed(URI uri) implements RedirectVerdict {

        @Override
        public String toString() {
            return "Allowed[" + uri.getHost() + "]";
        }
    }

    /**
     * The buyer may not be sent there.
     *
     * @param code {@code redirect-malformed}, {@code redirect-not-https}, {@code redirect-port} or
     *     {@code redirect-host}
     * @param sentence for operators; it names the host and never the whole address
     */
    record Refused(String code, String sentence) implements RedirectVerdict {}
}
