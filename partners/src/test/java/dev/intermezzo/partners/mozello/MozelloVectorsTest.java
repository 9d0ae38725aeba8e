package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MozelloVectorsTest {

    static Stream<Vector> forms() {
        return Vector.ofKinds("checkout", "notification", "notification_check_pending");
    }

    static Stream<Vector> wireBodies() {
        return forms().filter(vector -> vector.has("wire_body"));
    }

    static Stream<Vector> genuine() {
        return forms().filter(Vector::expectedValid);
    }

    static Stream<Vector> webhooks() {
        return Vector.ofKinds("webhook");
    }

    @Test
    void every_case_is_of_a_kind_tested_here() {
        Set<String> kinds =
                Vector.all().stream().map(vector -> vector.text("kind")).collect(Collectors.toSet());

        assertThat(Vector.all()).hasSize(17);
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "checkout",
                        "notification",
                        "notification_check_pending",
                        "webhook",
                        "apps_redirect_query_hash");
        assertThat(wireBodies()).hasSize(13);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_fields_are_judged_as_the_official_verifier_judges_them(Vector vector) {
        MozelloForm form = MozelloForm.of(vector.signedFields());

        assertThat(isValid(form, vector)).isEqualTo(vector.expectedValid());
    }

    @ParameterizedTest
    @MethodSource("wireBodies")
    void the_wire_body_is_judged_as_the_official_verifier_judges_it(Vector vector) {
        MozelloForm form = read(vector.body(), vector.text("wire_content_type"));

        assertThat(form.fields()).isEqualTo(vector.signedFields());
        assertThat(isValid(form, vector)).isEqualTo(vector.expectedValid());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_multipart_body_is_judged_as_the_official_verifier_judges_it(Vector vector) {
        EncodedForm multipart = FormEncoding.MULTIPART.encode(vector.signedFields());

        MozelloForm form = read(multipart.body(), multipart.contentType());

        assertThat(form.fields()).isEqualTo(vector.signedFields());
        assertThat(isValid(form, vector)).isEqualTo(vector.expectedValid());
    }

    @ParameterizedTest
    @MethodSource("wireBodies")
    void writing_the_fields_gives_the_wire_body(Vector vector) {
        EncodedForm written = FormEncoding.URLENCODED.encode(vector.signedFields());

        assertThat(written.contentType()).isEqualTo(vector.text("wire_content_type"));
        assertThat(written.body()).isEqualTo(vector.body());
    }

    @ParameterizedTest
    @MethodSource("genuine")
    void the_message_and_its_signature_are_made_as_mozello_makes_them(Vector vector) {
        MozelloForm form = MozelloForm.of(vector.signedFields());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        form.signedValues().forEach(message::writeBytes);

        assertThat(message.toByteArray()).isEqualTo(vector.message());
        assertThat(MozelloSignature.sign(form, vector.key())).isEqualTo(vector.text("signature"));
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void a_webhooks_hash_is_that_of_its_raw_body(Vector vector) {
        String hash = vector.text("signature");

        assertThat(WebhookHash.sign(vector.body(), vector.key())).isEqualTo(hash);
        assertThat(WebhookHash.verify(vector.body(), hash, List.of(vector.key())))
                .isEqualTo(new SignatureVerdict.Valid("vector"));
    }

    @Test
    void an_apps_redirect_is_judged_by_its_hexadecimal_hash() {
        Vector vector = Vector.ofKinds("apps_redirect_query_hash").findFirst().orElseThrow();
        String query = vector.text("message") + "&hash=" + vector.text("signature");

        assertThat(AppsRedirectHash.sign(vector.fields(), vector.key())).isEqualTo(vector.text("signature"));
        assertThat(AppsRedirectHash.isValid(query, vector.key())).isTrue();
        assertThat(AppsRedirectHash.isValid(
                        "hash=" + vector.text("signature") + "&" + vector.text("message"), vector.key()))
                .isTrue();
        assertThat(AppsRedirectHash.isValid(query.replace("appId=77", "appId=78"), vector.key()))
                .isFalse();
        assertThat(AppsRedirectHash.isValid(vector.text("message"), vector.key()))
                .isFalse();
    }

    private static boolean isValid(MozelloForm form, Vector vector) {
        return MozelloSignature.verify(form, List.of(vector.key())) instanceof SignatureVerdict.Valid;
    }

    private static MozelloForm read(byte[] body, String contentType) {
        FormReading reading = MozelloForm.read(body, contentType);
        assertThat(reading).isInstanceOf(FormReading.Form.class);
        return ((FormReading.Form) reading).form();
    }
}
