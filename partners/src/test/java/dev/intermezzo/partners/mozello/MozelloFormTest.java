package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MozelloFormTest {

    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    @Test
    void urlencoded_fields_keep_their_order_and_decode_as_in_php() {
        MozelloForm form = form("z=1&a=a+b%2Bc&&empty=&bare&eq=x%3Dy=z&u=%C5%86&bad=50%&bad2=%zz%4&&", URLENCODED);

        assertThat(form.fields())
                .containsExactly(
                        FormField.of("z", "1"),
                        FormField.of("a", "a b+c"),
                        FormField.of("empty", ""),
                        FormField.of("bare", ""),
                        FormField.of("eq", "x=y=z"),
                        FormField.of("u", "ņ"),
                        FormField.of("bad", "50%"),
                        FormField.of("bad2", "%zz%4"));
    }

    @Test
    void a_repeated_name_keeps_its_first_position_and_takes_its_last_value() {
        MozelloForm form = form("a=1&b=2&a=3", URLENCODED);

        assertThat(form.fields()).containsExactly(FormField.of("a", "3"), FormField.of("b", "2"));
        assertThat(form.repeated()).containsExactly("a");
    }

    @Test
    void multipart_fields_keep_their_order_and_bytes() {
        MozelloForm form = form(
                part("z", "1") + part("a", "two\r\nlines") + part("empty", "") + part("dash", "--b") + "--b--\r\n",
                MULTIPART);

        assertThat(form.fields())
                .containsExactly(
                        FormField.of("z", "1"),
                        FormField.of("a", "two\r\nlines"),
                        FormField.of("empty", ""),
                        FormField.of("dash", "--b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=b",
                "Multipart/Form-Data;BOUNDARY=\"b\"",
                "multipart/form-data; charset=utf-8; boundary=b;",
            })
    void a_content_type_is_read_in_its_usual_spellings(String contentType) {
        assertThat(form(part("a", "1") + "--b--", contentType).names()).containsExactly("a");
    }

    @Test
    void part_headers_beside_the_disposition_are_ignored() {
        String body =
                "--b\r\nContent-Type: text/plain; charset=utf-8\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--b--";

        assertThat(form(body, MULTIPART).fields()).containsExactly(FormField.of("a", "1"));
    }

    @Test
    void a_charset_parameter_does_not_change_the_bytes() {
        assertThat(form("a=%E4", URLENCODED + "; charset=ISO-8859-1").fields())
                .containsExactly(new FormField("a", new byte[] {(byte) 0xe4}));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "text/plain", "application/json", "multipart/mixed; boundary=b", "form"})
    void another_content_type_is_refused(@Nullable String contentType) {
        assertThat(code(bytes("a=1"), contentType)).isEqualTo("content-type-unsupported");
    }

    static Stream<String> brokenMultipart() {
        return Stream.of(
                "",
                "preamble\r\n" + part("a", "1") + "--b--",
                part("a", "1"),
                part("a", "1") + "--b",
                part("a", "1") + "--b--\r\nepilogue",
                part("a", "1") + "--bb--",
                "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--",
                "--b\r\n\r\nno disposition\r\n--b--",
                "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\" x\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\"; filename*=utf-8''f\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--b--",
                "--b\r\nno colon\r\n\r\n1\r\n--b--",
                "--b\r\nX: " + "x".repeat(1100) + "\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--",
                "--b\r\n" + "X: y\r\n".repeat(9) + "Content-Disposition: form-data; name=a\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\"");
    }

    @ParameterizedTest
    @MethodSource("brokenMultipart")
    void a_broken_multipart_body_is_refused(String body) {
        assertThat(code(bytes(body), MULTIPART)).isEqualTo("form-malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"b",
                "multipart/form-data; boundary=b; boundary=c",
                "multipart/form-data; boundary=\"b \"",
                "multipart/form-data; boundary=ņ",
                "multipart/form-data; boundary"
            })
    void a_multipart_body_without_a_usable_boundary_is_refused(String contentType) {
        assertThat(code(bytes(part("a", "1") + "--b--"), contentType)).isEqualTo("form-malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1", "a=1&=2", "%FF=1"})
    void a_field_without_a_readable_name_is_refused(String body) {
        assertThat(code(bytes(body), URLENCODED)).isEqualTo("form-malformed");
    }

    @Test
    void a_header_name_that_is_not_utf8_is_refused() {
        byte[] body = "--b\r\nContent-Disposition: form-data; name=\"\u00ff\"\r\n\r\n1\r\n--b--"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(code(body, MULTIPART)).isEqualTo("form-malformed");
    }

    @Test
    void a_body_of_64_kib_is_read_and_one_byte_more_is_refused() {
        String fits = "a=" + "x".repeat(MozelloForm.MAX_BODY_BYTES - 2);

        assertThat(form(fits, URLENCODED).names()).containsExactly("a");
        assertThat(code(bytes(fits + "x"), URLENCODED)).isEqualTo("body-too-large");
    }

    @Test
    void sixty_four_fields_are_read_and_one_more_is_refused_even_when_repeated() {
        List<String> names = IntStream.range(0, 64).mapToObj(i -> "f" + i).toList();
        String fits = names.stream().map(name -> name + "=1").collect(Collectors.joining("&"));
        String parts = names.stream().map(name -> part(name, "1")).collect(Collectors.joining());

        assertThat(form(fits, URLENCODED).names()).isEqualTo(names);
        assertThat(form(parts + "--b--", MULTIPART).names()).isEqualTo(names);
        assertThat(code(bytes(fits + "&f0=1"), URLENCODED)).isEqualTo("too-many-fields");
        assertThat(code(bytes(parts + part("f0", "1") + "--b--"), MULTIPART)).isEqualTo("too-many-fields");
    }

    @Test
    void a_form_and_its_fields_never_print_a_value() {
        MozelloForm form = TestForm.documented().form();

        assertThat(form.toString()).contains("billing_email").doesNotContain("anna");
        assertThat(form.field("billing_email").orElseThrow()).hasToString("FormField[billing_email, 16 bytes]");
    }

    private static String part(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static MozelloForm form(String body, String contentType) {
        FormReading reading = MozelloForm.read(bytes(body), contentType);
        assertThat(reading).isInstanceOf(FormReading.Form.class);
        return ((FormReading.Form) reading).form();
    }

    private static String code(byte[] body, @Nullable String contentType) {
        FormReading reading = MozelloForm.read(body, contentType);
        assertThat(reading).isInstanceOf(FormReading.Unreadable.class);
        return ((FormReading.Unreadable) reading).code();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
