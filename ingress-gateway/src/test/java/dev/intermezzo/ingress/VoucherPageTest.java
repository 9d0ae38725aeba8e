package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A voucher's PIN on its way from the page to the executor: sealed, and nowhere else. */
@ExtendWith(World.Shared.class)
class VoucherPageTest {

    private static final String PIN = "1234567890123456";
    private static final String TYPED = "1234 5678 9012 3456";

    private final World world;
    private final Order order = Order.fresh().with("currency", "EUR").with("phone", "+371 20000000");
    private final String payment = TestMerchants.VOUCHER_SHOP + '~' + order.get("order_uuid");
    private final Browser browser;

    VoucherPageTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    @Test
    void the_box_for_the_pin_suits_a_phone_and_remembers_nothing() {
        String page = browser.get(begun(browser)).body();

        assertThat(page)
                .containsPattern("<input id=\"voucherPin\"[^>]* inputmode=\"numeric\"[^>]* autocomplete=\"off\"")
                .containsPattern("class=\"takes-voucher\" id=\"method-FLEXEPIN\"")
                .contains("Voucher (Flexepin)", "Card (Trust Payments)");
        assertThat(box(page)).doesNotContain(" value=");
    }

    @Test
    void a_plan_always_calls_the_voucher_missing() {
        begun(browser);

        PlannedRoute route = world.awaitBody(payment, CheckoutReceived.class)
                .getPlan()
                .getRoutes()
                .getFirst();

        assertThat(route.getEligible()).isTrue();
        assertThat(route.getMissingFields()).containsExactly("voucherPin");
    }

    @Test
    void a_pin_is_sealed_for_the_executor_apart_from_the_details() {
        String page = begun(browser);

        HttpResponse<String> answer = browser.post(page + "/details", form(TYPED));

        assertThat(answer.statusCode()).isEqualTo(303);
        BuyerDetailsSubmitted event = world.awaitBody(payment, BuyerDetailsSubmitted.class);
        assertThat(event.getProvider()).isEqualTo("FLEXEPIN");
        assertThat(event.getPlan().getRoutes().getFirst().getMissingFields()).containsExactly("voucherPin");
        SealedData voucher = Objects.requireNonNull(event.getVoucher());
        assertThat(voucher.getPurpose()).isEqualTo(Instrument.Voucher.PURPOSE);
        List<WrappedKey> keys = keys(3);
        assertThat(opened(voucher, keys)).isEqualTo(PIN);
        assertThat(opened(event.getBuyer(), keys)).doesNotContain(PIN);
        assertThat(event.getBuyer().getPurpose()).isEqualTo(BuyerDetailsJson.PURPOSE);
        // The payment's last key is the one that compaction leaves on the topic.
        assertThat(keys.getLast().getKeyId()).isEqualTo(event.getBuyer().getKeyId());
        assertThat(event.toString()).doesNotContain(PIN);
        assertThat(EdgeClient.location(answer) + browser.cookies()).doesNotContain(PIN);
    }

    @Test
    void a_pin_that_cannot_be_one_is_explained_beside_its_box_and_not_shown_again() {
        String page = begun(browser);

        HttpResponse<String> wrong = browser.post(page + "/details", form("1234+5678"));
        HttpResponse<String> none = browser.post(page + "/details", form("  "));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("id=\"voucherPin-error\"", "This does not look right", "aria-invalid=\"true\"")
                .doesNotContain("1234+5678");
        assertThat(none.body()).contains("Please fill this in.");
        assertNothingWasTaken();
    }

    @Test
    void another_method_is_not_given_what_stands_in_the_box() {
        String page = begun(browser);

        HttpResponse<String> answer = browser.post(page + "/details", Map.of("provider", "TRUST", "voucherPin", PIN));

        assertThat(answer.statusCode()).isEqualTo(303);
        BuyerDetailsSubmitted event = world.awaitBody(payment, BuyerDetailsSubmitted.class);
        assertThat(event.getProvider()).isEqualTo("TRUST");
        assertThat(event.getVoucher()).isNull();
    }

    @Test
    void turned_into_another_language_the_page_forgets_the_pin() {
        String page = begun(browser);

        HttpResponse<String> german = browser.post(
                page + "/details", Map.of("provider", "FLEXEPIN", "voucherPin", PIN, "page-language", "de"));

        assertThat(german.statusCode()).isEqualTo(200);
        assertThat(german.body()).contains("Gutschein-PIN").doesNotContain(PIN);
        assertNothingWasTaken();
    }

    @Test
    void a_form_with_a_pin_is_never_offered_to_be_sent_again() {
        world.orchestrator.script(payment, (event, before) -> List.of());
        String page = begun(browser);

        HttpResponse<String> withPin = browser.post(page + "/details", form(PIN));
        HttpResponse<String> without = browser.post(page + "/details", Map.of("provider", "TRUST"));

        assertThat(withPin.statusCode()).isEqualTo(503);
        assertThat(withPin.body())
                .contains("view-not-known", "href=\"" + page + "\"")
                .doesNotContain(PIN, "id=\"again\"");
        assertThat(without.body()).contains("id=\"again\"");
    }

    @Test
    void a_pin_that_was_typed_for_an_attempt_which_has_begun_since_is_not_taken_for_the_next() {
        String page = begun(browser);
        assertThat(browser.get(page).body()).contains("<input type=\"hidden\" name=\"attempt\" value=\"1\">");
        world.orchestrator.show(world.orchestrator
                .next(world.orchestrator.latest(payment))
                .setMissingFields(List.of("voucherPin"))
                .setAttempts(List.of(new ViewedAttempt(1, "FLEXEPIN", AttemptStatus.DECLINED, null, false, null)))
                .build());
        Awaitility.await().until(() -> browser.get(page).body(), body -> body.contains("The voucher was not accepted"));

        HttpResponse<String> late = browser.post(page + "/details", form(PIN, "1"));

        assertThat(late.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(late)).isEqualTo(page);
        assertThat(browser.post(page + "/details", form(PIN, "2")).statusCode()).isEqualTo(303);
        assertThat(world.awaitBody(payment, BuyerDetailsSubmitted.class).getAttempt())
                .isEqualTo(2);
        assertThat(world.bodiesOf(payment, BuyerDetailsSubmitted.class)).hasSize(1);
    }

    @Test
    void whoever_tries_again_finds_the_method_chosen_that_they_have_just_chosen() {
        String page = begun(browser);
        world.orchestrator.show(world.orchestrator
                .next(world.orchestrator.latest(payment))
                .setState(ViewState.NOT_PAID)
                .setMissingFields(List.of())
                .setMayAskAgain(true)
                .build());
        world.orchestrator.script(
                payment,
                (event, before) -> List.of(world.orchestrator
                        .next(world.orchestrator.latest(payment))
                        .setAnswers(event.getId())
                        .setState(ViewState.AWAITING_BUYER)
                        .setMissingFields(List.of("voucherPin"))
                        .setMayAskAgain(false)
                        .build()));
        Awaitility.await().until(() -> browser.get(page).body().contains("The payment was not completed"));

        HttpResponse<String> again = browser.post(page + "/again", Map.of("confirm", "yes", "provider", "TRUST"));

        assertThat(world.awaitBody(payment, BuyerAskedAgain.class).getProvider())
                .isEqualTo("TRUST");
        assertThat(browser.follow(again).body())
                .containsPattern("value=\"TRUST\" checked")
                .doesNotContainPattern("value=\"FLEXEPIN\" checked");
    }

    @Test
    void one_address_tries_so_many_vouchers_an_hour_and_may_still_pay_otherwise(EmbeddedBroker broker) {
        try (World strict = new World(broker, Map.of("ingress.max-voucher-tries", "1"))) {
            Browser first = strict.http.new Browser();
            Browser second = strict.http.new Browser();
            Order other = Order.fresh().with("currency", "EUR").with("phone", "+371 20000000");
            assertThat(first.post(begun(first) + "/details", form(PIN)).statusCode())
                    .isEqualTo(303);
            String page = begun(second, other);

            HttpResponse<String> tooMany = second.post(page + "/details", form("6543210987654321"));
            HttpResponse<String> otherwise = second.post(page + "/details", Map.of("provider", "TRUST"));

            assertThat(tooMany.statusCode()).isEqualTo(429);
            assertThat(tooMany.headers().firstValue("Retry-After").map(Integer::parseInt))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(3_500, 3_600));
            assertThat(tooMany.body())
                    .contains("voucher-tries", "Too many vouchers were tried", "href=\"" + page + "\"")
                    .doesNotContain("6543210987654321", "id=\"again\"");
            assertThat(otherwise.statusCode()).isEqualTo(303);
        }
    }

    private String begun(Browser buyer) {
        return begun(buyer, order);
    }

    /** The browser is at its payment's page; the address carries the token. */
    private static String begun(Browser buyer, Order order) {
        return EdgeClient.location(buyer.checkout(TestMerchants.VOUCHER_SHOP, order))
                .replaceFirst("\\?.*", "");
    }

    private static Map<String, String> form(String pin) {
        return Map.of("provider", "FLEXEPIN", "voucherPin", pin);
    }

    private static Map<String, String> form(String pin, String attempt) {
        return Map.of("provider", "FLEXEPIN", "voucherPin", pin, "attempt", attempt);
    }

    private static String box(String page) {
        int start = page.indexOf("<input id=\"voucherPin\"");
        return page.substring(start, page.indexOf('>', start));
    }

    private List<WrappedKey> keys(int expected) {
        return Awaitility.await()
                .until(
                        () -> world.buyerKeys.stream()
                                .filter(key -> key.getPaymentId().equals(payment))
                                .map(BuyerKey::getKey)
                                .toList(),
                        found -> found.size() == expected);
    }

    private String opened(SealedData sealed, List<WrappedKey> keys) {
        return new String(new BuyerOpener(world.keys).open(payment, sealed, keys), StandardCharsets.UTF_8);
    }

    private void assertNothingWasTaken() {
        world.awaitQuiet(payment);
        assertThat(world.bodiesOf(payment, BuyerDetailsSubmitted.class)).isEmpty();
    }
}
