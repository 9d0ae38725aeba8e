package dev.intermezzo.partners.mozarto;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a payment is made with, or a pay-out is sent to, where that is more than the person. Never printed. */
public sealed interface Instrument {

    /** Nothing beside the person: the provider's own page asks for the rest. */
    record None() implements Instrument {}

    /**
     * A voucher to redeem.
     *
     * @param pin bearer money
     */
    record Voucher(String pin) implements Instrument {

        /** Its name among the things that a buyer is asked for: in plans, in views and on the page. */
        public static final String FIELD = "voucherPin";

        /** The purpose under which its PIN is sealed; the text is the PIN itself, UTF-8. */
        public static final String PURPOSE = "voucher-pin";

        /** Whatever looks like nothing between two digits, the blank that does not break among them. */
        private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

        /** As it was typed: people copy the groups of a voucher with the blanks between them. */
        public static Instrument typed(String text) {
            String pin = BLANKS.matcher(text).replaceAll("");
            return pin.isEmpty() ? new None() : new Voucher(pin);
        }

        @Override
        public String toString() {
            return "Voucher";
        }
    }

    /**
     * A wallet to send to.
     *
     * @param currency the cryptocurrency's code, such as {@code BTC}
     * @param address the wallet
     */
    record Wallet(String currency, String address) implements Instrument {

        @Override
        public String toString() {
            return "Wallet[" + currency + "]";
        }
    }

    /** What the instrument says for a field of this source; empty when that is no matter of its own. */
    default Optional<String> value(FieldSource source) {
        return switch (this) {
            case None() -> Optional.empty();
            case Voucher(String pin) -> source == FieldSource.VOUCHER_PIN ? Optional.of(pin) : Optional.empty();
            case Wallet(String currency, String address) -> {
                if (source == FieldSource.CRYPTO_CURRENCY) {
                    yield Optional.of(currency);
                }
                yield source == FieldSource.WALLET_ADDRESS ? Optional.of(address) : Optional.empty();
            }
        };
    }
}
