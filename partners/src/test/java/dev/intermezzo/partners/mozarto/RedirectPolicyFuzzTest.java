package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Addresses to which an answer would send a buyer. */
class RedirectPolicyFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(RedirectPolicyFuzzTest.class, "web-address");
    private static final List<String> HOSTS = List.of("pay.payone.example", "*.pay.example");
    private static final String LISTED =
            "(?i)https://(pay\\.payone\\.example|([a-z0-9-]+\\.)+pay\\.example)(:|:0*443)?([/?#].*)?";
    private static final String LOOPBACK =
            "(?i)https?://(localhost|127\\.0\\.0\\.1|\\[::1]|([a-z0-9-]+\\.)+localhost)(:[0-9]*)?([/?#].*)?";

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, RedirectPolicyFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), RedirectPolicyFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "https://",
                        "http:",
                        "//",
                        "pay.payone.example",
                        "x.pay.example",
                        ".evil.example",
                        ":443",
                        ":444",
                        "@",
                        "localhost",
                        "\\\\@",
                        "[::1]",
                        "127.0.0.1",
                        "%2e"))
                .withSeparators("/", ".", ":")
                .arbitrary();
    }

    private static void holds(byte[] input) {
        String url = new String(input, StandardCharsets.UTF_8);
        for (boolean loopback : new boolean[] {false, true}) {
            switch (new RedirectPolicy(HOSTS, loopback).judge(url)) {
                case RedirectVerdict.Refused refused -> {
                    assertThat(refused.code())
                            .isIn(Set.of("redirect-malformed", "redirect-not-https", "redirect-port", "redirect-host"));
                    assertThat(refused.sentence()).hasSizeLessThan(400);
                }
                case RedirectVerdict.Allowed allowed -> {
                    assertThat(allowed.uri()).hasToString(url);
                    assertThat(url).matches("[!-~&&[^\\\\]]{1,2048}");
                    assertThat(url.matches(LISTED) || (loopback && url.matches(LOOPBACK)))
                            .as(url)
                            .isTrue();
                }
            }
        }
    }
}
