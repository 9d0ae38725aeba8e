package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationTest {

    private static final Notification APPROVED =
            new Notification("5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f", NotifyStatus.APPROVED, true);

    static Stream<Vector> official() {
        return Vector.ofKinds("notification", "notification_check_pending").filter(Vector::expectedValid);
    }

    @ParameterizedTest
    @MethodSource("official")
    void a_notification_has_the_fields_and_the_signature_of_the_official_sample(Vector vector) {
        MozelloForm expected = MozelloForm.of(vector.signedFields());
        Notification notification = new Notification(
                expected.value("order_uuid").orElseThrow(),
                expected.value("status").orElseThrow().equals("approved") ? NotifyStatus.APPROVED : NotifyStatus.FAILED,
                expected.value("check_pending").isPresent());

        assertThat(notification.fields(vector.key())).isEqualTo(expected.fields());
        assertThat(notification.encode(vector.key(), FormEncoding.URLENCODED).body())
                .isEqualTo(vector.body());
    }

    @Test
    void a_multipart_notification_is_written_as_curl_writes_it() {
        String signature = MozelloSignature.sign(MozelloForm.of(APPROVED.fields(TestForm.KEY)), TestForm.KEY);

        EncodedForm written = FormEncoding.multipart(APPROVED.fields(TestForm.KEY), "boundary");

        assertThat(written.contentType()).isEqualTo("multipart/form-data; boundary=boundary");
        assertThat(new String(written.body(), StandardCharsets.US_ASCII))
                .isEqualTo("""
                        --boundary
                        Content-Disposition: form-data; name="order_uuid"

                        5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f
                        --boundary
                        Content-Disposition: form-data; name="status"

                        approved
                        --boundary
                        Content-Disposition: form-data; name="check_pending"

                        1
                        --boundary
                        Content-Disposition: form-data; name="signature"

                        %s
                        --boundary--
                        """.formatted(signature).replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @EnumSource
    void a_repeated_notification_is_the_same_bytes(FormEncoding encoding) {
        EncodedForm once = APPROVED.encode(TestForm.KEY, encoding);
        EncodedForm again = APPROVED.encode(TestForm.KEY, encoding);

        assertThat(again.body()).isEqualTo(once.body());
        assertThat(again.contentType()).isEqualTo(once.contentType());
    }
}
