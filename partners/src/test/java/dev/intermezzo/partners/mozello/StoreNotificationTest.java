package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreNotificationTest {

    /** Compact, with escaped slashes and letters, as they are sent. */
    private static final String CHANGED =
            "{\"event\":\"PAYMENT_CHANGED\",\"order\":{\"order_id\":\"M-1234567890-1234567890\",\"payment_status\":\"paid\","
                    + "\"name\":\"J\\u0101nis Example\",\"currency\":\"EUR\",\"total\":123,"
                    + "\"print_url\":\"https:\\/\\/shop.example.com\\/print\"}}";

    @Test
    void a_changed_payment_tells_whose_and_what() {
        StoreNotification notification = read(CHANGED).orElseThrow();

        assertThat(notification.tellsOfAPayment()).isTrue();
        assertThat(notification.order().orderId()).hasValue("M-1234567890-1234567890");
        assertThat(notification.order().paymentStatus()).hasValue("paid");
        assertThat(notification.order().total()).hasValue(new BigDecimal("123"));
        assertThat(notification.order().currency()).hasValue("EUR");
    }

    @Test
    void the_hash_is_over_the_bytes_as_they_came() {
        MozelloKey key = MozelloKey.of("main", "TEST-store-api-key");
        byte[] body = CHANGED.getBytes(StandardCharsets.UTF_8);
        String hash = WebhookHash.sign(body, key);
        byte[] rewritten = CHANGED.replace("\\/", "/").getBytes(StandardCharsets.UTF_8);

        assertThat(WebhookHash.verify(body, hash, List.of(key))).isInstanceOf(SignatureVerdict.Valid.class);
        assertThat(WebhookHash.verify(rewritten, hash, List.of(key))).isInstanceOf(SignatureVerdict.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDER_CREATED", "ORDER_DELETED", "DISPATCH_CHANGED", "STOCK_CHANGED", "SOMETHING_NEW"})
    void other_events_tell_of_no_payment(String event) {
        assertThat(read(CHANGED.replace("PAYMENT_CHANGED", event)).orElseThrow().tellsOfAPayment())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"event\":null}", "{\"event\":{}}", "<html>", "{\"event\":\"A\"} x"})
    void what_names_no_event_is_not_readable(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void a_changed_payment_of_nobodys_order_tells_nothing() {
        assertThat(read("{\"event\":\"PAYMENT_CHANGED\"}").orElseThrow().tellsOfAPayment())
                .isFalse();
    }

    @Test
    void nothing_of_a_buyer_is_kept() {
        assertThat(read(CHANGED).orElseThrow().toString()).doesNotContain("Example");
    }

    @Property
    void no_body_makes_reading_fail(@ForAll byte[] body) {
        assertThat(StoreNotification.read(body)).isNotNull();
    }

    private static Optional<StoreNotification> read(String body) {
        return StoreNotification.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
