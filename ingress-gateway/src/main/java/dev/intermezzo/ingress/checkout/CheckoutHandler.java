package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.partners.mozello.AdmissibilityVerdict;
import dev.intermezzo.partners.mozello.CheckoutVerification;
import dev.intermezzo.partners.mozello.MozelloCheckoutVerifier;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.schemas.avro.Integration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozello/{integration}/checkout}: a private shop's signed form, brought by the buyer's browser.
 *
 * <p>Nothing of a form is published, echoed or followed before its signature and its admissibility have been judged.
 */
public final class CheckoutHandler implements EdgeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CheckoutHandler.class);

    private final Shops shops;
    private final FormRules rules;
    private final CheckoutAcceptance acceptance;
    private final InstantSource clock;
    private final Duration deadline;

    /** @param deadline within which the browser is answered */
    public CheckoutHandler(
            Shops shops, FormRules rules, CheckoutAcceptance acceptance, InstantSource clock, Duration deadline) {
        this.shops = shops;
        this.rules = rules;
        this.acceptance = acceptance;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Goes on with a form that was signed. */
    private interface Next {
        Reply with(SignedForm form, AdmissibilityVerdict verdict);
    }

    @Override
    public Reply handle(EdgeRequest request) {
        return FormIntake.read(request, form -> {
            // A slow upload is the sender's own time.
            Deadline until = Deadline.in(deadline);
            return judged(request, form, (signed, verdict) -> acceptance.take(signed, verdict, until));
        });
    }

    /** Takes nothing: reads and verifies the form only, so that the page can offer it again. */
    public Reply turnAway(EdgeRequest request) {
        return FormIntake.read(
                request, form -> judged(request, form, (signed, verdict) -> FormIntake.refused(Refusal.later("busy"))));
    }

    private Reply judged(EdgeRequest request, MozelloForm form, Next next) {
        String integrationId = request.path("integration");
        Optional<Versioned<Integration>> integration =
                shops.integration(integrationId).filter(found -> IntegrationKind.PRIVATE.of(found.body()));
        FormRules.Judged judgedBy = rules.of(integration);
        CheckoutVerification verdict =
                MozelloCheckoutVerifier.verify(form, judgedBy.keysAt(clock.instant()), judgedBy.rules());
        return switch (verdict.signature()) {
            case SignatureVerdict.Invalid invalid -> {
                LOG.atInfo()
                        .addKeyValue("integration", integration.isPresent() ? integrationId : "unknown")
                        .addKeyValue("code", invalid.code())
                        .log("checkout refused");
                yield FormIntake.refused(Refusal.of(403, invalid.code(), "error.signature", invalid.sentence()));
            }
            case SignatureVerdict.Valid signed -> {
                SignedForm whole = new SignedForm(
                        integrationId, signed.keyId(), form, request.clientAddress(), FormIntake.isAgain(request));
                yield FormIntake.placed(
                        next.with(whole, verdict.admissibility()),
                        form,
                        "/mozello/" + integrationId + "/checkout",
                        shops.shop(integrationId).map(Shop::test).orElse(false));
            }
        };
    }
}
