package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Repeat;
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
import dev.intermezzo.partners.mozello.CheckoutVerification;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.MozelloCheckoutVerifier;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.HoldReason;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PaymentView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozello/{integration}/checkout}: a shop's signed form, brought by the buyer's browser.
 *
 * <p>Nothing of a form is published, echoed or followed before its signature and its admissibility have been judged. What
 * is published is durable before the browser is answered; the browser then goes to the provider's page when that is known
 * in time, else to a page of ours.
 */
public final class CheckoutHandler implements EdgeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CheckoutHandler.class);
    private static final String PRIVATE = "PRIVATE";

    /** Query parameter of a form that a page of ours sends again; only the body is signed. */
    private static final String AGAIN = "again";

    private final Shops shops;
    private final FormRules rules;
    private final PaymentPlanner planner;
    private final BuyerSealer sealer;
    private final BuyerAnswers answers;
    private final ProviderPages providers;
    private final PageTokens tokens;
    private final BuyerCookies cookies;
    private final InstantSource clock;
    private final Times times;

    /**
     * @param deadline within which the browser is answered
     * @param pageLifetime how long a payment's page can be looked at, at least
     */
    public record Times(Duration deadline, Duration pageLifetime) {}

    public CheckoutHandler(
            Shops shops,
            FormRules rules,
            PaymentPlanner planner,
            BuyerSealer sealer,
            BuyerAnswers answers,
            ProviderPages providers,
            PageTokens tokens,
            BuyerCookies cookies,
            InstantSource clock,
            Times times) {
        this.shops = shops;
        this.rules = rules;
        this.planner = planner;
        this.sealer = sealer;
        this.answers = answers;
        this.providers = providers;
        this.tokens = tokens;
        this.cookies = cookies;
        this.clock = clock;
        this.times = times;
    }

    /**
     * A form whose signature holds.
     *
     * @param keyId the key that made it
     * @param address where the browser came from
     * @param ourPage whether a page of ours sent it, in its second try. Browsers apply a page's {@code form-action} to
     *     redirects too, so that the way to the provider then leads over a page of ours
     */
    private record SignedForm(
            String integrationId, String keyId, MozelloForm form, Optional<String> address, boolean ourPage) {}

    /** Goes on with a form that was signed. */
    private interface Next {
        Reply with(SignedForm form, AdmissibilityVerdict verdict);
    }

    @Override
    public Reply handle(EdgeRequest request) {
        return read(request, () -> {
            // A slow upload is the sender's own time.
            Deadline deadline = Deadline.in(times.deadline());
            return (form, verdict) -> signed(form, verdict, deadline);
        });
    }

    /** Takes nothing: reads and verifies the form only, so that the page can offer it again. */
    public Reply turnAway(EdgeRequest request) {
        return read(request, () -> (form, verdict) -> refused(Refusal.later("busy")));
    }

    private Reply read(EdgeRequest request, Supplier<Next> next) {
        Optional<byte[]> body = request.body(MozelloForm.MAX_BODY_BYTES);
        if (body.isEmpty()) {
            return refused(Refusal.of(413, "body-too-large", "error.too-large"));
        }
        return switch (MozelloForm.read(body.get(), request.contentType())) {
            case FormReading.Unreadable unreadable -> refused(unreadable(unreadable));
            case FormReading.Form readable -> judged(request, readable.form(), next.get());
        };
    }

    private static Refusal unreadable(FormReading.Unreadable unreadable) {
        int status = switch (unreadable.code()) {
            case "content-type-unsupported" -> 415;
            case "body-too-large" -> 413;
            default -> 400;
        };
        return Refusal.of(status, unreadable.code(), "error.form", unreadable.sentence());
    }

    private Reply judged(EdgeRequest request, MozelloForm form, Next next) {
        String integrationId = request.path("integration");
        Optional<Versioned<Integration>> integration = shops.integration(integrationId);
        FormRules.Judged judgedBy = rules.of(integration);
        CheckoutVerification verdict =
                MozelloCheckoutVerifier.verify(form, judgedBy.keysAt(clock.instant()), judgedBy.rules());
        return switch (verdict.signature()) {
            case SignatureVerdict.Invalid invalid -> {
                LOG.atInfo()
                        .addKeyValue("integration", integration.isPresent() ? integrationId : "unknown")
                        .addKeyValue("code", invalid.code())
                        .log("checkout refused");
                yield refused(Refusal.of(403, invalid.code(), "error.signature", invalid.sentence()));
            }
            case SignatureVerdict.Valid signed -> {
                boolean ourPage = request.query(AGAIN).isPresent();
                SignedForm whole =
                        new SignedForm(integrationId, signed.keyId(), form, request.clientAddress(), ourPage);
                yield placed(whole, next.with(whole, verdict.admissibility()));
            }
        };
    }

    /** A refusal of a form that the shop signed speaks the shop's language, and may offer the form again. */
    private Reply placed(SignedForm signed, Reply reply) {
        if (!(reply instanceof Reply.Refused refused)) {
            return reply;
        }
        String language = signed.form().value("language_code").orElse("");
        boolean test = shops.shop(signed.integrationId()).map(Shop::test).orElse(false);
        String address = "/mozello/" + signed.integrationId() + "/checkout?" + AGAIN + "=1";
        return refused.at(new Reply.Place(language, "", test)).repeatable(Repeat.of(address, signed.form()));
    }

    private Reply signed(SignedForm form, AdmissibilityVerdict verdict, Deadline deadline) {
        return switch (verdict) {
            case AdmissibilityVerdict.Refused not -> {
                LOG.atWarn()
                        .addKeyValue("integration", form.integrationId())
                        .addKeyValue("code", not.code())
                        .log("signed checkout refused");
                yield refused(Refusal.of(400, not.code(), "error.form", not.sentence()));
            }
            case AdmissibilityVerdict.Held held -> accepted(form, held.checkout(), CheckoutFacts.holds(held), deadline);
            case AdmissibilityVerdict.Admissible admissible ->
                accepted(form, admissible.checkout(), List.of(), deadline);
        };
    }

    private Reply accepted(SignedForm form, Checkout checkout, List<HoldReason> holds, Deadline deadline) {
        Optional<Shop> found = shops.shop(form.integrationId());
        if (found.isEmpty()) {
            // Its record may be on its way; the form can be sent again.
            return refused(Refusal.later("merchant-not-known"));
        }
        Shop shop = found.get();
        if (!shop.merchant().getEnabled()) {
            return refused(Refusal.of(403, "merchant-disabled", "error.merchant-disabled"));
        }
        if (!shop.integration().getKind().equals(PRIVATE)) {
            // A public shop's settings have to be fetched before anything else, which this build does not do.
            return refused(Refusal.of(501, "public-listing-not-served", "error.merchant-disabled"));
        }
        String paymentId = Ids.payment(form.integrationId(), checkout.orderUuid());
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
        BuyerAnswers.Outcome outcome =
                answers.publish(shop.owner(paymentId), sealed.map(SealedBuyer::key), event, deadline);
        return switch (outcome) {
            case BuyerAnswers.Outcome.NotInTime late -> refused(Refusal.later("not-in-time"));
            case BuyerAnswers.Outcome.Published published -> toPage(page, cookie(shop, page, known, plan));
            case BuyerAnswers.Outcome.Answered answered ->
                answered(form, event, answered.view(), page, cookie(shop, page, known, plan));
        };
    }

    private Reply answered(
            SignedForm form, CheckoutReceived event, PaymentView view, PayToken page, BuyerCookie cookie) {
        if (!CheckoutFacts.sameContent(event, view)) {
            // The orchestrator has recorded and refused it; the payment goes on as it was begun.
            return refused(Refusal.of(409, "order-changed", "error.order-changed"));
        }
        Optional<ProviderPage.Usable> provider =
                event.getHolds().isEmpty() && !form.ourPage() ? providers.take(view, cookie) : Optional.empty();
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
        return orderTime.compareTo(times.pageLifetime()) > 0 ? orderTime : times.pageLifetime();
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

    private static Reply refused(Refusal refusal) {
        return new Reply.Refused(refusal);
    }
}
