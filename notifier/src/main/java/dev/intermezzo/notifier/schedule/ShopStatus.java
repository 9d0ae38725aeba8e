package dev.intermezzo.notifier.schedule;

import dev.intermezzo.schemas.avro.NotifyStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The status that a shop names when it refuses a message by check_pending. Mozello documents neither the field nor its
 * words; these are the words of its Payment API and its Store API.
 */
enum ShopStatus {
    PAID,
    FAILED,
    /** Contradicts the refusal. */
    PENDING,
    /** A word that is none of these. */
    ANOTHER,
    UNNAMED;

    static ShopStatus read(@Nullable String named) {
        if (named == null || named.isBlank()) {
            return UNNAMED;
        }
        return switch (named.strip().toLowerCase(Locale.ROOT)) {
            case "approved", "paid" -> PAID;
            case "failed" -> FAILED;
            case "pending" -> PENDING;
            default -> ANOTHER;
        };
    }

    boolean is(NotifyStatus status) {
        return switch (status) {
            case APPROVED -> this == PAID;
            case FAILED -> this == FAILED;
        };
    }
}
