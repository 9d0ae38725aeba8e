package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A provider's code at the Cashier, as written in the request field {@code pspType}, for example {@code PAYONE}.
 *
 * <p>A value and not an enum: adding a provider is adding one catalogue file.
 *
 * @param code 2 to 40 characters, upper-case letters, digits and underscores
 */
public record PspType(@JsonValue String code) {

    // Stands before DOCUMENTED, whose initialiser uses it.
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,39}");

    /** The codes Mozarto documents (Mozarto Cashier API, PSP overview). */
    public static final List<PspType> DOCUMENTED = Stream.of(
                    "BRITE",
                    "CLEO",
                    "EMERCHANTPAY",
                    "FLEXEPIN",
                    "FORUMPAY",
                    "GIGADAT",
                    "NEOSURF",
                    "PAYONE",
                    "TRUST",
                    "WORLDPAY_EU")
            .map(PspType::new)
            .toList();

    /**
     * Checks the code's form.
     *
     * @throws IllegalArgumentException when the text is not a provider code
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PspType {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a provider code: " + code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
