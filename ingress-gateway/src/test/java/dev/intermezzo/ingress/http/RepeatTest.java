package dev.intermezzo.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.MozelloForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatTest {

    private static MozelloForm form(FormField... fields) {
        return MozelloForm.of(List.of(fields));
    }

    @Test
    void a_form_is_offered_again_as_it_came() {
        Repeat repeat = Repeat.of("/here", form(FormField.of("b", "two\r\nlines"), FormField.of("a", "ļ 😀 \"<&")))
                .orElseThrow();

        assertThat(repeat.address()).isEqualTo("/here");
        assertThat(repeat.fields())
                .containsExactly(new Repeat.Field("b", "two\r\nlines"), new Repeat.Field("a", "ļ 😀 \"<&"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\r\n\nb", "a\r\r\nb", "\n", "a\u0000b"})
    void what_a_browser_would_send_otherwise_is_not_offered(String text) {
        assertThat(Repeat.of("/here", form(FormField.of("name", text)))).isEmpty();
        assertThat(Repeat.of("/here", form(FormField.of(text, "value")))).isEmpty();
    }

    @Test
    void bytes_that_are_no_text_are_not_offered() {
        assertThat(Repeat.of("/here", form(new FormField("name", new byte[] {(byte) 0xff}))))
                .isEmpty();
    }

    @Test
    void a_field_that_browsers_fill_in_themselves_is_not_offered() {
        assertThat(Repeat.of("/here", form(FormField.of("_charset_", "x")))).isEmpty();
    }

    @Test
    void a_buyers_data_is_not_printed() {
        assertThat(Repeat.of("/here", form(FormField.of("email", "anna@example.com")))
                        .toString())
                .doesNotContain("anna");
    }
}
