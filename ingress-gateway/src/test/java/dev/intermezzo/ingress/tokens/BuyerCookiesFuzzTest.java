package dev.intermezzo.ingress.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.TokenSealer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A browser's cookies, changed by whoever holds them: what counts is what was set, under the name it was set under. */
class BuyerCookiesFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final BuyerCookies COOKIES =
            new BuyerCookies(new TokenSealer(SealingKeys.generate()), InstantSource.fixed(NOW), true);
    private static final List<BuyerCookie> KNOWN =
            IntStream.rangeClosed(1, 11).mapToObj(BuyerCookiesFuzzTest::cookie).toList();
    /** As a browser sends them: names, and the values that were set. */
    private static final Map<String, String> SET = KNOWN.stream()
            .map(each -> COOKIES.set(each).split(";", 2)[0].split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> one, LinkedHashMap::new));

    private static final Corpus CORPUS = Corpus.ofTexts(Stream.of(
                    header(SET),
                    header(Map.of(COOKIES.name("shop~1"), SET.getOrDefault(COOKIES.name("shop~2"), ""))),
                    "theme=dark; " + header(SET).split("; ", 3)[1]))
            .and(Corpus.of(BuyerCookiesFuzzTest.class, "buyer-cookies"));

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, BuyerCookiesFuzzTest::holds);
    }

    @Test
    void the_latest_eight_of_many_are_kept_and_the_others_pruned() {
        BuyerCookies.Jar jar = COOKIES.read(SET);

        assertThat(jar.payments()).hasSize(BuyerCookies.MOST).isSubsetOf(KNOWN);
        assertThat(jar.prune()).hasSize(KNOWN.size() - BuyerCookies.MOST);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), BuyerCookiesFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of("__Host-imz-", "__host-imz-", "imz-", "$Version=1", "\"", "Path=/", "Max-Age=0"))
                .withSeparators("; ", "=", "-", ";")
                .arbitrary();
    }

    private static void holds(byte[] header) {
        Map<String, String> sent = sent(new String(header, StandardCharsets.ISO_8859_1));

        BuyerCookies.Jar jar = COOKIES.read(sent);

        List<BuyerCookie> unchanged = KNOWN.stream()
                .filter(each -> {
                    String name = COOKIES.name(each.paymentId());
                    return SET.getOrDefault(name, "").equals(sent.get(name));
                })
                .sorted(Comparator.comparing(BuyerCookie::begun).reversed())
                .limit(BuyerCookies.MOST)
                .toList();
        assertThat(jar.payments()).isEqualTo(unchanged);
        long ours = sent.keySet().stream()
                .filter(name -> name.matches("__Host-imz-[0-9a-f]{16}"))
                .count();
        assertThat(jar.prune()).hasSize((int) ours - unchanged.size()).allSatisfy(removal -> {
            assertThat(removal).endsWith("=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
            assertThat(sent).containsKey(removal.split("=; Path", 2)[0]);
        });
    }

    private static Map<String, String> sent(String header) {
        Map<String, String> sent = new LinkedHashMap<>();
        for (String pair : header.split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            sent.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return sent;
    }

    private static String header(Map<String, String> cookies) {
        return cookies.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining("; "));
    }

    private static BuyerCookie cookie(int number) {
        return new BuyerCookie(
                "shop~" + number,
                "shop",
                "lv",
                "LV",
                NOW.minusSeconds(number),
                NOW.plusSeconds(3_600),
                false,
                number % 3,
                List.of(new RouteGap("PAYONE", "account", List.of("phone"))));
    }
}
