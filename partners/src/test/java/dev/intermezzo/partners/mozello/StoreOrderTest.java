package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Guard;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOrderTest {

    private static final String INVOICE = "M-1234567890-1234567890";
    private static final Money PRICE = Money.of(CurrencyUnit.EUR, new BigDecimal("149.90"));
    private static final URI BASE = URI.create("https://api.mozello.com/v1/");

    @Test
    void an_order_as_documented_is_the_one_that_its_form_names() {
        assertThat(known(order("\"pending\"", "149.9", "\"EUR\"")).differencesFrom(INVOICE, PRICE))
                .isEmpty();
    }

    @Test
    void an_order_below_a_field_of_its_own_is_read_too() {
        String nested = "{\"error\":false,\"order\":" + order("\"pending\"", "149.90", "\"EUR\"") + "}";

        assertThat(known(nested).differencesFrom(INVOICE, PRICE)).isEmpty();
    }

    @Test
    void money_is_compared_by_its_value_and_read_from_a_text_too() {
        assertThat(known(order("\"pending\"", "\"149.900\"", "\"eur\"")).differencesFrom(INVOICE, PRICE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"paid\"', 149.90, '\"EUR\"', payment_status=paid",
        "'\"failed\"', 149.90, '\"EUR\"', payment_status=failed",
        "'\"on hold\"', 149.90, '\"EUR\"', payment_status=on hold",
        "null, 149.90, '\"EUR\"', payment_status=absent",
        "'\"pending\"', 149.91, '\"EUR\"', total=149.91",
        "'\"pending\"', 1e999999, '\"EUR\"', total=absent",
        "'\"pending\"', '\"149,90\"', '\"EUR\"', total=absent",
        "'\"pending\"', null, '\"EUR\"', total=absent",
        "'\"pending\"', 149.90, '\"USD\"', currency=USD",
        "'\"pending\"', 149.90, null, currency=absent",
    })
    void what_is_not_equal_is_named(String status, String total, String currency, String difference) {
        assertThat(known(order(status, total, currency)).differencesFrom(INVOICE, PRICE))
                .containsExactly(difference);
    }

    @Test
    void an_answer_about_another_order_differs() {
        assertThat(known(order("\"pending\"", "149.90", "\"EUR\"")).differencesFrom(INVOICE + "1", PRICE))
                .containsExactly("order_id=" + INVOICE);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 408, 429, 500, 503, 504})
    void what_says_nothing_about_the_order_is_no_answer(int status) {
        assertThat(read(status, "{\"error\":true}")).isEqualTo(new StoreOrderReading.Unavailable("http-" + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410, 422})
    void a_refusal_says_that_there_is_no_such_order(int status) {
        assertThat(read(status, "{\"error\":true}")).isEqualTo(new StoreOrderReading.NoSuchOrder("http-" + status));
    }

    @Test
    void an_error_in_a_success_is_a_refusal_and_what_is_no_json_is_no_answer() {
        assertThat(read(200, "{\"error\":true,\"error_code\":404}"))
                .isEqualTo(new StoreOrderReading.NoSuchOrder("error-reported"));
        assertThat(read(200, "<h1>Maintenance</h1>")).isEqualTo(new StoreOrderReading.Unavailable("answer-unreadable"));
    }

    @Property
    void no_answer_makes_reading_fail(@ForAll int status, @ForAll byte[] body) {
        assertThat(StoreApi.read(status, body)).isNotNull();
    }

    @Test
    void an_order_stands_in_its_own_place_of_the_address() {
        assertThat(StoreApi.order(BASE, INVOICE))
                .hasToString("https://api.mozello.com/v1/store/order/M-1234567890-1234567890/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../..", "a/b", "?x=1", "#x", "a b", "ā", "%2e%2e", ";x", "//evil.example"})
    void no_invoice_number_leads_elsewhere(String invoice) {
        URI address = StoreApi.order(BASE, invoice).normalize();

        assertThat(address.getHost()).isEqualTo("api.mozello.com");
        assertThat(address.getRawPath()).startsWith("/v1/store/order/").endsWith("/");
        assertThat(address.getRawPath().chars().filter(c -> c == '/').count()).isEqualTo(5);
        assertThat(address.getRawQuery()).isNull();
        assertThat(address.getRawFragment()).isNull();
    }

    @Test
    void a_wait_is_read_where_it_is_a_number_of_seconds() {
        assertThat(StoreApi.retryAfter(Optional.of(" 7 "))).hasValue(Duration.ofSeconds(7));
        assertThat(StoreApi.retryAfter(Optional.of("Wed, 21 Oct 2026 07:28:00 GMT")))
                .isEmpty();
        assertThat(StoreApi.retryAfter(Optional.of("99999999999999"))).isEmpty();
        assertThat(StoreApi.retryAfter(Optional.empty())).isEmpty();
    }

    /** In the other case such letters become two, and the platform's folding takes the square of the text's length. */
    @Test
    void a_long_value_that_grows_in_the_other_case_costs_no_more_than_another() {
        byte[] body = order('"' + "\u0130".repeat(30_000) + '"', "1", '"' + "\u00df".repeat(30_000) + '"')
                .getBytes(StandardCharsets.UTF_8);

        Guard.started()
                .run(
                        body,
                        bytes -> assertThat(StoreApi.read(200, bytes))
                                .isInstanceOfSatisfying(StoreOrderReading.Known.class, known -> {
                                    assertThat(known.order().paymentStatus()).isEmpty();
                                    assertThat(known.order().currency()).isEmpty();
                                }));
    }

    private static StoreOrder known(String body) {
        return ((StoreOrderReading.Known) read(200, body)).order();
    }

    private static StoreOrderReading read(int status, String body) {
        return StoreApi.read(status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String order(String status, String total, String currency) {
        return """
                {"order_id":"%s","created_at":"2026-03-01 10:00:00","payment_status":%s,"name":"Avery Example",\
                "currency":%s,"subtotal":1,"total":%s,"cart":[{"total":7,"currency":"GBP"}]}""".formatted(INVOICE, status, currency, total);
    }
}
