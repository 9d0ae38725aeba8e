package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.web.Listening;
import java.time.Duration;
import java.util.List;

/**
 * The simulated Cashier: one company and its providers.
 *
 * @param listening where it listens and is reached
 * @param companyToken the company token of the {@code Authorization} header; never shown
 * @param secretKey the key that signs user tokens; never shown
 * @param delay how long a delayed call takes longer
 * @param payOutDelay the same for a pay-out: long enough, where wanted, for its caller to be killed meanwhile
 * @param hang how long a hanging call is held; longer than any caller's deadline
 * @param tokenHang how long a call with a user token that is no JWT is held before its 504
 * @param webhookRetries pauses between attempts at one webhook (<b>invented</b>: the document names no schedule)
 * @param trustPageLifetime how long Trust's page may be used after its issue; five minutes are documented
 * @param webhookOnCancel whether Cancel sends a {@code Declined} webhook; the document does not say that one comes
 */
public record CashierSettings(
        Listening listening,
        String companyToken,
        String secretKey,
        Duration delay,
        Duration payOutDelay,
        Duration hang,
        Duration tokenHang,
        List<Duration> webhookRetries,
        Duration trustPageLifetime,
        boolean webhookOnCancel) {

    private static final Duration DEFAULT_DELAY = Duration.ofMillis(300);

    /** Callers give up after 20 s. */
    private static final Duration DEFAULT_HANG = Duration.ofSeconds(25);

    private static final List<Duration> DEFAULT_RETRIES = List.of(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    public CashierSettings {
        webhookRetries = List.copyOf(webhookRetries);
    }

    /** The defaults, on loopback. */
    public static CashierSettings of(int port, String companyToken, String secretKey) {
        return of(Listening.onLoopback(port), companyToken, secretKey);
    }

    /** The defaults. */
    public static CashierSettings of(Listening listening, String companyToken, String secretKey) {
        return new CashierSettings(
                listening,
                companyToken,
                secretKey,
                DEFAULT_DELAY,
                DEFAULT_DELAY,
                DEFAULT_HANG,
                Duration.ofSeconds(2),
                DEFAULT_RETRIES,
                Duration.ofMinutes(5),
                false);
    }

    /** The same with another lifetime of Trust's page. */
    public CashierSettings withTrustPageLifetime(Duration lifetime) {
        return new CashierSettings(
                listening,
                companyToken,
                secretKey,
                delay,
                payOutDelay,
                hang,
                tokenHang,
                webhookRetries,
                lifetime,
                webhookOnCancel);
    }

    /** The same with delayed pay-outs held open for so long. */
    public CashierSettings withPayOutDelay(Duration open) {
        return new CashierSettings(
                listening,
                companyToken,
                secretKey,
                delay,
                open,
                hang,
                tokenHang,
                webhookRetries,
                trustPageLifetime,
                webhookOnCancel);
    }

    @Override
    public String toString() {
        return "CashierSettings[listening=" + listening + "]";
    }
}
