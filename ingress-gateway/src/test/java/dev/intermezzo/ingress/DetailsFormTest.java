package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.BuyerKey;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The form for what the shop did not send and the provider needs. */
@ExtendWith(World.Shared.class)
class DetailsFormTest {

    private final World world;
    private final Order order = Order.fresh();
    private final Browser browser;

    DetailsFormTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    @Test
    void the_details_form_asks_for_what_is_missing_and_for_nothing_else() {
        HttpResponse<String> page = browser.get(browser.begin(order));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "<label for=\"phone\">", "autocomplete=\"tel\"", "Lake &amp; Pine &lt;Goods&gt;", "149.90 CAD")
                .contains("<strong>TEST</strong>", "No money has been taken.", "lang=\"en\"")
                .doesNotContain("name=\"email\"", "name=\"firstName\"");
    }

    @Test
    void given_details_are_sealed_published_and_lead_on_to_the_provider() {
        String page = browser.begin(order);

        HttpResponse<String> answer = browser.post(page + "/details", Map.of("phone", "+1 (416) 555-0123"));

        assertThat(answer.statusCode()).isEqualTo(303);
        BuyerDetailsSubmitted event = world.awaitBody(order.paymentId(), BuyerDetailsSubmitted.class);
        assertThat(event.getPlan().getRoutes().getFirst().getMissingFields()).isEmpty();
        assertThat(event.getPlan().getRoutes().getFirst().getEligible()).isTrue();
        // One key came with the form, one with the details.
        List<BuyerKey> keys = Awaitility.await()
                .until(
                        () -> world.buyerKeys.stream()
                                .filter(key -> key.getPaymentId().equals(order.paymentId()))
                                .toList(),
                        found -> found.size() == 2);
        byte[] opened = new BuyerOpener(world.keys)
                .open(
                        order.paymentId(),
                        event.getBuyer(),
                        keys.stream().map(BuyerKey::getKey).toList());
        assertThat(BuyerDetailsJson.read(opened)).contains(BuyerDetails.none().with(BuyerField.PHONE, "+14165550123"));
        assertThat(browser.follow(answer).body())
                .contains(FakeOrchestrator.page(order.paymentId(), 1).toString(), "http-equiv=\"refresh\"");
    }

    @Test
    void a_wrong_detail_is_explained_beside_its_field_and_what_was_typed_is_kept() {
        String page = browser.begin(order);

        HttpResponse<String> answer = browser.post(page + "/details", Map.of("phone", "<call me>"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("id=\"phone-error\"", "aria-invalid=\"true\"", "value=\"&lt;callme")
                .contains("Please correct the marked details.");
        world.awaitQuiet(order.paymentId());
        assertThat(world.bodiesOf(order.paymentId(), BuyerDetailsSubmitted.class))
                .isEmpty();
    }
}
