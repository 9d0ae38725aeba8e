package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectPolicyTest {

    private static final RedirectPolicy POLICY =
            new RedirectPolicy(List.of("pay.example.com", "*.bank.example"), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pay.example.com",
                "https://pay.example.com/a?b=c#d",
                "HTTPS://PAY.EXAMPLE.COM/",
                "https://pay.example.com:443/",
                "https://a.bank.example/",
                "https://a.b.bank.example/",
            })
    void a_listed_host_is_allowed(String url) {
        assertThat(POLICY.judge(url)).isInstanceOf(RedirectVerdict.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://pay.example.com/,redirect-not-https",
        "javascript:alert(1),redirect-malformed",
        "data:text/html;x,redirect-malformed",
        "//pay.example.com/,redirect-malformed",
        "/relative,redirect-malformed",
        "'',redirect-malformed",
        "https://pay.example.com:8443/,redirect-port",
        "https://evil.example/,redirect-host",
        "https://pay.example.com.evil.example/,redirect-host",
        "https://evilpay.example.com/,redirect-host",
        "https://bank.example/,redirect-host",
        "https://evilbank.example/,redirect-host",
        "https://.bank.example/,redirect-malformed",
        "https://pay.example.com./,redirect-host",
        "https://pay.example.com@evil.example/,redirect-malformed",
        "https://user:pw@pay.example.com/,redirect-malformed",
        "https://evil.example\\@pay.example.com/,redirect-malformed",
        "https://evil.example\\.pay.example.com/,redirect-malformed",
        "https://pay.example.com /,redirect-malformed",
        "https://192.0.2.1/,redirect-host",
        "https://[2001:db8::1]/,redirect-host",
        "https://127.0.0.1/,redirect-host",
        "http://localhost:8082/,redirect-not-https",
        "https://pаy.example.com/,redirect-malformed",
        "https://pay.example.com/?t=<payment-token>,redirect-malformed",
    })
    void any_other_address_is_refused_with_its_reason(String url, String code) {
        assertThat(POLICY.judge(url))
                .asInstanceOf(type(RedirectVerdict.Refused.class))
                .extracting(RedirectVerdict.Refused::code)
                .isEqualTo(code);
    }

    @Test
    void a_line_break_never_reaches_a_header() {
        assertThat(POLICY.judge("https://pay.example.com/\r\nSet-Cookie: a=b"))
                .isInstanceOf(RedirectVerdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8082/p/1", "http://127.0.0.1:8082/", "http://[::1]:8082/", "https://localhost/"
            })
    void loopback_is_allowed_only_by_its_switch(String url) {
        RedirectPolicy sandbox = new RedirectPolicy(List.of(), true);

        assertThat(sandbox.judge(url)).isInstanceOf(RedirectVerdict.Allowed.class);
        assertThat(new RedirectPolicy(List.of(), false).judge(url)).isInstanceOf(RedirectVerdict.Refused.class);
        assertThat(sandbox.judge("http://localhost.evil.example/")).isInstanceOf(RedirectVerdict.Refused.class);
        assertThat(sandbox.judge("ftp://localhost/")).isInstanceOf(RedirectVerdict.Refused.class);
    }

    @Test
    void settings_add_hosts_to_the_documented_ones() {
        AccountSettings settings = new AccountSettings(Set.of(), Map.of(), List.of("*.payone.example"));
        RedirectPolicy policy = RedirectPolicy.of(Examples.payIn("PAYONE"), settings, false);

        assertThat(policy.judge("https://demo.payonepayment.com/webflow-payment/1"))
                .isInstanceOf(RedirectVerdict.Allowed.class);
        assertThat(policy.judge("https://live.payone.example/")).isInstanceOf(RedirectVerdict.Allowed.class);
        assertThat(policy.judge("https://www.payonepayment.com/")).isInstanceOf(RedirectVerdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.com",
                "com",
                "PAY.example.com",
                "https://pay.example.com",
                "a..b",
                "127.0.0.1",
                "*.*.example.com"
            })
    void a_rule_that_would_allow_too_much_or_nothing_is_refused(String rule) {
        assertThatThrownBy(() -> new RedirectPolicy(List.of(rule), false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void whatever_follows_the_listed_name_an_allowed_address_is_on_the_list(@ForAll String text) {
        for (String url : List.of("https://pay.example.com" + text, "https://" + text + ".bank.example")) {
            if (POLICY.judge(url) instanceof RedirectVerdict.Allowed allowed) {
                assertThat(allowed.uri().getHost()).matches("pay\\.example\\.com|[^/]+\\.bank\\.example");
                assertThat(allowed.uri().getScheme()).isEqualTo("https");
            }
        }
    }
}
