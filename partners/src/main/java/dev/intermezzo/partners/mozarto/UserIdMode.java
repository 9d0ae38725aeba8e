package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the request field {@code userId} stands for (setting {@code user-id}; the catalogue holds the default). */
public enum UserIdMode {
    /** The same buyer at the same merchant has the same id; nobody can turn it back into an e-mail address. */
    @JsonProperty("per-buyer")
    PER_BUYER,
    /**
     * The id names payment and attempt and can be read back. For providers whose answer is not known to carry a
     * transaction id: their webhook is only sure to echo {@code user_id}.
     */
    @JsonProperty("per-attempt")
    PER_ATTEMPT
}
