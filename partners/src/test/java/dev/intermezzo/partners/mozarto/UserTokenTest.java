package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.buyer;
import static dev.intermezzo.partners.mozarto.Examples.payIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token is verified here with the JDK alone, by the JWT documents, not with the library that made it. */
class UserTokenTest {

    private static final ProviderOperation PAYONE = payIn("PAYONE");
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00.5Z");
    private static final byte[] SECRET = utf8("a secret of more than thirty-two bytes, for tests");

    @Test
    void the_token_says_who_the_buyer_is_and_when_it_ends() {
        String[] parts = token(UserTokenSettings.DEFAULTS, SECRET);

        assertThat(json(parts[0])).isEqualTo(Examples.tree(utf8("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")));
        assertThat(json(parts[1]))
                .isEqualTo(Examples.tree(utf8("{\"userId\":\"user-1\",\"email\":\"maya.tremblay@example.com\","
                        + "\"firstName\":\"Maya\",\"lastName\":\"Tremblay\",\"phone\":\"14165550142\","
                        + "\"countryCode\":\"CA\",\"iat\":1795359600,\"exp\":1795360200}")));
    }

    @ParameterizedTest
    @CsvSource({"HS256,HmacSHA256", "HS384,HmacSHA384", "HS512,HmacSHA512"})
    void the_signature_holds_under_the_secret(UserTokenSettings.Algorithm algorithm, String mac)
            throws GeneralSecurityException {
        String[] parts = token(new UserTokenSettings(algorithm, null, false, true), SECRET);

        assertThat(json(parts[0]).path("alg").asText()).isEqualTo(algorithm.name());
        assertThat(parts[2]).isEqualTo(signature(mac, SECRET, parts[0] + "." + parts[1]));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 31, 32, 33, 64, 65, 200})
    void a_secret_of_any_usual_length_signs_as_the_jdk_signs_with_it(int length) throws GeneralSecurityException {
        byte[] secret = utf8("s".repeat(length));

        String[] parts = token(UserTokenSettings.DEFAULTS, secret);

        assertThat(parts[2]).isEqualTo(signature("HmacSHA256", secret, parts[0] + "." + parts[1]));
        assertThat(UserToken.weak(secret, UserTokenSettings.Algorithm.HS256)).isEqualTo(length < 32);
    }

    @Test
    void a_secret_too_short_to_be_one_is_refused_without_being_repeated() {
        assertThatThrownBy(() -> token(UserTokenSettings.DEFAULTS, utf8("hunter2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret key")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void times_and_prefix_are_left_out_where_the_settings_say_so() {
        UserTokenSettings bare = new UserTokenSettings(UserTokenSettings.Algorithm.HS256, null, false, false);

        String value = ready(UserToken.make(PAYONE, "user-1", buyer(), bare, SECRET, NOW));

        assertThat(value).startsWith("ey");
        JsonNode claims = json(value.split("\\.", -1)[1]);
        assertThat(claims.has("exp")).isFalse();
        assertThat(claims.has("iat")).isFalse();
        assertThat(claims.has("emailVerified")).isFalse();
    }

    @Test
    void claims_that_are_missing_or_bad_are_reported_by_name() {
        BuyerDetails buyer = BuyerDetails.of("maya.tremblay@example.com", "", "Tremblay", "12", "");

        UserToken.Result result = UserToken.make(PAYONE, "user-1", buyer, UserTokenSettings.DEFAULTS, SECRET, NOW);

        assertThat(result)
                .isEqualTo(new UserToken.Result.Incomplete(List.of(
                        new FieldProblem("firstName", FieldProblem.Code.MISSING),
                        new FieldProblem("phone", FieldProblem.Code.TOO_SHORT),
                        new FieldProblem("countryCode", FieldProblem.Code.MISSING))));
    }

    @Test
    void the_token_is_not_printed() {
        UserToken.Result result = UserToken.make(PAYONE, "u", buyer(), UserTokenSettings.DEFAULTS, SECRET, NOW);

        assertThat(result.toString()).doesNotContain("ey");
    }

    @Test
    void a_token_that_would_be_born_dead_is_refused() {
        assertThatThrownBy(() ->
                        new UserTokenSettings(UserTokenSettings.Algorithm.HS256, Duration.ofMillis(999), true, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String[] token(UserTokenSettings settings, byte[] secret) {
        String value = ready(UserToken.make(PAYONE, "user-1", buyer(), settings, secret, NOW));
        assertThat(value).startsWith("Bearer ");
        return value.substring("Bearer ".length()).split("\\.", -1);
    }

    private static String ready(UserToken.Result result) {
        return ((UserToken.Result.Ready) result).headerValue();
    }

    private static JsonNode json(String part) {
        return Examples.tree(Base64.getUrlDecoder().decode(part));
    }

    private static String signature(String algorithm, byte[] secret, String input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret, algorithm));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(utf8(input)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
