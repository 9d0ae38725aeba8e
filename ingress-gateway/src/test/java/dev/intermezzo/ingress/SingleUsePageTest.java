package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.ingress.payments.ProviderPages;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.TokenSealer;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A provider's page that works once, or for a while. */
@ExtendWith(World.Shared.class)
class SingleUsePageTest {

    private final World world;
    private final Order order = Order.fresh();
    private final Browser browser;

    SingleUsePageTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    @Test
    void a_used_single_use_page_is_not_offered_again() {
        Order singleUse = singleUse();
        HttpResponse<String> first = browser.checkout(singleUse);
        Browser secondTab = world.http.new Browser();

        HttpResponse<String> second = secondTab.checkout(singleUse);

        String provider = FakeOrchestrator.page(singleUse.paymentId(), 1).toString();
        assertThat(EdgeClient.location(first)).isEqualTo(provider);
        assertThat(EdgeClient.location(second)).startsWith("/pay/");
        assertThat(secondTab.follow(second).body())
                .contains("opened in another tab", "Start again")
                .doesNotContain(provider);
    }

    /** An order whose provider hands out addresses that work once. */
    private Order singleUse() {
        Order singleUse = order.with("phone", "+14165550123");
        world.orchestrator.script(singleUse.paymentId(), (event, before) -> {
            if (before == null && event.getBody() instanceof CheckoutReceived checkout) {
                return world.orchestrator.atProvider(
                        event, world.orchestrator.born(event, checkout).build(), 1, true);
            }
            return world.orchestrator.usual(event, before);
        });
        return singleUse;
    }

    @Test
    void looking_at_a_single_use_page_does_not_use_it_up() {
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
        String page = browser.begin(order);
        CheckoutReceived checkout = world.awaitBody(order.paymentId(), CheckoutReceived.class);
        world.orchestrator
                .atProvider(
                        world.eventsOf(order.paymentId()).getFirst(),
                        world.orchestrator
                                .born(world.eventsOf(order.paymentId()).getFirst(), checkout)
                                .build(),
                        1,
                        true)
                .forEach(world.orchestrator::show);

        String shown = browser.awaitPage(page, "Continue to the payment page");
        String polled = browser.get(page + "/state?after=-1").body();
        String forwarding = browser.get(page + "?continue=1").body();
        String again = browser.get(page + "?continue=1").body();

        String provider = FakeOrchestrator.page(order.paymentId(), 1).toString();
        assertThat(shown).contains("href=\"" + page + "?continue=1\"").doesNotContain(provider);
        assertThat(polled).contains("\"redirect\":\"" + page + "?continue=1\"");
        assertThat(forwarding).contains("content=\"0;url=" + provider + "\"");
        assertThat(again).doesNotContain(provider).contains("opened in another tab");
    }

    @Test
    void an_instance_that_handed_nothing_out_does_not_show_a_used_page_either() {
        Order singleUse = singleUse();
        browser.checkout(singleUse);
        String cookie = browser.cookies().entrySet().iterator().next().toString();
        PaymentView view = world.orchestrator.latest(singleUse.paymentId());
        BuyerCookie kept = new BuyerCookies(new TokenSealer(world.keys), InstantSource.system(), true)
                .read(Map.of(cookie.split("=", 2)[0], cookie.split("=", 2)[1]))
                .of(singleUse.paymentId())
                .orElseThrow();

        ProviderPages elsewhere = new ProviderPages(new RedirectSealer(world.keys), InstantSource.system());

        assertThat(elsewhere.of(view, kept)).isInstanceOf(ProviderPages.ProviderPage.Used.class);
        assertThat(elsewhere.take(view, kept)).isEmpty();
    }

    @Test
    void a_page_that_was_given_up_for_a_second_tab_is_called_used() {
        Order singleUse = singleUse();
        browser.checkout(singleUse);
        PaymentView view = world.orchestrator.latest(singleUse.paymentId());
        ViewedAttempt taken = ViewedAttempt.newBuilder(view.getAttempts().getLast())
                .setRedirect(null)
                .build();
        world.orchestrator.change(singleUse.paymentId(), next -> next.setAttempts(List.of(taken)));

        String page = EdgeClient.location(browser.checkout(singleUse));

        assertThat(browser.awaitPage(page.replace("?continue=1", ""), "opened in another tab"))
                .contains("Start again");
    }

    @Test
    void a_page_whose_time_is_over_is_not_shown_and_another_attempt_is_offered_with_the_warning() {
        Order singleUse = singleUse();
        browser.checkout(singleUse);
        PaymentView view = world.orchestrator.latest(singleUse.paymentId());
        ViewedAttempt over = ViewedAttempt.newBuilder(view.getAttempts().getLast())
                .setUsableUntil(Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.MICROS))
                .build();
        world.orchestrator.change(singleUse.paymentId(), next -> next.setAttempts(List.of(over)));

        String page = EdgeClient.location(browser.checkout(singleUse));

        assertThat(browser.awaitPage(page.replace("?continue=1", ""), "The time of the provider"))
                .contains("Start again", "if I already paid, I must not pay again")
                .doesNotContain(FakeOrchestrator.page(singleUse.paymentId(), 1).toString());
    }
}
