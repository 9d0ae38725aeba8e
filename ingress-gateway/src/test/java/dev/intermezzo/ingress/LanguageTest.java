package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(World.Shared.class)
class LanguageTest {

    private static final String RETURN = "/return/" + TestMerchants.ACCOUNT;

    private final World world;
    private final Browser browser;

    LanguageTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    /** The browser is at its payment's page; the address carries the token. */
    private String begun(Order order) {
        String first = EdgeClient.location(browser.checkout(order));
        // Straight to the provider when nothing is missing: the way back leads to the page.
        return (first.startsWith("/pay/") ? first : EdgeClient.location(browser.get(RETURN))).replaceFirst("\\?.*", "");
    }

    private static Order complete(String language) {
        return Order.fresh().with("phone", "+14165550123").with("language_code", language);
    }

    @ParameterizedTest
    @CsvSource({"lv,lv", "lt,lt", "et,et", "ru,ru", "de,de", "fr,en", "'',en"})
    void the_shops_language_is_spoken_and_english_where_there_are_no_texts(String shops, String spoken) {
        String page = begun(Order.fresh().with("language_code", shops));

        assertThat(browser.get(page).body()).contains("<html lang=\"" + spoken + "\">");
    }

    @Test
    void a_chosen_language_stays_for_the_payment_and_its_return() {
        String page = begun(complete("lv"));

        HttpResponse<String> chosen = browser.get(page + "?page-language=de");

        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(chosen)).startsWith("/pay/").doesNotContain("de", "?");
        assertThat(browser.follow(chosen).body()).contains("<html lang=\"de\">", "Warten auf Ihre Zahlung");
        // The old address in another tab, and the way back from the provider.
        assertThat(browser.get(page).body()).contains("<html lang=\"de\">");
        assertThat(browser.follow(browser.get(RETURN)).body()).contains("<html lang=\"de\">");
    }

    @Test
    void a_browser_without_cookies_can_choose_and_learns_no_more_by_it() {
        Order order = complete("lv");
        String page = begun(order);
        Browser stranger = world.http.new Browser();

        HttpResponse<String> chosen = stranger.get(page + "?page-language=et");

        assertThat(stranger.cookies()).isEmpty();
        assertThat(stranger.follow(chosen).body())
                .contains("<html lang=\"et\">", order.get("invoice_id"))
                .doesNotContain("<form", order.get("order_uuid"), "shop.example");
    }

    @Test
    void a_language_that_there_is_not_changes_nothing() {
        String page = begun(complete("lv"));

        assertThat(browser.get(page + "?page-language=fr").body()).contains("<html lang=\"lv\">");
        assertThat(browser.get(page + "?page-language=%3Cscript%3E").body())
                .contains("<html lang=\"lv\">")
                .doesNotContain("script>%3C", "<script>");
    }

    @Test
    void what_was_typed_is_kept_when_the_language_of_the_form_is_changed_and_nothing_is_published() {
        Order order = Order.fresh().with("language_code", "lv");
        String page = begun(order);

        HttpResponse<String> german = browser.post(page + "/details", Map.of("phone", "12", "page-language", "de"));

        assertThat(german.statusCode()).isEqualTo(200);
        assertThat(german.body())
                .contains("<html lang=\"de\">", "value=\"12\"", "Telefonnummer")
                .doesNotContain("phone-error");
        assertThat(browser.get(page).body()).contains("<html lang=\"de\">");
        world.awaitQuiet(order.paymentId());
        assertThat(world.bodiesOf(order.paymentId(), BuyerDetailsSubmitted.class))
                .isEmpty();
    }

    @Test
    void what_was_wrong_is_told_in_the_language_that_is_changed_to() {
        String page = begun(Order.fresh());

        String german = browser.post(page + "/details", Map.of("phone", "12", "judged", "yes", "page-language", "de"))
                .body();

        assertThat(german).contains("id=\"phone-error\"", "Diese Angabe ist zu kurz.");
    }

    @Test
    void a_form_whose_answer_is_asked_for_again_leads_to_the_page() {
        String page = begun(complete("en"));

        for (String act : new String[] {"/details", "/again", "/back"}) {
            HttpResponse<String> answer = browser.get(page + act);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(EdgeClient.location(answer)).isEqualTo(page);
        }
    }

    @Test
    void a_refusal_speaks_the_language_of_the_payment_and_leads_back_to_it() {
        String page = begun(complete("de"));

        String refused = world.http.new Browser()
                .post(page + "/back", Map.of("back", "1"))
                .body();

        assertThat(refused)
                .contains("<html lang=\"de\">", "Cookies sind gesperrt", "href=\"" + page + "\"", "cookie-missing")
                .contains("<section class=\"said\" id=\"ru\" lang=\"ru\">", "href=\"#ru\"");
    }

    @Test
    void a_refusal_of_a_form_that_the_shop_signed_speaks_the_shops_language() {
        Order order = complete("lt").with("amount", "0.00");

        assertThat(browser.checkout(order).body()).contains("<html lang=\"lt\">", "amount-zero");
    }

    @Test
    void a_return_without_a_payment_can_be_read_in_every_language() {
        assertThat(browser.get(RETURN + "?page-language=ru").body())
                .contains("<html lang=\"ru\">", "href=\"?page-language=lv\"");
        assertThat(browser.get(RETURN).body()).contains("<html lang=\"en\">");
    }

    @ParameterizedTest
    @CsvSource({
        "lv,No kura maksājuma jūs nākat?,Gaidām jūsu maksājumu",
        "de,Von welcher Zahlung kommen Sie?,Warten auf Ihre Zahlung"
    })
    void several_open_payments_are_listed_in_the_shops_language(String language, String title, String waiting) {
        Order first = complete(language);
        Order second = complete(language).with("amount", "1012.00");
        browser.checkout(first);
        String one = browser.follow(browser.get(RETURN)).body();
        browser.checkout(second);

        String several = browser.get(RETURN).body();

        assertThat(one).contains(waiting, first.get("invoice_id"));
        assertThat(several).contains(title, "<html lang=\"" + language + "\">", first.get("invoice_id"), "012,00 CAD");
    }

    @Test
    void a_language_chosen_from_the_list_is_spoken_on_the_payments_page() {
        browser.checkout(complete("lv"));
        browser.checkout(complete("lv"));

        String list = browser.get(RETURN + "?page-language=de").body();
        String page = list.substring(list.indexOf("href=\"/pay/") + 6);

        assertThat(list).contains("<html lang=\"de\">");
        assertThat(browser.get(page.substring(0, page.indexOf('"'))).body()).contains("<html lang=\"de\">");
    }

    @Test
    void the_page_speaks_the_shops_language() {
        Browser latvian = world.http.new Browser();
        HttpResponse<String> page =
                latvian.follow(latvian.checkout(Order.fresh().with("language_code", "lv")));

        assertThat(page.body()).contains("<html lang=\"lv\">", "Trūkst dažu datu", "Tālruņa numurs");
    }

    @Test
    void a_language_without_texts_is_english() {
        Browser french = world.http.new Browser();
        HttpResponse<String> page = french.follow(french.checkout(Order.fresh().with("language_code", "fr")));

        assertThat(page.body()).contains("<html lang=\"en\">");
    }
}
