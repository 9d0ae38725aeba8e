package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayeeTest {
    private static final Map<String, String> SUPPLIER =
            Map.of("email", "supplier@example.com", "firstName", "Mia", "phone", "+1 416 555-0111");

    @Test
    void a_person_is_read_normalised_and_written_and_read_back() {
        Payee payee = read(SUPPLIER);

        assertThat(payee.details().value(BuyerField.PHONE)).contains("+14165550111");
        assertThat(payee.instrument()).isEqualTo(new Instrument.None());
        assertThat(Payee.read(payee.json())).contains(payee);
    }

    @Test
    void a_wallet_goes_along_and_nothing_of_it_is_printed() {
        Payee payee = read(Map.of(
                "email",
                "supplier@example.com",
                "cryptoCurrency",
                "BTC",
                "walletAddress",
                " 1A1zP1eP5QGefi2DMPTfTL5 "));

        assertThat(payee.instrument()).isEqualTo(new Instrument.Wallet("BTC", "1A1zP1eP5QGefi2DMPTfTL5"));
        assertThat(Payee.read(payee.json())).contains(payee);
        assertThat(payee.toString()).doesNotContain("supplier", "1A1z");
    }

    @Test
    void the_same_payee_is_the_same_text_in_whatever_order_it_was_written() {
        assertThat(read(Map.of("phone", "+14165550111", "firstName", "Mia", "email", "supplier@example.com"))
                        .json())
                .isEqualTo(read(SUPPLIER).json());
    }

    @Test
    void what_no_payee_has_and_half_a_wallet_are_named() {
        assertThat(Payee.of(Map.of("email", "a@example.com", "iban", "x", "mail", "y")))
                .isInstanceOfSatisfying(
                        Payee.Reading.Unknown.class,
                        unknown -> assertThat(unknown.names()).containsExactly("iban", "mail"));
        assertThat(Payee.of(Map.of("walletAddress", "x")))
                .isInstanceOfSatisfying(
                        Payee.Reading.Unknown.class,
                        unknown -> assertThat(unknown.names()).containsExactly("walletAddress"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "no", "{"})
    void bytes_that_are_no_payee_are_none(String text) {
        assertThat(Payee.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static Payee read(Map<String, String> texts) {
        return ((Payee.Reading.Read) Payee.of(texts)).payee();
    }
}
