package dev.intermezzo.partners.mozello;

/** What an answer to {@code payment_settings} means. */
public sealed interface SettingsReading {

    /** The order's settings. */
    record Known(PaymentSettings settings) implements SettingsReading {}

    /**
     * Mozello knows no settings for this order; asking again will not help.
     *
     * @param code {@code http-} and the status, {@code error-reported} or {@code fields-empty}
     */
    record Refused(String code) implements SettingsReading {}

    /**
     * No answer about this order; it may be asked again.
     *
     * @param code {@code http-} and the status, or {@code answer-unreadable}
     */
    record Unavailable(String code) implements SettingsReading {}
}
