package dev.intermezzo.partners.mozello;

import dev.intermezzo.partners.money.AmountReading;
import dev.intermezzo.partners.money.Amounts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.joda.money.Money;

/**
 * Judges whether a form may become a payment. This judgement knows nothing of the signature, and the signature's nothing
 * of this one; a payment needs both.
 *
 * <p>It is needed because Mozello's signature covers the joined values only. Under a valid signature the shopper may rename
 * fields, move them, or cut the same text elsewhere: exchange {@code amount} with a company called {@code 0.02}, or hide
 * {@code 149.90EUR} in a field of their own before a forged amount. So the head is pinned ({@link FormLayout}), its four
 * values have fixed shapes, and a form of another layout is
 *
 * <ul>
 *   <li><em>refused</em> when its joined values read as a head of the layout in force but the names say otherwise: that is
 *       a form of ours, cut anew by whoever carried it;
 *   <li><em>held</em> when they do not: Mozello does not promise the order, and may have changed it.
 * </ul>
 *
 * <p>Codes of refusals, in the order they are looked for: {@code invalid-utf-8}, {@code field-repeated},
 * {@code field-missing}, {@code order-uuid-malformed}, {@code invoice-malformed}, {@code currency-not-used}, the codes of
 * {@link AmountReading.Refused}, {@code form-recut}, {@code url-malformed}, {@code url-not-https}.
 */
public final class Admissibility {

    private static final int MAX_INVOICE_LENGTH = 64;

    private static final String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern ORDER_UUID = Pattern.compile(UUID);

    /** Loose shapes for finding a head in the joined values: the exact ones are judged where the names point. */
    private static final String ANY_AMOUNT = "[0-9]+(?:\\.[0-9]+)?";

    private static final String ANY_CURRENCY = "[A-Z]{3}";

    /** No head is longer; bounds the work of a merchant's own invoice pattern. */
    private static final int MAX_HEAD_LENGTH = 36 + MAX_INVOICE_LENGTH + 17 + 3;

    private final MozelloForm form;
    private final CheckoutRules rules;

    private Admissibility(MozelloForm form, CheckoutRules rules) {
        this.form = form;
        this.rules = rules;
    }

    /** The verdict on this form by these rules. Never throws for any form. */
    public static AdmissibilityVerdict judge(MozelloForm form, CheckoutRules rules) {
        try {
            return new Admissibility(form, rules).judge();
        } catch (RefusedException refused) {
            return refused.verdict;
        }
    }

    /**
     * The order that a form names, when it names one once and in the right shape. Nothing else of the form is judged: for
     * asking Mozello whose order it is, before anybody's rules are known.
     */
    public static Optional<String> orderOf(MozelloForm form) {
        return form.value(FieldNames.ORDER_UUID)
                .filter(uuid -> !form.repeated().contains(FieldNames.ORDER_UUID))
                .filter(uuid -> ORDER_UUID.matcher(uuid).matches());
    }

    private AdmissibilityVerdict judge() throws RefusedException {
        judgeFields();
        judgeOrder();
        Money amount = amount();
        List<HoldReason> holds = new ArrayList<>();
        judgeLayout(holds);
        Checkout checkout = new Checkout(
                text(FieldNames.ORDER_UUID),
                text(FieldNames.INVOICE_ID),
                amount,
                Billing.of(form),
                entered("language_code"),
                entered("website_alias"),
                entered("website_domain"),
                address(FieldNames.SUCCESS_URL, rules.shopHosts(), holds),
                address(FieldNames.FAILURE_URL, rules.shopHosts(), holds),
                address(FieldNames.NOTIFY_URL, rules.notifyHosts(), holds));
        return holds.isEmpty()
                ? new AdmissibilityVerdict.Admissible(checkout)
                : new AdmissibilityVerdict.Held(checkout, holds);
    }

    private void judgeFields() throws RefusedException {
        for (FormField field : form.fields()) {
            String name = FieldNames.DOCUMENTED.contains(field.name()) ? field.name() : "an additional field";
            require(field.isUtf8(), "invalid-utf-8", "The value of " + name + " is not UTF-8.");
        }
        for (String name : FieldNames.DOCUMENTED) {
            require(!form.repeated().contains(name), "field-repeated", "The field " + name + " stands more than once.");
        }
        for (String name : FieldNames.NEEDED) {
            require(!text(name).isEmpty(), "field-missing", "The field " + name + " is missing or empty.");
        }
    }

    private void judgeOrder() throws RefusedException {
        require(
                ORDER_UUID.matcher(text(FieldNames.ORDER_UUID)).matches(),
                "order-uuid-malformed",
                "The order_uuid is not a UUID of 36 characters.");
        String invoice = text(FieldNames.INVOICE_ID);
        require(
                invoice.length() <= MAX_INVOICE_LENGTH
                        && rules.invoicePattern().matcher(invoice).matches(),
                "invoice-malformed",
                "The invoice_id does not match the shop's invoice pattern.");
        require(
                rules.currencies().contains(text(FieldNames.CURRENCY)),
                "currency-not-used",
                "The currency is not one that the merchant is paid in.");
    }

    private Money amount() throws RefusedException {
        return switch (Amounts.parse(text(FieldNames.AMOUNT), text(FieldNames.CURRENCY))) {
            case AmountReading.Valid valid -> valid.money();
            case AmountReading.Refused refused -> throw new RefusedException(refused.code(), refused.sentence());
        };
    }

    private void judgeLayout(List<HoldReason> holds) throws RefusedException {
        if (rules.layout().opens(form.names())) {
            return;
        }
        String joined = form.fields().stream()
                .filter(field -> !field.name().equals(MozelloSignature.FIELD))
                .map(FormField::text)
                .collect(Collectors.joining());
        String named = rules.layout().head().stream().map(this::text).collect(Collectors.joining());
        String start = joined.substring(0, Math.min(joined.length(), MAX_HEAD_LENGTH));
        require(
                joined.startsWith(named) || !headPattern().matcher(start).lookingAt(),
                "form-recut",
                "The values are in the expected order, but under other names or boundaries.");
        holds.add(new HoldReason.OtherLayout(form.names()));
    }

    /** What the joined values of a form of the layout in force begin with. */
    private Pattern headPattern() {
        return Pattern.compile(rules.layout().head().stream()
                .map(name -> "(?:" + shape(name) + ")")
                .collect(Collectors.joining()));
    }

    private String shape(String name) {
        return switch (name) {
            case FieldNames.ORDER_UUID -> UUID;
            case FieldNames.INVOICE_ID -> rules.invoicePattern().pattern();
            case FieldNames.AMOUNT -> ANY_AMOUNT;
            case FieldNames.CURRENCY -> ANY_CURRENCY;
            default -> throw new IllegalStateException("a layout has only the four fields of the head");
        };
    }

    private URI address(String field, HostList hosts, List<HoldReason> holds) throws RefusedException {
        ShopUrl url = ShopUrl.parse(text(field))
                .orElseThrow(() -> new RefusedException("url-malformed", "The " + field + " is no web address."));
        boolean sandbox = rules.loopback() && url.isSandbox();
        require(url.isHttps() || sandbox, "url-not-https", "The " + field + " is not https.");
        if (!sandbox && !hosts.allows(url.authority())) {
            holds.add(new HoldReason.UnlistedHost(field, url.authority()));
        }
        return url.uri();
    }

    private String text(String name) {
        return form.value(name).orElse("");
    }

    private Optional<String> entered(String name) {
        return form.value(name).filter(text -> !text.isEmpty());
    }

    private static void require(boolean holds, String code, String sentence) throws RefusedException {
        if (!holds) {
            throw new RefusedException(code, sentence);
        }
    }

    /** Ends the judgement at its first refusal; never leaves this class. */
    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient AdmissibilityVerdict.Refused verdict;

        RefusedException(String code, String sentence) {
            super(sentence, null, false, false);
            this.verdict = new AdmissibilityVerdict.Refused(code, sentence);
        }
    }
}
