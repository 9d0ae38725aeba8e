package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link UserId} and {@link MerchantReference}: what we write and a webhook brings back. */
class OwnIdsTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW_KEY = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    private static final MerchantReference REFERENCES = new MerchantReference(List.of(KEY));
    private static final PaymentAttempt ATTEMPT =
            PaymentAttempt.of("demo-shop~9f0c3d1e-5f7a-4b1c-8d2e-3a4b5c6d7e8f", 1);

    @Provide
    Arbitrary<PaymentAttempt> attempts() {
        Arbitrary<String> integrations = Arbitraries.strings()
                .withChars("abcdefghijklmnopqrstuvwxyz0123456789-")
                .ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<UUID> orders =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
        return Combinators.combine(integrations, orders, Arbitraries.integers().between(1, 35))
                .as(PaymentAttempt::new);
    }

    @Property
    void a_reference_is_read_back_among_the_accounts_integrations(@ForAll("attempts") PaymentAttempt attempt) {
        String reference = REFERENCES.write("account", attempt);

        assertThat(reference).matches("[0-9A-Za-z]{32}");
        assertThat(REFERENCES.read(reference, "account", List.of("another-shop", attempt.integration())))
                .contains(attempt);
    }

    @Test
    void a_reference_of_another_account_integration_or_key_is_none() {
        String reference = REFERENCES.write("account", ATTEMPT);

        assertThat(REFERENCES.read(reference, "other-account", List.of("demo-shop")))
                .isEmpty();
        assertThat(REFERENCES.read(reference, "account", List.of("other-shop"))).isEmpty();
        assertThat(new MerchantReference(List.of(NEW_KEY)).read(reference, "account", List.of("demo-shop")))
                .isEmpty();
    }

    @Test
    void a_rotated_key_still_reads_what_it_wrote() {
        String reference = REFERENCES.write("account", ATTEMPT);
        MerchantReference rotated = new MerchantReference(List.of(NEW_KEY, KEY));

        assertThat(rotated.read(reference, "account", List.of("demo-shop"))).contains(ATTEMPT);
        assertThat(rotated.write("account", ATTEMPT)).isNotEqualTo(reference);
    }

    @Test
    void any_changed_character_makes_a_reference_unknown() {
        String reference = REFERENCES.write("account", ATTEMPT);

        IntStream.range(0, reference.length()).forEach(at -> {
            char other = reference.charAt(at) == '2' ? '3' : '2';
            String changed = reference.substring(0, at) + other + reference.substring(at + 1);
            assertThat(REFERENCES.read(changed, "account", List.of("demo-shop")))
                    .isEmpty();
        });
    }

    @Property
    void arbitrary_text_is_no_reference_and_no_user_id_of_ours(@ForAll String text) {
        assertThat(REFERENCES.read(text, "account", List.of("demo-shop"))).isEmpty();
        assertThat(UserId.attemptOf("b" + text)).isEmpty();
        assertThat(UserId.attemptOf(text).map(PaymentAttempt::attempt).orElse(1))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "your-internal-ref", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "0000000000000000000000000000000é"})
    void a_foreign_reference_points_nowhere(String foreign) {
        assertThat(REFERENCES.read(foreign, "account", List.of("demo-shop"))).isEmpty();
    }

    @Property
    void a_per_attempt_user_id_fits_and_is_read_back(@ForAll("attempts") PaymentAttempt attempt) {
        String userId = UserId.perAttempt(attempt);

        assertThat(userId).hasSizeLessThanOrEqualTo(UserId.LONGEST).matches("[0-9A-Za-z-]+");
        assertThat(UserId.attemptOf(userId)).contains(attempt);
        assertThat(PaymentAttempt.of(attempt.paymentId(), attempt.attempt())).isEqualTo(attempt);
    }

    @Property
    void a_pay_out_that_belongs_to_no_payment_is_named_and_read_back(@ForAll("attempts") PaymentAttempt any) {
        PaymentAttempt payOut = new PaymentAttempt(any.integration(), any.order(), any.attempt(), true);

        assertThat(payOut.paymentId()).matches("[a-z0-9-]{1,40}~payout~[0-9a-f]{32}");
        assertThat(PaymentAttempt.of(payOut.paymentId(), any.attempt())).isEqualTo(payOut);
        assertThat(UserId.attemptOf(UserId.perAttempt(payOut))).contains(payOut);
        assertThat(UserId.perAttempt(payOut))
                .hasSizeLessThanOrEqualTo(UserId.LONGEST)
                .isNotEqualTo(UserId.perAttempt(any));
        assertThat(REFERENCES.read(REFERENCES.write("account", payOut), "account", List.of(any.integration())))
                .as("no request of a pay-out carries a reference")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000000000000000000000001",
                "p",
                "p1zzzzzzzzzzzzzzzzzzzzzzdemo-shop",
                "p00000000000000000000000demo-shop",
                "p10000000000000000000000Demo",
                "p1000000000000000000000_demo-shop"
            })
    void a_foreign_user_id_points_nowhere(String foreign) {
        assertThat(UserId.attemptOf(foreign)).isEmpty();
    }

    @Test
    void one_buyer_of_one_merchant_has_one_id_however_the_address_is_typed() {
        String id = UserId.perBuyer(KEY, "merchant", "maya@example.com");

        assertThat(id).hasSizeLessThanOrEqualTo(UserId.LONGEST).matches("[0-9A-Za-z]+");
        assertThat(UserId.perBuyer(KEY, "merchant", " Maya@EXAMPLE.com ")).isEqualTo(id);
        assertThat(UserId.perBuyer(KEY, "merchant", "m.aya@example.com")).isNotEqualTo(id);
        assertThat(UserId.perBuyer(KEY, "other", "maya@example.com")).isNotEqualTo(id);
        assertThat(UserId.perBuyer(NEW_KEY, "merchant", "maya@example.com")).isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo-shop",
                "demo-shop~not-a-uuid",
                "demo-shop~9F0C3D1E-5F7A-4B1C-8D2E-3A4B5C6D7E8F",
                "merchant~payout~abc",
                "Demo~9f0c3d1e-5f7a-4b1c-8d2e-3a4b5c6d7e8f"
            })
    void what_could_not_be_restored_exactly_is_not_written(String paymentId) {
        assertThatThrownBy(() -> PaymentAttempt.of(paymentId, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void short_keys_are_refused() {
        assertThatThrownBy(() -> new MerchantReference(List.of(new byte[31])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UserId.perBuyer(new byte[31], "m", "e")).isInstanceOf(IllegalArgumentException.class);
    }
}
