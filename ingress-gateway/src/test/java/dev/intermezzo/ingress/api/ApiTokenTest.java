package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {

    private static final String SECRET = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Test
    void what_was_issued_reads_back_with_the_same_digest() {
        ApiToken issued = ApiToken.issue("demo-shop", "key-1", new SecureRandom());

        ApiToken read = ApiToken.parse(issued.reveal()).orElseThrow();

        assertThat(read.merchantId()).isEqualTo("demo-shop");
        assertThat(read.keyId()).isEqualTo("key-1");
        assertThat(read.digest()).isEqualTo(issued.digest()).hasSize(32);
    }

    @Test
    void two_keys_never_have_one_secret() {
        SecureRandom random = new SecureRandom();

        assertThat(ApiToken.issue("demo-shop", "key-1", random).digest())
                .isNotEqualTo(ApiToken.issue("demo-shop", "key-1", random).digest());
    }

    @Test
    void printing_one_does_not_tell_it() {
        ApiToken token = ApiToken.parse("imk.demo-shop.key-1." + SECRET).orElseThrow();

        assertThat(token.toString()).contains("demo-shop", "key-1").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "imk",
                "imk...",
                "imk.demo-shop.key-1.",
                "imk.demo-shop.key-1." + SECRET + "A",
                "imk.Demo.key-1." + SECRET,
                "imk.demo-shop.key.1." + SECRET,
                "abc.demo-shop.key-1." + SECRET,
                " imk.demo-shop.key-1." + SECRET
            })
    void anything_else_is_no_key(String text) {
        assertThat(ApiToken.parse(text)).isEmpty();
    }
}
