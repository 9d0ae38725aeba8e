package dev.intermezzo.runtime.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.SealedUrl;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealingTest {
    private static final SealingKeys KEYS = SealingKeys.generate();
    private static final SealingKeys INGRESS = KEYS.only(EnumSet.of(
            Keyset.MERCHANT_SECRETS, Keyset.REDIRECTS, Keyset.TOKENS, Keyset.EXECUTOR_PUBLIC, Keyset.VAULT_PUBLIC));
    private static final String PAYMENT = "demo-shop~0b7c6a1e-0000-4000-8000-000000000001";
    private static final byte[] PLAIN = "Erika Example, +1 555 0100".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_merchants_secret_opens_for_its_owner_and_purpose_only() {
        SecretSealer sealer = new SecretSealer(KEYS);
        SealedSecret sealed = sealer.seal("integration:demo-shop", "mozello-key", "k1", PLAIN);
        SealedSecret otherPurpose = new SealedSecret("k1", "company-token", sealed.getCiphertext(), null);

        assertThat(sealer.open("integration:demo-shop", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> sealer.open("integration:other-shop", sealed))
                .isInstanceOf(SealingException.class)
                .hasMessage("The secret mozello-key of integration:other-shop could not be opened.");
        assertThatThrownBy(() -> sealer.open("integration:demo-shop", otherPurpose))
                .isInstanceOf(SealingException.class);
    }

    @Test
    void the_executor_opens_what_the_ingress_sealed() {
        SealedBuyer sealed = new BuyerSealer(INGRESS).seal(PAYMENT, "buyer-details", PLAIN);

        assertThat(new BuyerOpener(KEYS).open(PAYMENT, sealed.data(), List.of(sealed.key())))
                .isEqualTo(PLAIN);
        assertThat(text(sealed.data().getCiphertext())).doesNotContain("Erika");
    }

    @Test
    void the_ingress_cannot_open_what_it_sealed() {
        assertThatThrownBy(() -> new BuyerOpener(INGRESS))
                .isInstanceOf(SealingException.class)
                .hasMessage("This process does not hold the keyset executor-private.json.");
        byte[] sealed = new Vault(INGRESS).seal("letter", PLAIN);
        assertThatThrownBy(() -> new Vault(INGRESS).open("letter", sealed))
                .hasMessage("This process does not hold the keyset vault-private.json.");
    }

    @Test
    void a_buyers_data_belongs_to_its_payment_and_purpose() {
        SealedBuyer sealed = new BuyerSealer(KEYS).seal(PAYMENT, "buyer-details", PLAIN);
        BuyerOpener opener = new BuyerOpener(KEYS);
        SealedData otherPurpose = new SealedData(
                sealed.data().getKeyId(), "webhook-body", sealed.data().getCiphertext());

        assertThatThrownBy(() -> opener.open("other~payment", sealed.data(), List.of(sealed.key())))
                .isInstanceOf(SealingException.class);
        assertThatThrownBy(() -> opener.open(PAYMENT, otherPurpose, List.of(sealed.key())))
                .isInstanceOf(SealingException.class);
    }

    @Test
    void a_buyers_key_belongs_to_its_payment_and_id() {
        SealedBuyer one = new BuyerSealer(KEYS).seal(PAYMENT, "buyer-details", PLAIN);
        SealedBuyer two = new BuyerSealer(KEYS).seal(PAYMENT, "buyer-details", PLAIN);
        WrappedKey renamed = new WrappedKey(one.key().getKeyId(), two.key().getWrapped());

        assertThatThrownBy(() -> new BuyerOpener(KEYS).open(PAYMENT, one.data(), List.of(renamed)))
                .isInstanceOf(SealingException.class);
    }

    @Test
    void the_right_key_is_found_among_several_and_its_absence_is_said() {
        BuyerSealer sealer = new BuyerSealer(KEYS);
        SealedBuyer one = sealer.seal(PAYMENT, "buyer-details", PLAIN);
        SealedBuyer two = sealer.seal(PAYMENT, "buyer-details", new byte[] {1});
        BuyerOpener opener = new BuyerOpener(KEYS);

        assertThat(opener.open(PAYMENT, one.data(), List.of(two.key(), one.key())))
                .isEqualTo(PLAIN);
        assertThatThrownBy(() -> opener.open(PAYMENT, one.data(), List.of(two.key())))
                .hasMessageContaining("may have been forgotten");
    }

    @Test
    void a_providers_answer_is_sealed_with_a_key_the_payment_has() {
        SealedBuyer buyer = new BuyerSealer(KEYS).seal(PAYMENT, "buyer-details", PLAIN);
        BuyerOpener opener = new BuyerOpener(KEYS);

        SealedData answer = opener.sealMore(PAYMENT, "provider-answer", new byte[] {7}, buyer.key());

        assertThat(answer.getKeyId()).isEqualTo(buyer.key().getKeyId());
        assertThat(opener.open(PAYMENT, answer, List.of(buyer.key()))).containsExactly(7);
    }

    @Test
    void a_redirect_opens_for_its_payment_and_attempt_only() {
        RedirectSealer sealer = new RedirectSealer(INGRESS);
        URI address = URI.create("https://pay.provider.example/s/1?token=abc");
        SealedUrl sealed = sealer.seal(PAYMENT, 1, address);

        assertThat(sealer.open(PAYMENT, 1, sealed)).isEqualTo(address);
        assertThatThrownBy(() -> sealer.open(PAYMENT, 2, sealed))
                .isInstanceOf(SealingException.class)
                .hasMessageNotContaining("provider.example");
        assertThatThrownBy(() -> sealer.open("other~payment", 1, sealed)).isInstanceOf(SealingException.class);
    }

    @Test
    void a_token_opens_for_its_purpose_only_and_forgeries_are_simply_no_tokens() {
        TokenSealer sealer = new TokenSealer(INGRESS);
        String token = sealer.seal("pay", PLAIN);
        char last = token.charAt(token.length() - 1);
        String changed = token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');

        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(sealer.open("pay", token)).hasValue(PLAIN);
        assertThat(sealer.open("return", token)).isEmpty();
        assertThat(sealer.open("pay", changed)).isEmpty();
        assertThat(sealer.open("pay", token + "=")).isEmpty();
        assertThat(sealer.open("pay", "")).isEmpty();
        assertThat(sealer.open("pay", "not/base64")).isEmpty();
        assertThat(sealer.open("pay", "A".repeat(10_000))).isEmpty();
        assertThat(new TokenSealer(SealingKeys.generate()).open("pay", token)).isEmpty();
    }

    @Test
    void a_token_has_exactly_one_text() {
        TokenSealer sealer = new TokenSealer(INGRESS);
        // Content so long that the text's last character has spare bits.
        String token = sealer.seal("pay", new byte[] {1, 2});
        assertThat(token.length() % 4).isNotZero();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String head = token.substring(0, token.length() - 1);

        long opening = alphabet.chars()
                .filter(c -> sealer.open("pay", head + (char) c).isPresent())
                .count();

        assertThat(opening).isEqualTo(1);
    }

    @Test
    void the_vault_opens_in_its_context_only() {
        Vault vault = new Vault(KEYS);
        byte[] sealed = vault.seal("letter-1", PLAIN);

        assertThat(vault.open("letter-1", sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> vault.open("letter-2", sealed)).isInstanceOf(SealingException.class);
    }

    @Test
    void contexts_with_the_same_letters_in_other_parts_differ() {
        assertThat(Context.of("ab", "c")).isNotEqualTo(Context.of("a", "bc")).isNotEqualTo(Context.of("ab", "c", ""));
    }

    @Test
    void nothing_that_holds_a_key_prints_it() {
        assertThat(KEYS.toString()).startsWith("SealingKeys[").hasSizeLessThan(300);
        assertThat(DataKey.fresh().toString()).matches("DataKey\\[[0-9a-f]{16}]");
        assertThat(INGRESS.held())
                .isEqualTo(Set.of(
                        Keyset.MERCHANT_SECRETS,
                        Keyset.REDIRECTS,
                        Keyset.TOKENS,
                        Keyset.EXECUTOR_PUBLIC,
                        Keyset.VAULT_PUBLIC));
    }

    private static String text(ByteBuffer bytes) {
        return new String(Bytes.of(bytes), StandardCharsets.ISO_8859_1);
    }
}
