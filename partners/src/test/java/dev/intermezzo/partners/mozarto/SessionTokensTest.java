package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.buyer;
import static dev.intermezzo.partners.mozarto.Examples.payIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.partners.mozarto.SessionTokens.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The token is opened here with the JDK alone, by RFC 7516, not only with the library that made it. */
class SessionTokensTest {

    private static final Guard GUARD = Guard.started();
    private static final ProviderOperation PAYONE = payIn("PAYONE");
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(20);
    private static final String ACCOUNT = "account-a";
    private static final byte[] FORMER = key(1);
    private static final byte[] PRESENT = key(2);
    private static final SessionTokens TOKENS = new SessionTokens(keys("k2", PRESENT, "k1", FORMER));
    private static final String TOKEN = token(TOKENS);

    @Test
    void the_token_says_who_the_buyer_is_to_whoever_has_the_key() throws GeneralSecurityException {
        String[] parts = TOKEN.split("\\.", -1);

        assertThat(text(parts[0])).contains("\"alg\":\"dir\"", "\"enc\":\"A256GCM\"", "\"kid\":\"k2\"");
        assertThat(parts).hasSize(5);
        assertThat(parts[1]).isEmpty();
        assertThat(Examples.tree(decrypted(parts, PRESENT)))
                .isEqualTo(Examples.tree(utf8("{\"userId\":\"user-1\",\"email\":\"maya.tremblay@example.com\","
                        + "\"firstName\":\"Maya\",\"lastName\":\"Tremblay\",\"phone\":\"14165550142\","
                        + "\"countryCode\":\"CA\",\"account\":\"account-a\",\"iat\":1795359600,\"exp\":1795360800}")));
    }

    @Test
    void nothing_of_the_buyer_can_be_read_without_the_key() {
        for (String part : TOKEN.split("\\.", -1)) {
            assertThat(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1))
                    .doesNotContain("Maya", "Tremblay", "example.com", "14165550142", "user-1");
        }
    }

    @Test
    void it_is_read_as_it_was_made_by_its_account_until_its_time_is_over() {
        assertThat(user(TOKENS.read(ACCOUNT, TOKEN, NOW)))
                .containsExactly(
                        Map.entry("userId", "user-1"),
                        Map.entry("email", "maya.tremblay@example.com"),
                        Map.entry("firstName", "Maya"),
                        Map.entry("lastName", "Tremblay"),
                        Map.entry("phone", "14165550142"),
                        Map.entry("countryCode", "CA"));
        assertThat(TOKENS.read(ACCOUNT, TOKEN, NOW.plus(LIFETIME).minusSeconds(1)))
                .isInstanceOf(Reading.Valid.class);
        assertThat(TOKENS.read(ACCOUNT, TOKEN, NOW.plus(LIFETIME))).isEqualTo(new Reading.Expired());
        assertThat(TOKENS.read("account-b", TOKEN, NOW)).isEqualTo(new Reading.Invalid());
    }

    @Test
    void a_former_key_still_opens_and_the_first_one_seals() {
        SessionTokens before = new SessionTokens(keys("k1", FORMER));
        SessionTokens after = new SessionTokens(keys("k2", PRESENT));

        assertThat(TOKENS.read(ACCOUNT, token(before), NOW)).isInstanceOf(Reading.Valid.class);
        assertThat(after.read(ACCOUNT, TOKEN, NOW)).isInstanceOf(Reading.Valid.class);
        assertThat(after.read(ACCOUNT, token(before), NOW)).isEqualTo(new Reading.Invalid());
        // Of the same name and another key: another installation's.
        assertThat(new SessionTokens(keys("k2", key(3))).read(ACCOUNT, TOKEN, NOW))
                .isEqualTo(new Reading.Invalid());
    }

    @Test
    void a_user_token_is_no_session_token() {
        UserToken.Result user = UserToken.make(PAYONE, "user-1", buyer(), UserTokenSettings.DEFAULTS, key(4), NOW);

        assertThat(TOKENS.read(ACCOUNT, bare(user), NOW)).isEqualTo(new Reading.Invalid());
    }

    @Test
    void what_is_missing_is_named_and_nothing_is_made() {
        assertThat(TOKENS.make(ACCOUNT, PAYONE, "user-1", BuyerDetails.none(), LIFETIME, NOW))
                .isEqualTo(
                        UserToken.make(PAYONE, "user-1", BuyerDetails.none(), UserTokenSettings.DEFAULTS, key(4), NOW))
                .isInstanceOf(UserToken.Result.Incomplete.class);
    }

    @Test
    void the_longest_details_make_a_token_that_is_still_read() {
        String longest = "é".repeat(FieldRule.LONGEST);
        BuyerDetails buyer = buyer().with(BuyerField.FIRST_NAME, longest).with(BuyerField.LAST_NAME, longest);

        String token = bare(TOKENS.make(ACCOUNT, PAYONE, "u".repeat(64), buyer, LIFETIME, NOW));

        assertThat(token.length()).isLessThan(SessionTokens.MAX_CHARACTERS);
        assertThat(TOKENS.read(ACCOUNT, token, NOW)).isInstanceOf(Reading.Valid.class);
    }

    @Test
    void a_key_of_another_length_is_refused() {
        assertThatThrownBy(() -> new SessionTokens(keys("short", new byte[16])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionTokens(new LinkedHashMap<>())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neither_token_nor_reading_prints_the_buyer() {
        assertThat(TOKENS.make(ACCOUNT, PAYONE, "user-1", buyer(), LIFETIME, NOW)
                                .toString()
                        + TOKENS.read(ACCOUNT, TOKEN, NOW))
                .doesNotContain("Maya", "user-1", TOKEN);
    }

    @Property
    void a_text_that_was_changed_never_says_anything_else(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), bytes -> {
            if (TOKENS.read(ACCOUNT, new String(bytes, StandardCharsets.UTF_8), NOW) instanceof Reading.Valid valid) {
                assertThat(valid).isEqualTo(TOKENS.read(ACCOUNT, TOKEN, NOW));
            }
        });
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(Corpus.ofTexts(Stream.of(
                        TOKEN,
                        "",
                        "....",
                        head("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k2\",\"zip\":\"DEF\"}")
                                + "..AAAA.AAAA.AAAA",
                        head("{\"alg\":\"none\",\"enc\":\"A256GCM\",\"kid\":\"k2\"}") + "..AAAA.AAAA.AAAA",
                        head("{\"alg\":\"RSA-OAEP\",\"enc\":\"A128CBC-HS256\"}") + ".AAAA.AAAA.AAAA.AAAA",
                        head("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"crit\":[\"b64\"],\"b64\":false}") + "....")))
                .withSeparators(".", "\"", ":")
                .arbitrary();
    }

    private static byte[] decrypted(String[] parts, byte[] key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = Base64.getUrlDecoder().decode(parts[2]);
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(parts[0].getBytes(StandardCharsets.US_ASCII));
        byte[] sealed = Base64.getUrlDecoder().decode(parts[3]);
        byte[] tag = Base64.getUrlDecoder().decode(parts[4]);
        return cipher.doFinal(ByteBuffer.allocate(sealed.length + tag.length)
                .put(sealed)
                .put(tag)
                .array());
    }

    private static SequencedMap<String, String> user(Reading reading) {
        return ((Reading.Valid) reading).user();
    }

    private static String token(SessionTokens tokens) {
        return bare(tokens.make(ACCOUNT, PAYONE, "user-1", buyer(), LIFETIME, NOW));
    }

    private static String bare(UserToken.Result result) {
        return ((UserToken.Result.Ready) result).headerValue().replaceFirst("^Bearer ", "");
    }

    private static SequencedMap<String, byte[]> keys(String name, byte[] key) {
        SequencedMap<String, byte[]> keys = new LinkedHashMap<>();
        keys.put(name, key);
        return keys;
    }

    private static SequencedMap<String, byte[]> keys(String first, byte[] sealing, String second, byte[] former) {
        SequencedMap<String, byte[]> keys = keys(first, sealing);
        keys.put(second, former);
        return keys;
    }

    private static byte[] key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    private static String head(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(json));
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
