package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.pages.Texts;
import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.partners.AsciiCase;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozello.AdmissibilityVerdict;
import dev.intermezzo.partners.mozello.Billing;
import dev.intermezzo.partners.mozello.Checkout;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.HoldReason;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.SealedData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a verified form says, as the pipeline's own facts. */
final class CheckoutFacts {

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}");

    private CheckoutFacts() {}

    static CheckoutReceived event(
            Shop shop,
            String keyId,
            Checkout checkout,
            Optional<SealedData> buyer,
            List<HoldReason> holds,
            PaymentPlan plan) {
        return new CheckoutReceived(
                checkout.orderUuid(),
                checkout.invoiceId(),
                WireMoney.of(checkout.amount()),
                shop.integrationId(),
                keyId,
                language(checkout),
                shop.merchant().getName(),
                checkout.successUrl().toString(),
                checkout.failureUrl().toString(),
                checkout.notifyUrl().toString(),
                ByteBuffer.wrap(ContentDigest.of(checkout.amount(), checkout.invoiceId())),
                buyer.orElse(null),
                holds,
                plan);
    }

    /** The same order with the same amount, currency and invoice is the same payment; anything else is another wish. */
    static boolean sameContent(CheckoutReceived event, PaymentView view) {
        return event.getInvoiceId().equals(view.getInvoiceId())
                && event.getAmount().getCurrency().equals(view.getAmount().getCurrency())
                && event.getAmount().getAmount().compareTo(view.getAmount().getAmount()) == 0;
    }

    static List<HoldReason> holds(AdmissibilityVerdict.Held held) {
        return held.reasons().stream()
                .map(reason -> new HoldReason(reason.code(), reason.sentence()))
                .toList();
    }

    /** Mozello documents no telephone number; a shop that sends one says in which field. */
    static BuyerDetails details(Checkout checkout, MozelloForm form, Integration integration) {
        Billing billing = checkout.billing();
        BuyerDetails details = BuyerDetails.of(Map.of(
                BuyerField.EMAIL, billing.email().orElse(""),
                BuyerField.FIRST_NAME, billing.firstName().orElse(""),
                BuyerField.LAST_NAME, billing.lastName().orElse(""),
                BuyerField.COUNTRY_CODE, billing.countryCode().orElse(""),
                BuyerField.ADDRESS_LINE, billing.street().orElse(""),
                BuyerField.CITY, billing.city().orElse(""),
                BuyerField.REGION, billing.state().orElse(""),
                BuyerField.POSTAL_CODE, billing.zip().orElse("")));
        return Optional.ofNullable(integration.getPhoneField())
                .flatMap(form::value)
                .map(phone -> details.with(BuyerField.PHONE, phone))
                .orElse(details);
    }

    /** As the shop says it, also when we have no texts in it yet. */
    static String language(Checkout checkout) {
        return checkout.languageCode()
                .map(AsciiCase::lower)
                .filter(code -> LANGUAGE.matcher(code).matches())
                .orElse(Texts.LANGUAGES.getFirst());
    }
}
