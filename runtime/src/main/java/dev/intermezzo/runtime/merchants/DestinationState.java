package dev.intermezzo.runtime.merchants;

import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether money may be paid out to a merchant's destination (payments, "Pay-outs and refunds"): a new or changed one waits 24
 * hours and for the word of a second person, whichever comes later.
 */
public enum DestinationState {
    WAITS_FOR_SECOND_PERSON("destination-not-approved"),
    WAITS_FOR_ITS_TIME("destination-too-new"),
    READY("");

    /** How long a new or changed one waits. */
    public static final Duration WAIT = Duration.ofHours(24);

    private final String code;

    DestinationState(String code) {
        this.code = code;
    }

    /** Stable code of what it waits for; empty when it is ready. */
    public String code() {
        return code;
    }

    /** The merchant's destination of this name. */
    public static Optional<Destination> find(Merchant merchant, String name) {
        return merchant.getDestinations().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst();
    }

    /** What it waits for at this moment. */
    public static DestinationState of(Destination destination, Instant now) {
        String second = destination.getApprovedBy();
        if (second == null || second.isBlank() || second.equals(destination.getAddedBy())) {
            return WAITS_FOR_SECOND_PERSON;
        }
        return now.isBefore(ready(destination)) ? WAITS_FOR_ITS_TIME : READY;
    }

    /** From when on it may be paid, once a second person has approved it. */
    public static Instant ready(Destination destination) {
        return destination.getAddedAt().plus(WAIT);
    }
}
