package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.listing.Connections;
import dev.intermezzo.ingress.listing.ListingKeys;
import dev.intermezzo.ingress.listing.ListingKeys.ListingKey;
import dev.intermezzo.ingress.listing.MozelloApi;
import dev.intermezzo.partners.mozello.Admissibility;
import dev.intermezzo.partners.mozello.AdmissibilityVerdict;
import dev.intermezzo.partners.mozello.CheckoutRules;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloSignature;
import dev.intermezzo.partners.mozello.PaymentSettings;
import dev.intermezzo.partners.mozello.SettingsReading;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mozello/checkout}: the form of a shop that uses our public listing, signed with the global key.
 *
 * <p>That key is the same for all those shops, so the form says nothing certain about whose order it is. Mozello does: the
 * settings of the order are fetched, and name a connection with the secret that we issued to one merchant. Fields of the
 * form that look like settings are ignored, and the addresses that Mozello tells count instead of the form's. Nothing is
 * published before all of this holds.
 */
public final class PublicCheckoutHandler implements EdgeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PublicCheckoutHandler.class);

    private static final String PATH = "/mozello/checkout";

    private final ListingKeys keys;
    private final MozelloApi api;
    private final Connections connections;
    private final FormRules rules;
    private final CheckoutAcceptance acceptance;
    private final Duration deadline;

    /** @param deadline within which the browser is answered once Mozello has told whose order it is */
    public PublicCheckoutHandler(
            ListingKeys keys,
            MozelloApi api,
            Connections connections,
            FormRules rules,
            CheckoutAcceptance acceptance,
            Duration deadline) {
        this.keys = keys;
        this.api = api;
        this.connections = connections;
        this.rules = rules;
        this.acceptance = acceptance;
        this.deadline = deadline;
    }

    @Override
    public Reply handle(EdgeRequest request) {
        return FormIntake.read(request, form -> verified(form, key -> whose(new FromListing(form, key, request))));
    }

    /** Takes nothing: reads and verifies the form only, so that the page can offer it again. */
    public Reply turnAway(EdgeRequest request) {
        return FormIntake.read(request, form -> verified(form, key -> FormIntake.refused(Refusal.later("busy"))));
    }

    /** A form that a listing's key has signed. */
    private record FromListing(MozelloForm form, ListingKey key, EdgeRequest request) {}

    /** Goes on with a form that was signed. */
    private interface Next {
        Reply with(ListingKey key);
    }

    private Reply verified(MozelloForm form, Next next) {
        List<ListingKey> valid = keys.valid();
        SignatureVerdict verdict = MozelloSignature.verify(
                form, valid.stream().map(ListingKey::key).toList());
        return switch (verdict) {
            case SignatureVerdict.Invalid invalid -> {
                LOG.atInfo().addKeyValue("code", invalid.code()).log("public checkout refused");
                yield FormIntake.refused(Refusal.of(403, invalid.code(), "error.signature", invalid.sentence()));
            }
            case SignatureVerdict.Valid signed -> {
                ListingKey key = valid.stream()
                        .filter(each -> each.key().id().equals(signed.keyId()))
                        .findFirst()
                        .orElseThrow();
                yield FormIntake.placed(next.with(key), form, PATH, key.environment() == Environment.SANDBOX);
            }
        };
    }

    private Reply whose(FromListing order) {
        Optional<String> uuid = Admissibility.orderOf(order.form());
        if (uuid.isEmpty()) {
            return refused(Refusal.of(400, "order-uuid-malformed", "error.form"), "order-uuid-malformed");
        }
        return switch (api.settingsOf(uuid.get(), order.key())) {
            case SettingsReading.Known known -> belonging(order, known.settings());
            case SettingsReading.Refused not ->
                refused(Refusal.of(403, "settings-refused", "error.signature"), not.code());
            case SettingsReading.Unavailable not -> refused(Refusal.later("settings-unavailable"), not.code());
        };
    }

    private Reply belonging(FromListing order, PaymentSettings settings) {
        Optional<Versioned<Integration>> connection =
                connections.named(settings.fields(), order.key().environment());
        if (connection.isEmpty()) {
            return refused(Refusal.of(403, "connection-refused", "error.merchant-disabled"), "connection-refused");
        }
        String id = connection.get().id();
        if (connections.stateOf(id) != Connections.State.CONNECTED) {
            return refused(
                    Refusal.of(403, "connection-not-active", "error.merchant-disabled"),
                    connections.stateOf(id).name());
        }
        SignedForm signed = new SignedForm(
                id,
                order.key().key().id(),
                order.form(),
                order.request().clientAddress(),
                FormIntake.isAgain(order.request()));
        return acceptance.take(
                signed, judged(order.form(), settings, rules.of(connection).rules()), Deadline.in(deadline));
    }

    /** The form as it came must not be refusable either: other addresses must not make a re-cut form look like another layout. */
    private static AdmissibilityVerdict judged(MozelloForm form, PaymentSettings settings, CheckoutRules rules) {
        AdmissibilityVerdict asItCame = Admissibility.judge(form, rules);
        return asItCame instanceof AdmissibilityVerdict.Refused
                ? asItCame
                : Admissibility.judge(settings.addressing(form), rules);
    }

    private static Reply refused(Refusal refusal, String why) {
        LOG.atWarn()
                .addKeyValue("code", refusal.code())
                .addKeyValue("reason", why)
                .log("signed public checkout refused");
        return FormIntake.refused(refusal);
    }
}
