package dev.intermezzo.ingress.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Repeat;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.FieldProblem;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each page in each language. The pages are left in {@code target/pages} to be looked at. */
class EveryPageTest {

    private static final Assets ASSETS = Assets.load();
    private static final Renderer RENDERER = new Renderer(ASSETS);
    private static final Set<String> REFUSALS = Set.of("refusal", "busy");
    private static final Optional<VoucherBox> VOUCHER =
            Optional.of(new VoucherBox(List.of("FLEXEPIN"), "[0-9A-Za-z-]*", 4, 32));
    private static final Pattern INPUT = Pattern.compile("<(?:input|select)[^>]*\\bid=\"([^\"]+)\"");

    static Stream<Arguments> pages() {
        return Texts.LANGUAGES.stream()
                .flatMap(language -> all(language).entrySet().stream()
                        .map(page -> Arguments.of(page.getKey(), language, page.getValue())));
    }

    static Map<String, String> all(String language) {
        Texts texts = Texts.in(language);
        PaymentPages pages = new PaymentPages(RENDERER);
        PaymentView asking = PaymentView.newBuilder(SampleViews.in(ViewState.AWAITING_BUYER))
                .setMethods(List.of("PAYONE", "GIGADAT"))
                .build();
        PaymentView declined = PaymentView.newBuilder(SampleViews.in(ViewState.NOT_PAID, AttemptStatus.DECLINED))
                .setMayAskAgain(true)
                .build();
        PaymentView waiting = PaymentView.newBuilder(SampleViews.in(ViewState.IN_PROGRESS, AttemptStatus.AT_PROVIDER))
                .setMayAskAgain(true)
                .setOlderMayStillBePaid(true)
                .build();
        PaymentView choosing = PaymentView.newBuilder(waiting)
                .setMethods(List.of("TRUST", "FORUMPAY"))
                .build();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("details", details(SampleViews.page(asking, language)));
        all.put("choice", choice(SampleViews.page(asking, language)));
        vouchers(all, pages, language);
        all.put(
                "opening",
                pages.full(SampleViews.page(SampleViews.in(ViewState.IN_PROGRESS, AttemptStatus.OPENING), language)));
        all.put("waiting", pages.full(SampleViews.page(waiting, language)));
        all.put("other-tab", pages.full(SampleViews.withoutProvider(choosing, language, true)));
        all.put("page-over", pages.full(SampleViews.withoutProvider(choosing, language, false)));
        all.put("declined", pages.full(SampleViews.page(declined, language)));
        all.put(
                "checked",
                pages.full(SampleViews.page(SampleViews.in(ViewState.UNDER_REVIEW, AttemptStatus.UNKNOWN), language)));
        all.put("unknown", pages.full(SampleViews.withoutAnswer(language)));
        all.put("verifying", pages.full(SampleViews.page(SampleViews.in(ViewState.VERIFYING), language)));
        all.put(
                "success",
                pages.full(SampleViews.page(SampleViews.in(ViewState.APPROVED, AttemptStatus.APPROVED), language)));
        all.put("unavailable", pages.full(SampleViews.page(SampleViews.in(ViewState.NOT_PAID), language)));
        all.put("unconfirmed", pages.full(SampleViews.page(waiting, language).withConfirmationMissing()));
        all.put("limited", pages.limited(texts, PageAddresses.of("token"), asking));
        all.put("lookup", pages.lookup(texts, PageAddresses.of("token"), true, false));
        ReturnPages returns = new ReturnPages(RENDERER);
        all.put("neutral", returns.neutral(texts));
        all.put(
                "several",
                returns.several(
                        texts,
                        List.of(
                                ReturnPages.row(texts, PageAddresses.of("a"), asking),
                                ReturnPages.row(texts, PageAddresses.of("b"), waiting)),
                        true));
        all.put(
                "refusal",
                new RefusalPages(RENDERER)
                        .page(
                                texts,
                                new Reply.Refused(
                                        Refusal.of(403, "signature-wrong", "error.signature", "not for people"))));
        all.put(
                "busy",
                new RefusalPages(RENDERER)
                        .page(
                                texts,
                                new Reply.Refused(
                                        Refusal.later("not-in-time"),
                                        Optional.of(new Reply.Place(language, "", true)),
                                        Optional.of(new Repeat(
                                                "/mozello/demo-shop/checkout?again=1",
                                                List.of(
                                                        new Repeat.Field("order_uuid", "6f1c2f0e"),
                                                        new Repeat.Field("company", "\"Pine\" & <Sons>")))))));
        return all;
    }

    private static void vouchers(Map<String, String> all, PaymentPages pages, String language) {
        PaymentView asked = PaymentView.newBuilder(SampleViews.in(ViewState.AWAITING_BUYER))
                .setMethods(List.of("FLEXEPIN"))
                .setMissingFields(List.of("voucherPin"))
                .build();
        PaymentView choosing = PaymentView.newBuilder(SampleViews.in(ViewState.AWAITING_BUYER, AttemptStatus.DECLINED))
                .setMethods(List.of("FLEXEPIN", "PAYONE"))
                .setMissingFields(List.of("voucherPin", "phone"))
                .build();
        PaymentView declined = PaymentView.newBuilder(SampleViews.in(ViewState.NOT_PAID, AttemptStatus.DECLINED))
                .setMethods(List.of("FLEXEPIN", "PAYONE"))
                .setMayAskAgain(true)
                .build();
        DetailsPages details = new DetailsPages(RENDERER);
        all.put(
                "voucher",
                details.page(
                        SampleViews.page(asked, language), DetailsPages.Entry.first(asked(Set.of(), VOUCHER), "")));
        all.put(
                "voucher-choice",
                details.page(
                        SampleViews.voucher(choosing, language),
                        DetailsPages.Entry.first(asked(EnumSet.of(BuyerField.PHONE), VOUCHER), "FLEXEPIN")));
        all.put(
                "voucher-wrong",
                details.page(
                        SampleViews.page(asked, language),
                        new DetailsPages.Entry(
                                asked(Set.of(), VOUCHER),
                                BuyerDetails.none(),
                                List.of(new FieldProblem("voucherPin", FieldProblem.Code.TOO_SHORT)),
                                "FLEXEPIN")));
        all.put(
                "voucher-redeeming",
                pages.full(
                        SampleViews.voucher(SampleViews.in(ViewState.IN_PROGRESS, AttemptStatus.OPENING), language)));
        all.put("voucher-declined", pages.full(SampleViews.voucher(declined, language)));
    }

    private static Asked asked(Set<BuyerField> fields, Optional<VoucherBox> voucher) {
        return new Asked(
                fields,
                Map.of("FLEXEPIN", List.of("voucherPin"), "PAYONE", List.of("phone")),
                Map.of(BuyerField.PHONE, "\\+?[0-9]*"),
                voucher);
    }

    private static String choice(PaymentPage page) {
        return new DetailsPages(RENDERER).page(page, DetailsPages.Entry.first(asked(Set.of(), Optional.empty()), ""));
    }

    private static String details(PaymentPage page) {
        return new DetailsPages(RENDERER)
                .page(
                        page,
                        new DetailsPages.Entry(
                                new Asked(
                                        EnumSet.of(
                                                BuyerField.EMAIL,
                                                BuyerField.PHONE,
                                                BuyerField.COUNTRY_CODE,
                                                BuyerField.BIRTH_DATE,
                                                BuyerField.GENDER),
                                        Map.of(),
                                        Map.of(),
                                        Optional.empty()),
                                BuyerDetails.none()
                                        .with(BuyerField.EMAIL, "anna@example.com")
                                        .with(BuyerField.PHONE, "12"),
                                List.of(new FieldProblem("phone", FieldProblem.Code.TOO_SHORT)),
                                "GIGADAT"));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pages")
    void each_page_is_small_ours_labelled_and_in_its_language(String name, String language, String html)
            throws IOException {
        keep(name + '-' + language, html);

        assertThat(weight(html)).isLessThan(60_000);
        assertThat(html).startsWith("<!doctype html>").contains("<html lang=\"" + language + "\">");
        // A refusal holds every language and shows one.
        assertThat(html.split("<h1>", -1)).hasSize(REFUSALS.contains(name) ? Texts.LANGUAGES.size() + 1 : 2);
        assertThat(html).containsOnlyOnce("<style>" + ASSETS.style() + "</style>");
        assertThat(html.replace(ASSETS.style(), ""))
                .containsOnlyOnce("<style")
                .doesNotContain(" style=", "onclick", "null", "<img");
        assertThat(html.replaceAll("https://(provider|shop)\\.example", "")).doesNotContain("http:", "https:");
        Matcher inputs = INPUT.matcher(html);
        while (inputs.find()) {
            assertThat(html).contains("<label for=\"" + inputs.group(1) + "\">");
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pages")
    void each_page_can_be_turned_into_every_other_language_without_a_script(String name, String language, String html) {
        for (String other : Texts.LANGUAGES) {
            boolean offered = html.contains("href=\"/pay/token?page-language=" + other + "\"")
                    || html.contains("href=\"?page-language=" + other + "\"")
                    || html.contains("name=\"page-language\" value=\"" + other + "\"")
                    || html.contains("href=\"#" + other + "\"");
            assertThat(offered).as(other).isEqualTo(!other.equals(language) || html.contains("id=\"" + other + "\""));
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pages")
    void each_page_of_a_payment_says_what_a_buyer_has_to_know(String name, String language, String html) {
        Texts texts = Texts.in(language);
        if (REFUSALS.contains(name) || Set.of("lookup", "neutral", "several").contains(name)) {
            return;
        }
        assertThat(html)
                .contains("Lake &amp; Pine Goods", "M-1234567890-1234567890", "<strong>TEST</strong>")
                .contains(language.equals("en") ? "149.90 CAD" : "149,90 CAD")
                .contains(texts.of("order.state") + "</dt>");
        if (!name.equals("limited")) {
            assertThat(html)
                    .contains("6f1c2f0e-7a53-4a3e-9a0b-2f6f3c1d9b10", "href=\"mailto:help@shop.example\"")
                    .contains("class=\"money\"");
        }
    }

    @Test
    void a_choice_alone_does_not_speak_of_details() {
        String why = Texts.in("en").of("details.why");

        assertThat(all("en").get("details")).contains(why);
        assertThat(all("en").get("choice")).contains("Choose how to pay").doesNotContain(why);
    }

    /** The page with everything it loads. */
    private static int weight(String html) {
        return bytes(html) + (html.contains(ASSETS.scriptPath()) ? bytes(script().content()) : 0);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void keep(String name, String html) throws IOException {
        Path folder = Path.of("target", "pages");
        Files.createDirectories(folder.resolve("assets"));
        Files.writeString(folder.resolve(name + ".html"), html);
        String file = ASSETS.scriptPath().substring(Assets.ROUTE.length());
        Files.writeString(folder.resolve("assets").resolve(file), script().content());
    }

    private static Assets.Asset script() {
        return ASSETS.file(ASSETS.scriptPath().substring(Assets.ROUTE.length())).orElseThrow();
    }
}
