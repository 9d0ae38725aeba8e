package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider's page whose time is over is opened again, as the next attempt at the same provider. */
@ExtendWith(World.Shared.class)
class StartAgainTest {

    private final World world;
    private final Order order = Order.fresh().with("currency", "EUR").with("phone", "+371 20000000");
    private final String payment = TestMerchants.VOUCHER_SHOP + '~' + order.get("order_uuid");
    private final Browser browser;

    StartAgainTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    @Test
    void a_page_whose_time_is_over_is_offered_again_at_the_same_provider_with_the_warning() {
        String shown = atOldPage(begun());

        assertThat(shown)
                .contains("Start again to open a new one", "if I already paid, I must not pay again")
                .containsPattern("value=\"TRUST\" checked")
                .doesNotContain("Continue to the payment page", FakeOrchestrator.PROVIDER);
    }

    @Test
    void once_confirmed_a_new_page_is_opened_and_led_to() {
        String page = begun();
        atOldPage(page);

        HttpResponse<String> again = browser.post(page + "/again", Map.of("confirm", "yes", "provider", "TRUST"));

        assertThat(again.statusCode()).isEqualTo(303);
        BuyerAskedAgain event = world.awaitBody(payment, BuyerAskedAgain.class);
        assertThat(event.getConfirmed()).isTrue();
        assertThat(event.getProvider()).isEqualTo("TRUST");
        assertThat(browser.follow(again).body())
                .contains(FakeOrchestrator.page(payment, 2).toString());
    }

    @Test
    void the_form_says_which_attempt_it_begins_and_so_does_what_comes_of_it() {
        String page = begun();
        assertThat(atOldPage(page)).contains("<input type=\"hidden\" name=\"attempt\" value=\"2\">");

        browser.post(page + "/again", wish("2"));

        assertThat(world.awaitBody(payment, BuyerAskedAgain.class).getAttempt()).isEqualTo(2);
    }

    @Test
    void a_form_whose_attempt_has_begun_in_another_tab_leads_to_the_payment_and_begins_nothing() {
        String page = begun();
        atOldPage(page);

        HttpResponse<String> answer = browser.post(page + "/again", wish("1"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(answer)).isEqualTo(page);
        world.awaitQuiet(payment);
        assertThat(world.bodiesOf(payment, BuyerAskedAgain.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "10", "-1", "two", "2.0", " 2"})
    void what_is_no_number_of_an_attempt_says_nothing(String written) {
        String page = begun();
        atOldPage(page);

        browser.post(page + "/again", wish(written));

        assertThat(world.awaitBody(payment, BuyerAskedAgain.class).getAttempt()).isNull();
    }

    private static Map<String, String> wish(String attempt) {
        return Map.of("confirm", "yes", "provider", "TRUST", "attempt", attempt);
    }

    private String begun() {
        return EdgeClient.location(browser.checkout(TestMerchants.VOUCHER_SHOP, order))
                .replaceFirst("\\?.*", "");
    }

    /** The only attempt's page was good until a minute ago. */
    private String atOldPage(String page) {
        Instant over = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MICROS);
        world.orchestrator.show(world.orchestrator
                .next(world.orchestrator.latest(payment))
                .setState(ViewState.IN_PROGRESS)
                .setMissingFields(List.of())
                .setMayAskAgain(true)
                .setOlderMayStillBePaid(true)
                .setAttempts(List.of(new ViewedAttempt(1, "TRUST", AttemptStatus.AT_PROVIDER, null, true, over)))
                .build());
        return Awaitility.await()
                .until(() -> browser.get(page).body(), body -> body.contains("Waiting for your payment"));
    }
}
