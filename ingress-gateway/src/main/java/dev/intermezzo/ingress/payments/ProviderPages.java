package dev.intermezzo.ingress.payments;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.ingress.tokens.BuyerCookie;
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
 * <p>A single-use page is handed out once, and only to the browser that began the checkout. Its cookie remembers which
 * attempt's page it was sent to, whichever instance it reaches next; two tabs that ask this instance at the same moment
 * are told apart by its memory.
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

        /** Its time is over; another attempt opens a new one. */
        record Over() implements ProviderPage {}

        /** There is none. */
        record None() implements ProviderPage {}
    }

    /** The page as this browser may use it. */
    public ProviderPage of(PaymentView view, BuyerCookie browser) {
        if (view.getState() != ViewState.IN_PROGRESS || view.getAttempts().isEmpty()) {
            return new ProviderPage.None();
        }
        ViewedAttempt attempt = view.getAttempts().getLast();
        if (attempt.getStatus() != AttemptStatus.AT_PROVIDER) {
            return new ProviderPage.None();
        }
        if (over(attempt)) {
            return new ProviderPage.Over();
        }
        SealedUrl sealed = attempt.getRedirect();
        if (sealed == null) {
            // The same form came again from another tab: the orchestrator gives a page that works once to nobody any
            // more.
            return attempt.getSingleUsePage() ? new ProviderPage.Used() : new ProviderPage.None();
        }
        if (attempt.getSingleUsePage()
                && (attempt.getNumber() <= browser.shownAttempt()
                        || handedOut.getIfPresent(key(view.getPaymentId(), attempt.getNumber())) != null)) {
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
    private boolean handOut(String paymentId, ProviderPage.Usable page) {
        return !page.singleUse() || handedOut.asMap().putIfAbsent(key(paymentId, page.attempt()), true) == null;
    }

    /** The page for a browser that goes there now; empty when there is none, or none any more. */
    public Optional<ProviderPage.Usable> take(PaymentView view, BuyerCookie browser) {
        return switch (of(view, browser)) {
            case ProviderPage.Usable usable when handOut(view.getPaymentId(), usable) -> Optional.of(usable);
            case ProviderPage.Usable lost -> Optional.empty();
            case ProviderPage.Used used -> Optional.empty();
            case ProviderPage.Over over -> Optional.empty();
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
