package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.payments.ProviderPages;
import dev.intermezzo.ingress.payments.ProviderPages.ProviderPage;
import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.TokenPurpose;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozello.AdmissibilityVerdict;
import dev.intermezzo.partners.mozello.Checkout;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.HoldReason;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PaymentView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a form that was signed and judged: plans, seals, publishes, and answers with the way to pay. The same for every
 * kind of shop.
 *
 * <p>What is published is durable before the browser is answered; the browser then goes to the provider's page when that
 * is known in time, else to a page of ours.
 */
public final class CheckoutAcceptance {

    private static final Logger LOG = LoggerFactory.getLogger(CheckoutAcceptance.class);

    /** Until buyers who were turned away because the pipeline was behind should try again. */
    private static final Duration WHEN_BEHIND = Duration.ofSeconds(5);

    private final Shops shops;
    private final PaymentPlanner planner;
    private final BuyerSealer sealer;
    private final BuyerAnswers answers;
    private final ProviderPages providers;
    private final PageTokens tokens;
    private final BuyerCookies cookies;
    private final InstantSource clock;
    private final Duration pageLifetime;

    /** @param pageLifetime how long a payment's page can be looked at, at least */
    public CheckoutAcceptance(
            Shops shops,
            PaymentPlanner planner,
            BuyerSealer sealer,
            BuyerAnswers answers,
            ProviderPages providers,
            PageTokens tokens,
            BuyerCookies cookies,
            InstantSource clock,
            Duration pageLifetime) {
        this.shops = shops;
        this.planner = planner;
        this.sealer = sealer;
        this.answers = answers;
        this.providers = providers;
        this.tokens = tokens;
        this.cookies = cookies;
        this.clock = clock;
        this.pageLifetime = pageLifetime;
    }

    /** What comes of a form that was signed and judged. */
    Reply take(SignedForm form, AdmissibilityVerdict verdict, Deadline deadline) {
        return switch (verdict) {
            case AdmissibilityVerdict.Refused not -> {
                LOG.atWarn()
                        .addKeyValue("integration", form.integrationId())
                        .addKeyValue("code", not.code())
                        .log("signed checkout refused");
                yield FormIntake.refused(Refusal.of(400, not.code(), "error.form", not.sentence()));
            }
            case AdmissibilityVerdict.Held held -> accepted(form, held.checkout(), CheckoutFacts.holds(held), deadline);
            case AdmissibilityVerdict.Admissible admissible ->
                accepted(form, admissible.checkout(), List.of(), deadline);
        };
    }

    private Reply accepted(SignedForm form, Checkout checkout, List<HoldReason> ofTheForm, Deadline deadline) {
        Optional<Shop> found = shops.shop(form.integrationId());
        if (found.isEmpty()) {
            // Its record may be on its way; the form can be sent again.
            return FormIntake.refused(Refusal.later("merchant-not-known"));
        }
        Shop shop = found.get();
        if (!shop.merchant().getEnabled()) {
            return FormIntake.refused(Refusal.of(403, "merchant-disabled", "error.merchant-disabled"));
        }
        String paymentId = Ids.payment(form.integrationId(), checkout.orderUuid());
        if (!answers.hasRoomFor(paymentId)) {
            return FormIntake.refused(Refusal.later("pipeline-behind").after(WHEN_BEHIND));
        }
        List<HoldReason> holds = OrderComparison.with(ofTheForm, shop);
        BuyerDetails details =
                planner.located(shop, CheckoutFacts.details(checkout, form.form(), shop.integration()), form.address());
        PaymentPlanner.Known known = new PaymentPlanner.Known(details, Optional.empty());
        PayToken page = new PayToken(paymentId, CheckoutFacts.language(checkout), tokens.expiryIn(lifetime(shop)));
        PaymentPlan plan = planner.plan(shop, checkout.amount(), known, page);
        Optional<SealedBuyer> sealed = details.known().isEmpty()
                ? Optional.empty()
                : Optional.of(sealer.seal(paymentId, BuyerDetailsJson.PURPOSE, BuyerDetailsJson.write(details)));
        CheckoutReceived event =
                CheckoutFacts.event(shop, form.keyId(), checkout, sealed.map(SealedBuyer::data), holds, plan);
        LOG.atInfo()
                .addKeyValue("payment", paymentId)
                .addKeyValue("merchant", shop.merchantRecord().getId())
                .addKeyValue("holds", holds.size())
                .log("checkout accepted");
        BuyerAnswers.Outcome outcome = answers.publish(
                shop.owner(paymentId), sealed.map(SealedBuyer::key).stream().toList(), event, deadline);
        return switch (outcome) {
            case BuyerAnswers.Outcome.NotInTime late -> FormIntake.refused(Refusal.later("not-in-time"));
            case BuyerAnswers.Outcome.Published published -> toPage(page, cookie(shop, page, known, plan));
            case BuyerAnswers.Outcome.Answered answered ->
                answered(form, event, answered.view(), page, cookie(shop, page, known, plan));
        };
    }

    private Reply answered(
            SignedForm form, CheckoutReceived event, PaymentView view, PayToken page, BuyerCookie cookie) {
        if (!CheckoutFacts.sameContent(event, view)) {
            // The orchestrator has recorded and refused it; the payment goes on as it was begun.
            return FormIntake.refused(Refusal.of(409, "order-changed", "error.order-changed"));
        }
        Optional<ProviderPage.Usable> provider = OrderComparison.alone(event.getHolds()) && !form.ourPage()
                ? providers.take(view, cookie)
                : Optional.empty();
        return provider.<Reply>map(usable -> new Reply.SeeOther(
                        usable.address().toString(), List.of(cookies.set(cookie.withShown(usable.attempt())))))
                .orElseGet(() -> toPage(page, cookie));
    }

    private Reply toPage(PayToken page, BuyerCookie cookie) {
        String token = tokens.seal(TokenPurpose.PAY, page);
        return new Reply.SeeOther(PageAddresses.of(token).onward(), List.of(cookies.set(cookie)));
    }

    private Duration lifetime(Shop shop) {
        Duration orderTime = Duration.ofSeconds(shop.merchant().getOrderTimeSeconds());
        return orderTime.compareTo(pageLifetime) > 0 ? orderTime : pageLifetime;
    }

    private BuyerCookie cookie(Shop shop, PayToken page, PaymentPlanner.Known known, PaymentPlan plan) {
        return new BuyerCookie(
                page.paymentId(),
                shop.merchantRecord().getId(),
                page.language(),
                known.country(),
                Instant.ofEpochSecond(clock.instant().getEpochSecond()),
                page.expires(),
                false,
                0,
                PaymentPlanner.gaps(plan));
    }
}
