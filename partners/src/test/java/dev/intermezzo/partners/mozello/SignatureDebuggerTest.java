package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureDebuggerTest {

    private static final String SECRET = "MZL-P-0-testkey0123456789abcdef";
    private static final String OTHER_SECRET = "MZL-S-0-another-key-of-the-shop";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final List<KeyUnderTest> KEYS = Stream.of(
                    KeyUnderTest.expected("shop-key", SECRET), KeyUnderTest.other("store-api", OTHER_SECRET))
            .flatMap(List::stream)
            .toList();

    /** The documented form, out of order and with what makes the mistakes differ: blanks, line ends, a plus, accents. */
    private static final List<FormField> FIELDS = TestForm.documented()
            .moved("language_code", "billing_company")
            .with("billing_street", " Summer street 10\r\nflat 2 ")
            .with("billing_city", "A+B & C")
            .appended("phone", "123")
            .appended("loyalty", "gold")
            .fields();

    static Stream<Vector> validForms() {
        return Vector.ofKinds("checkout", "notification", "notification_check_pending")
                .filter(vector -> vector.has("wire_body") && vector.expectedValid());
    }

    @ParameterizedTest
    @MethodSource("validForms")
    void what_the_official_verifier_takes_needs_no_explanation(Vector vector) {
        SignatureExplanation explanation = SignatureDebugger.form(
                vector.body(),
                vector.text("wire_content_type"),
                KeyUnderTest.expected("shop-key", vector.text("api_key")));

        assertThat(explanation).isEqualTo(new SignatureExplanation.Signed("shop-key"));
    }

    @Test
    void the_recorded_mistakes_are_explained() {
        assertThat(codes(recorded("checkout-13-hex-signature"))).containsExactly("signature-hex");
        Vector unsigned = vector("notify-09-check_pending-unsigned");
        byte[] body = UrlEncodedForm.write(unsigned.signedFields()).getBytes(StandardCharsets.US_ASCII);
        assertThat(SignatureDebugger.form(body, FORM, KeyUnderTest.expected("shop-key", unsigned.text("api_key"))))
                .isInstanceOfSatisfying(SignatureExplanation.Explained.class, explained -> {
                    assertThat(explained.deviations()).singleElement().satisfies(deviation -> {
                        assertThat(deviation.code()).isEqualTo("field-not-signed");
                        assertThat(deviation.sentence()).contains("check_pending");
                    });
                });
        assertThat(recorded("checkout-12-bad-signature"))
                .isInstanceOfSatisfying(
                        SignatureExplanation.Unexplained.class,
                        unexplained -> assertThat(unexplained.code()).isEqualTo("signature-wrong"));
    }

    static Stream<Arguments> mistakes() {
        String right = sign(SECRET, joined(""));
        byte[] raw = Base64.getDecoder().decode(right);
        return Stream.of(
                mistake("signature-hex", HexFormat.of().formatHex(raw)),
                mistake("signature-hex", HexFormat.of().withUpperCase().formatHex(raw)),
                mistake(
                        "signature-base64-of-hex",
                        Base64.getEncoder()
                                .encodeToString(HexFormat.of().formatHex(raw).getBytes(StandardCharsets.US_ASCII))),
                mistake("signature-unpadded", right.replace("=", "")),
                mistake("signature-blanks", right + "\n"),
                mistake("signature-blanks", '"' + right + '"'),
                mistake("signature-encoded-twice", PercentCoding.encode(right)),
                mistake("order-documented", sign(SECRET, values(documented()))),
                mistake("order-sorted", sign(SECRET, values(sorted()))),
                mistake("order-reversed", sign(SECRET, values(reversed()))),
                mistake("values-separated", sign(SECRET, joined("&"))),
                mistake("values-separated", sign(SECRET, joined("\n"))),
                mistake("names-signed", sign(SECRET, named("=", "&"))),
                mistake("names-signed", sign(SECRET, named("", ""))),
                mistake("body-signed", sign(SECRET, UrlEncodedForm.write(FIELDS))),
                mistake("values-encoded", sign(SECRET, changed(PercentCoding::encode))),
                mistake("values-trimmed", sign(SECRET, changed(String::strip))),
                mistake("line-ends-changed", sign(SECRET, changed(value -> value.replace("\r\n", "\n")))),
                mistake("message-line-end", sign(SECRET, joined("") + "\n")),
                mistake("unknown-fields-not-signed", sign(SECRET, values(documentedOnly()))),
                mistake("field-not-signed", sign(SECRET, values(FIELDS.subList(1, FIELDS.size())))),
                mistake("key-in-message", sign(SECRET, SECRET + joined(""))),
                mistake("key-in-message", sign(SECRET, joined("") + SECRET)),
                mistake("key-with-line-end", sign(SECRET + "\n", joined(""))),
                mistake("key-other", sign(OTHER_SECRET, joined(""))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_is_named(String code, String signature) {
        SignatureExplanation explanation = SignatureDebugger.form(form(signature), FORM, KEYS);

        assertThat(codes(explanation)).containsExactly(code);
    }

    @Test
    void several_mistakes_are_all_named() {
        byte[] raw = Base64.getDecoder().decode(sign(OTHER_SECRET, values(sorted())));

        SignatureExplanation explanation =
                SignatureDebugger.form(form(HexFormat.of().formatHex(raw)), FORM, KEYS);

        assertThat(codes(explanation)).containsExactly("key-other", "order-sorted", "signature-hex");
        assertThat(((SignatureExplanation.Explained) explanation).keyId()).isEqualTo("store-api");
    }

    @Test
    void letters_of_another_charset_are_named() {
        MozelloKey key = MozelloKey.of("shop-key", SECRET);
        List<byte[]> latin = List.of("M-1café".getBytes(StandardCharsets.ISO_8859_1));
        byte[] body = ("invoice_id=M-1&name=caf%C3%A9&signature=" + PercentCoding.encode(HmacCheck.sign(latin, key)))
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(codes(SignatureDebugger.form(body, FORM, KEYS))).containsExactly("charset-other");
    }

    @Test
    void a_plus_that_is_no_blank_is_named() {
        byte[] body = ("invoice_id=M-1&name=a+b%C3%A9&signature=" + PercentCoding.encode(sign(SECRET, "M-1a+bé")))
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(codes(SignatureDebugger.form(body, FORM, KEYS))).containsExactly("plus-not-encoded");
    }

    @Test
    void the_line_end_that_an_editor_adds_is_named_wherever_the_signature_stands() {
        String last = new String(form(sign(SECRET, joined(""))), StandardCharsets.US_ASCII) + "\n";
        String first =
                "signature=" + PercentCoding.encode(sign(SECRET, "M-1gold")) + "&invoice_id=M-1&loyalty=gold\r\n";

        assertThat(codes(SignatureDebugger.form(last.getBytes(StandardCharsets.US_ASCII), FORM, KEYS)))
                .containsExactly("received-line-end");
        assertThat(codes(SignatureDebugger.form(first.getBytes(StandardCharsets.US_ASCII), FORM, KEYS)))
                .containsExactly("received-line-end");
    }

    @Test
    void a_signature_whose_plus_signs_were_not_encoded_is_named() {
        String signature = Stream.iterate(0, number -> number + 1)
                .map(number -> "M-" + number)
                .filter(invoice -> sign(SECRET, invoice).contains("+"))
                .findFirst()
                .orElseThrow();
        byte[] body = ("invoice_id=" + signature + "&signature=" + sign(SECRET, signature))
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(SignatureDebugger.form(body, FORM, KEYS))
                .isInstanceOfSatisfying(
                        SignatureExplanation.Explained.class,
                        explained -> assertThat(codes(explained))
                                .containsAnyOf("signature-plus-as-blank", "plus-not-encoded"));
    }

    @Test
    void a_webhooks_hash_is_explained_over_its_raw_bytes() {
        Vector webhook = vector("webhook-01-install-example");
        List<KeyUnderTest> keys = KeyUnderTest.expected("global", webhook.text("api_key"));
        byte[] raw = Base64.getDecoder().decode(webhook.text("signature"));
        byte[] edited = (webhook.text("wire_body") + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] reserialised = webhook.text("wire_body").replace(":", ": ").getBytes(StandardCharsets.UTF_8);

        assertThat(SignatureDebugger.webhook(webhook.body(), webhook.text("signature"), keys))
                .isEqualTo(new SignatureExplanation.Signed("global"));
        assertThat(codes(
                        SignatureDebugger.webhook(webhook.body(), HexFormat.of().formatHex(raw), keys)))
                .containsExactly("signature-hex");
        assertThat(codes(SignatureDebugger.webhook(edited, webhook.text("signature"), keys)))
                .containsExactly("received-line-end");
        assertThat(SignatureDebugger.webhook(reserialised, webhook.text("signature"), keys))
                .isInstanceOf(SignatureExplanation.Unexplained.class);
    }

    @Test
    void a_changed_value_is_not_explained_away() {
        String body = new String(form(sign(SECRET, joined(""))), StandardCharsets.US_ASCII)
                .replace("amount=149.90", "amount=149.91");

        assertThat(SignatureDebugger.form(body.getBytes(StandardCharsets.US_ASCII), FORM, KEYS))
                .isInstanceOfSatisfying(SignatureExplanation.Unexplained.class, unexplained -> {
                    assertThat(unexplained.code()).isEqualTo("signature-wrong");
                    assertThat(unexplained.tried()).isGreaterThan(100);
                });
    }

    @Test
    void no_explanation_prints_a_key_or_a_value() {
        String printed = mistakes()
                .map(mistake -> SignatureDebugger.form(form((String) mistake.get()[1]), FORM, KEYS)
                        .toString())
                .collect(Collectors.joining());

        assertThat(printed + KEYS).doesNotContain(SECRET, OTHER_SECRET, "anna@example.com", "Summer street");
    }

    @Property(tries = 200)
    void whatever_the_body_is_an_explanation_comes(@ForAll byte[] body, @ForAll String signature) {
        assertThat(SignatureDebugger.form(body, FORM, KEYS)).isNotNull();
        assertThat(SignatureDebugger.webhook(body, signature, KEYS)).isNotNull();
    }

    private static Arguments mistake(String code, String signature) {
        return Arguments.of(code, signature);
    }

    private static SignatureExplanation recorded(String id) {
        Vector vector = vector(id);
        return SignatureDebugger.form(
                vector.body(),
                vector.text("wire_content_type"),
                KeyUnderTest.expected("shop-key", vector.text("api_key")));
    }

    private static Vector vector(String id) {
        return Vector.all().stream()
                .filter(vector -> vector.text("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> codes(SignatureExplanation explanation) {
        return switch (explanation) {
            case SignatureExplanation.Explained explained ->
                explained.deviations().stream().map(Deviation::code).toList();
            case SignatureExplanation other -> throw new AssertionError("not explained: " + other);
        };
    }

    private static byte[] form(String signature) {
        List<FormField> fields = new ArrayList<>(FIELDS);
        fields.add(FormField.of("signature", signature));
        return UrlEncodedForm.write(fields).getBytes(StandardCharsets.US_ASCII);
    }

    private static String sign(String secret, String message) {
        return HmacCheck.sign(List.of(message.getBytes(StandardCharsets.UTF_8)), MozelloKey.of("test", secret));
    }

    private static String joined(String separator) {
        return FIELDS.stream().map(FormField::text).collect(Collectors.joining(separator));
    }

    private static String named(String equals, String separator) {
        return FIELDS.stream()
                .map(field -> field.name() + equals + field.text())
                .collect(Collectors.joining(separator));
    }

    private static String values(List<FormField> fields) {
        return fields.stream().map(FormField::text).collect(Collectors.joining());
    }

    private static String changed(UnaryOperator<String> change) {
        return FIELDS.stream().map(field -> change.apply(field.text())).collect(Collectors.joining());
    }

    private static List<FormField> documented() {
        return FIELDS.stream()
                .sorted(Comparator.comparingInt(field -> FieldNames.DOCUMENTED.contains(field.name())
                        ? FieldNames.DOCUMENTED.indexOf(field.name())
                        : 99))
                .toList();
    }

    private static List<FormField> sorted() {
        return FIELDS.stream().sorted(Comparator.comparing(FormField::name)).toList();
    }

    private static List<FormField> reversed() {
        List<FormField> reversed = new ArrayList<>(FIELDS);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<FormField> documentedOnly() {
        return FIELDS.stream()
                .filter(field -> FieldNames.DOCUMENTED.contains(field.name()))
                .toList();
    }
}
