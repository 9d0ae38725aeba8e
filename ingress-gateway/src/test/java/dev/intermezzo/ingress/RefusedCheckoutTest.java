package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.MozelloSignature;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that are not in order: each refused with its code, in the language of whoever sent it, and nothing of it kept. */
@ExtendWith(World.Shared.class)
class RefusedCheckoutTest {

    private final World world;

    RefusedCheckoutTest(World world) {
        this.world = world;
    }

    static Stream<Arguments> refusedForms() {
        Order order = Order.fresh();
        String signed = order.signed();
        String signature = order.signature(TestMerchants.KEY);
        String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(signature));
        return Stream.of(
                Arguments.of("wrong signature", 403, "signature-wrong", order.signedWith("another-key")),
                Arguments.of("no signature", 403, "signature-missing", order.asItIs()),
                Arguments.of(
                        "hexadecimal signature",
                        403,
                        "signature-hex",
                        order.with("signature", hex).asItIs()),
                Arguments.of(
                        "truncated signature",
                        403,
                        "signature-length",
                        order.with("signature", signature.substring(0, 40)).asItIs()),
                Arguments.of("changed amount", 403, "signature-wrong", signed.replace("149.90", "0.01")),
                Arguments.of("documented field twice", 400, "field-repeated", repeated(order)),
                Arguments.of(
                        "needed field missing",
                        400,
                        "field-missing",
                        order.without("notify_url").signed()),
                Arguments.of(
                        "amount with a sign",
                        400,
                        "amount-malformed",
                        order.with("amount", "-1.00").signed()),
                Arguments.of(
                        "amount in words",
                        400,
                        "amount-malformed",
                        order.with("amount", "1e2").signed()),
                Arguments.of(
                        "amount of nothing",
                        400,
                        "amount-zero",
                        order.with("amount", "0.00").signed()),
                Arguments.of(
                        "too many decimals",
                        400,
                        "amount-digits",
                        order.with("amount", "1.005").signed()),
                Arguments.of(
                        "currency not used",
                        400,
                        "currency-not-used",
                        order.with("currency", "JPY").signed()),
                Arguments.of(
                        "order id no uuid",
                        400,
                        "order-uuid-malformed",
                        order.with("order_uuid", "7").signed()),
                Arguments.of(
                        "digit moved to the invoice",
                        400,
                        "invoice-malformed",
                        order.with("invoice_id", order.get("invoice_id") + "1")
                                .with("amount", "49.90")
                                .signed()),
                Arguments.of(
                        "plain http address",
                        400,
                        "url-not-https",
                        order.with("success_url", "http://shop.example/ok").signed()),
                Arguments.of(
                        "loopback address",
                        400,
                        "url-not-https",
                        order.with("notify_url", "http://127.0.0.1:9/").signed()));
    }

    private static String repeated(Order order) {
        // As PHP reads it: the first position and the last value, so the signature holds.
        return order.signed() + "&amount=149.90";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedForms")
    void a_form_that_is_not_in_order_is_refused_and_nothing_of_it_is_published_or_followed(
            String what, int status, String code, String body) {
        HttpResponse<String> answer = world.http.checkout(TestMerchants.SHOP, body);

        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.body()).contains("<code>" + code + "</code>");
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).doesNotContain("shop.example", "anna@example.com", "149.90", "M-");
        String paymentId = paymentIn(body);
        world.awaitQuiet(paymentId);
        assertThat(world.bodiesOf(paymentId, CheckoutReceived.class)).isEmpty();
        assertThat(world.buyerKeys).extracting(BuyerKey::getPaymentId).doesNotContain(paymentId);
    }

    private static String paymentIn(String body) {
        return TestMerchants.SHOP + '~' + body.replaceAll("(?s).*order_uuid=([^&]*).*", "$1");
    }

    @Test
    void bytes_that_are_not_utf8_are_refused_although_their_signature_holds() {
        Order order = Order.fresh();
        List<FormField> fields = new ArrayList<>();
        Stream.of("order_uuid", "invoice_id", "amount", "currency")
                .forEach(name -> fields.add(FormField.of(name, order.get(name))));
        fields.add(new FormField("billing_first_name", new byte[] {(byte) 0xC3}));
        String signature = MozelloSignature.sign(MozelloForm.of(fields), MozelloKey.of("k", TestMerchants.KEY));
        String body = "order_uuid=" + order.get("order_uuid") + "&invoice_id=" + order.get("invoice_id")
                + "&amount=149.90&currency=CAD&billing_first_name=%C3&signature="
                + URLEncoder.encode(signature, StandardCharsets.UTF_8);

        HttpResponse<String> answer = world.http.checkout(TestMerchants.SHOP, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-utf-8");
    }

    @Test
    void an_unknown_integration_gets_the_very_bytes_of_a_wrong_signature() {
        String form = Order.fresh().signedWith("another-key");

        HttpResponse<String> wrong = world.http.checkout(TestMerchants.SHOP, form);
        HttpResponse<String> unknown = world.http.checkout("no-such-shop", form);

        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(headersButDate(unknown)).isEqualTo(headersButDate(wrong));
    }

    private static List<String> headersButDate(HttpResponse<?> answer) {
        return answer.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("date"))
                .map(Object::toString)
                .toList();
    }

    @Test
    void a_program_gets_problem_details_with_the_same_code() {
        HttpResponse<String> answer = world.http.post(
                "/mozello/demo-shop/checkout",
                EdgeClient.FORM,
                Order.fresh().signedWith("another-key"),
                "Accept",
                "application/json");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"signature-wrong\"", "\"status\":403");
    }

    @Test
    void a_shopper_reads_the_refusal_in_the_browsers_language() {
        HttpResponse<String> answer = world.http.post(
                "/mozello/demo-shop/checkout",
                EdgeClient.FORM,
                Order.fresh().signedWith("another-key"),
                "Accept",
                "text/html",
                "Accept-Language",
                "lv-LV,lv;q=0.9,en;q=0.5");

        assertThat(answer.body()).contains("<html lang=\"lv\">", "Tas neizdevās");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256})
    void a_body_over_64_kib_is_refused_with_and_without_an_announced_length(int kib) {
        String large = "a=" + "x".repeat(kib * 1024);

        HttpResponse<String> announced = world.http.checkout(TestMerchants.SHOP, large);
        HttpResponse<String> chunked = world.http.post(
                "/mozello/demo-shop/checkout",
                HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))));

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("body-too-large");
    }

    @Test
    void another_content_type_is_refused() {
        HttpResponse<String> answer =
                world.http.post("/mozello/demo-shop/checkout", "application/json", "{}", "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("content-type-unsupported");
    }
}
