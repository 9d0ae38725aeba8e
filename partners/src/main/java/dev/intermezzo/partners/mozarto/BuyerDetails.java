package dev.intermezzo.partners.mozarto;

import dev.intermezzo.partners.AsciiCase;
import java.text.Normalizer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a buyer, normalised and not yet judged: values are trimmed and in Unicode form NFC, an empty one is
 * absent, the country code is upper case, a telephone number has lost its separators. Whether a value is good enough is
 * {@link EligibilityCheck}'s question. {@link #toString()} names fields and never prints a value.
 */
public final class BuyerDetails {

    private static final BuyerDetails NONE = new BuyerDetails(new EnumMap<>(BuyerField.class));

    private final Map<BuyerField, String> values;

    private BuyerDetails(EnumMap<BuyerField, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Nothing known. */
    public static BuyerDetails none() {
        return NONE;
    }

    /** The five details that the user token needs; empty texts count as unknown. */
    public static BuyerDetails of(String email, String firstName, String lastName, String phone, String countryCode) {
        return NONE.with(BuyerField.EMAIL, email)
                .with(BuyerField.FIRST_NAME, firstName)
                .with(BuyerField.LAST_NAME, lastName)
                .with(BuyerField.PHONE, phone)
                .with(BuyerField.COUNTRY_CODE, countryCode);
    }

    /** Details from raw texts; blank ones count as unknown. */
    public static BuyerDetails of(Map<BuyerField, String> raw) {
        BuyerDetails details = NONE;
        for (Map.Entry<BuyerField, String> entry : raw.entrySet()) {
            details = details.with(entry.getKey(), entry.getValue());
        }
        return details;
    }

    /** These details with one value replaced; a blank value removes it. */
    public BuyerDetails with(BuyerField field, String raw) {
        EnumMap<BuyerField, String> copy = copy();
        String value = normalised(field, raw);
        if (value.isEmpty()) {
            copy.remove(field);
        } else {
            copy.put(field, value);
        }
        return new BuyerDetails(copy);
    }

    /** These details completed and overruled by newer ones, for example from the details form. */
    public BuyerDetails updatedBy(BuyerDetails newer) {
        EnumMap<BuyerField, String> copy = copy();
        copy.putAll(newer.values);
        return new BuyerDetails(copy);
    }

    /** The value of a field, if known. */
    public Optional<String> value(BuyerField field) {
        return Optional.ofNullable(values.get(field));
    }

    /** The fields that are known. */
    public Set<BuyerField> known() {
        return values.keySet();
    }

    private EnumMap<BuyerField, String> copy() {
        EnumMap<BuyerField, String> copy = new EnumMap<>(BuyerField.class);
        copy.putAll(values);
        return copy;
    }

    private static String normalised(BuyerField field, String raw) {
        String text = Normalizer.normalize(raw, Normalizer.Form.NFC).strip();
        return switch (field) {
            case COUNTRY_CODE -> AsciiCase.upper(text);
            case PHONE -> text.replaceAll("[ \\u00a0().\\-/]", "");
            case GENDER -> AsciiCase.lower(text);
            case EMAIL, FIRST_NAME, LAST_NAME, ADDRESS_LINE, CITY, REGION, POSTAL_CODE, BIRTH_DATE, IP_ADDRESS -> text;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuyerDetails details && values.equals(details.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "BuyerDetails" + values.keySet();
    }
}
