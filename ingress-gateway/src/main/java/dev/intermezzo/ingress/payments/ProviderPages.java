package dev.intermezzo.ingress.payments;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.SealedUrl;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the provider's page of a payment is. The executor judged the address before it sealed it; one that was changed
 * or moved to another payment or attempt does not open.
 *
 * <p>A single-use page is handed out once. This instance remembers to whom it was shown; a browser that reaches another
 * instance may be offered it again, and the provider then refuses, which costs a click and no money.
 */
public final class ProviderPages {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderPages.class);
    private static final int MOST_REMEMBERED = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(2);

    private final RedirectSealer redirects;
    private final InstantSource clock;
    private final Cache<String, Boolean> handedOut = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    public ProviderPages(RedirectSealer redirects, InstantSource clock) {
        this.redirects = redirects;
        this.clock = clock;
    }

    /** The page of the latest attempt. */
    public sealed interface ProviderPage {

        /** It may be used. */
        record Usable(int attempt, URI address, boolean singleUse) implements ProviderPage {}

        /** It works only once and was shown already: in another tab, most likely. */
        record Used() implements ProviderPage {}

        /** There is none, or its time is over. */
        record None() implements ProviderPage {}
    }

    public ProviderPage of(PaymentView view) {
        if (view.getState() != ViewState.IN_PROGRESS || view.getAttempts().isEmpty()) {
            return new ProviderPage.None();
        }
        ViewedAttempt attempt = view.getAttempts().getLast();
        SealedUrl sealed = attempt.getRedirect();
        if (sealed == null || attempt.getStatus() != AttemptStatus.AT_PROVIDER || over(attempt)) {
            return new ProviderPage.None();
        }
        if (attempt.getSingleUsePage()
                && handedOut.getIfPresent(key(view.getPaymentId(), attempt.getNumber())) != null) {
            return new ProviderPage.Used();
        }
        return opened(view.getPaymentId(), attempt, sealed)
                .<ProviderPage>map(
                        address -> new ProviderPage.Usable(attempt.getNumber(), address, attempt.getSingleUsePage()))
                .orElseGet(ProviderPage.None::new);
    }

    /** An address that does not open is nowhere to go, and no reason to hide the payment's state from its buyer. */
    private Optional<URI> opened(String paymentId, ViewedAttempt attempt, SealedUrl sealed) {
        try {
            return Optional.of(redirects.open(paymentId, attempt.getNumber(), sealed));
        } catch (SealingException e) {
            LOG.atError()
                    .addKeyValue("payment", paymentId)
                    .addKeyValue("attempt", attempt.getNumber())
                    .setCause(e)
                    .log("a provider's address cannot be opened");
            return Optional.empty();
        }
    }

    /** Notes that a browser is being sent to the page. False when a single-use page was just given to another one. */
    public boolean handOut(String paymentId, ProviderPage.Usable page) {
        return !page.singleUse() || handedOut.asMap().putIfAbsent(key(paymentId, page.attempt()), true) == null;
    }

    /** The address for a browser that goes there now; empty when there is none, or none any more. */
    public Optional<String> take(PaymentView view) {
        return switch (of(view)) {
            case ProviderPage.Usable usable
            when handOut(view.getPaymentId(), usable) ->
                Optional.of(usable.address().toString());
            case ProviderPage.Usable lost -> Optional.empty();
            case ProviderPage.Used used -> Optional.empty();
            case ProviderPage.None none -> Optional.empty();
        };
    }

    private boolean over(ViewedAttempt attempt) {
        Instant until = attempt.getUsableUntil();
        return until != null && !clock.instant().isBefore(until);
    }

    private static String key(String paymentId, int attempt) {
        return paymentId + '#' + attempt;
    }
}
