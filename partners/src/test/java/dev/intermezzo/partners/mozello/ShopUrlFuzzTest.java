package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Addresses in forms, alone: in a whole form few mutations would meet them. */
class ShopUrlFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(ShopUrlFuzzTest.class, "web-address");
    private static final HostList HOSTS = HostList.of("shop.example.com", "www.mozello.com", "[2001:db8::1]:8443");

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, ShopUrlFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), ShopUrlFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "https://",
                        "http:",
                        "//",
                        "shop.example.com",
                        ".evil.example",
                        "a_b",
                        "\\xc3\\xa4",
                        "xn--",
                        "xn--a",
                        ":443",
                        ":8443",
                        ":",
                        "@",
                        "\\\\@",
                        "[::1]",
                        "[",
                        "%5b",
                        "\\xef\\xbc\\x8e",
                        "\\xe3\\x80\\x82",
                        "\\xc2\\xad",
                        "\\xf0\\x9d\\x95\\xa4"))
                .withSeparators("/", ".", ":")
                .arbitrary();
    }

    private static void holds(byte[] input) {
        Optional<ShopUrl> read = ShopUrl.parse(new String(input, StandardCharsets.UTF_8));

        read.ifPresent(url -> {
            URI uri = url.uri();
            assertThat(uri.toString())
                    .matches("(?i)https?://[^/?#@\\\\]+([/?#][!-~]*)?")
                    .hasSizeLessThan(20_000);
            assertThat(URI.create(uri.toString())).isEqualTo(uri);
            assertThat(uri.getRawUserInfo()).isNull();
            assertThat(url.authority()).isNotEmpty();
            if (HOSTS.allows(url.authority())) {
                assertThat(uri.getRawAuthority())
                        .matches("(?i)(shop\\.example\\.com|www\\.mozello\\.com)(:|:0*443)?|\\[2001:db8::1]:0*8443");
            }
        });
    }
}
