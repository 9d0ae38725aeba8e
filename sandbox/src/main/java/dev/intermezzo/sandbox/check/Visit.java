package dev.intermezzo.sandbox.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one buyer lived through, as the driver saw it.
 *
 * @param number of the planned payment
 * @param accepted whether the bridge took the checkout form
 * @param sent when the buyer had said all that the bridge needs: the checkout form was sent, or, where the bridge asked
 *     for details, the details were (a person's typing time is nobody's)
 * @param redirected when the first redirect to the provider was received; null if none came
 * @param detailsAsked whether the bridge asked for missing details
 * @param sentTwice whether the form was sent twice and both were answered
 * @param turnedAway how often a busy edge asked the buyer to come back (503)
 * @param ending the page the buyer ended on; null if the journey broke off
 * @param problem why it broke off; null if it did not
 */
public record Visit(
        int number,
        String orderUuid,
        boolean accepted,
        Instant sent,
        @Nullable Instant redirected,
        boolean detailsAsked,
        boolean sentTwice,
        int turnedAway,
        @Nullable Ending ending,
        @Nullable String problem) {

    /** Where a buyer can end. */
    public enum Ending {
        /** The shop's {@code success_url}. */
        SUCCESS,
        /** The shop's {@code failure_url}. */
        FAILURE,
        /** Our page that says the payment is being checked. */
        BEING_CHECKED
    }
}
