package dev.intermezzo.ingress.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.TokenSealer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BuyerCookiesTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final TokenSealer SEALER = new TokenSealer(SealingKeys.generate());

    private final BuyerCookies cookies = new BuyerCookies(SEALER, InstantSource.fixed(NOW), true);

    private static BuyerCookie cookie(String order, Instant begun) {
        return new BuyerCookie(
                "demo-shop~" + order,
                "demo-shop",
                "lv",
                "LV",
                begun,
                NOW.plusSeconds(3_600),
                false,
                2,
                List.of(
                        new RouteGap("PAYONE", "sandbox-account", List.of("phone", "email")),
                        new RouteGap("GIGADAT", "other", List.of())));
    }

    private static Map<String, String> sent(String... headers) {
        Map<String, String> sent = new HashMap<>();
        for (String header : headers) {
            String pair = header.substring(0, header.indexOf(';'));
            sent.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return sent;
    }

    @Test
    void what_is_set_is_read_again() {
        BuyerCookie cookie = cookie("a", NOW);

        BuyerCookies.Jar jar = cookies.read(sent(cookies.set(cookie)));

        assertThat(jar.payments()).containsExactly(cookie);
        assertThat(jar.prune()).isEmpty();
        assertThat(jar.of("demo-shop~a")).contains(cookie);
        assertThat(jar.of("demo-shop~b")).isEmpty();
    }

    @Test
    void the_latest_attempt_that_was_shown_is_remembered_and_an_earlier_one_does_not_replace_it() {
        BuyerCookie cookie = cookie("a", NOW).withShown(3).withShown(1).withConcluded(true);

        assertThat(cookies.read(sent(cookies.set(cookie))).payments())
                .singleElement()
                .extracting(BuyerCookie::shownAttempt)
                .isEqualTo(3);
    }

    @Test
    void a_cookie_from_before_the_update_is_still_read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1);
        for (String text : List.of("demo-shop~a", "demo-shop", "lv", "LV")) {
            out.writeUTF(text);
        }
        out.writeLong(NOW.getEpochSecond());
        out.writeLong(NOW.plusSeconds(3_600).getEpochSecond());
        out.writeBoolean(false);
        out.writeByte(0);
        String value = SEALER.seal("cookie", bytes.toByteArray());

        assertThat(cookies.read(Map.of(cookies.name("demo-shop~a"), value)).payments())
                .singleElement()
                .extracting(BuyerCookie::paymentId, BuyerCookie::shownAttempt)
                .containsExactly("demo-shop~a", 0);
    }

    @Test
    void the_header_is_bound_to_the_host_and_ends_with_the_payment() {
        assertThat(cookies.set(cookie("a", NOW)))
                .startsWith("__Host-imz-")
                .endsWith("; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void over_plain_http_on_this_machine_the_prefix_is_left_out_because_browsers_refuse_it() {
        assertThat(new BuyerCookies(SEALER, InstantSource.fixed(NOW), false).set(cookie("a", NOW)))
                .startsWith("imz-")
                .doesNotContain("Secure");
    }

    @Test
    void a_value_moved_under_another_payments_name_counts_for_neither() {
        String other = cookies.name("demo-shop~b");
        String value = sent(cookies.set(cookie("a", NOW))).values().iterator().next();

        BuyerCookies.Jar jar = cookies.read(Map.of(other, value));

        assertThat(jar.payments()).isEmpty();
        assertThat(jar.prune())
                .singleElement()
                .asString()
                .startsWith(other + "=;")
                .contains("Max-Age=0");
    }

    @Test
    void an_expired_cookie_counts_for_nothing_and_is_removed() {
        String header = cookies.set(cookie("a", NOW));
        BuyerCookies later = new BuyerCookies(SEALER, InstantSource.fixed(NOW.plusSeconds(3_600)), true);

        assertThat(later.read(sent(header)).payments()).isEmpty();
        assertThat(later.read(sent(header)).prune()).hasSize(1);
    }

    @Test
    void a_page_token_is_no_cookie() {
        String token = new PageTokens(SEALER, InstantSource.fixed(NOW))
                .seal(TokenPurpose.PAY, new PayToken("demo-shop~a", "lv", NOW.plusSeconds(60)));

        assertThat(cookies.read(Map.of(cookies.name("demo-shop~a"), token)).payments())
                .isEmpty();
    }

    @Test
    void the_latest_eight_stay_and_cookies_of_others_are_left_alone() {
        Map<String, String> all = new HashMap<>(Map.of("session", "of-someone-else"));
        IntStream.range(0, 11).forEach(i -> all.putAll(sent(cookies.set(cookie("o" + i, NOW.minusSeconds(i))))));

        BuyerCookies.Jar jar = cookies.read(all);

        assertThat(jar.payments())
                .hasSize(8)
                .extracting(BuyerCookie::paymentId)
                .first()
                .isEqualTo("demo-shop~o0");
        assertThat(jar.prune()).hasSize(3).allMatch(header -> header.startsWith("__Host-imz-"));
    }

    @Test
    void a_full_cookie_stays_below_what_browsers_keep() {
        List<RouteGap> gaps = IntStream.range(0, 30)
                .mapToObj(i -> new RouteGap(
                        "EMERCHANTPAY",
                        "a".repeat(40),
                        List.of("email", "firstName", "lastName", "phone", "countryCode")))
                .toList();
        BuyerCookie cookie = cookie("6f1c2f0e-7a53-4a3e-9a0b-2f6f3c1d9b10", NOW).withGaps("LV", gaps);

        assertThat(cookies.set(cookie).length()).isLessThan(4_096);
    }
}
