package dev.intermezzo.ingress.pages;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.FieldProblem;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.schemas.avro.AttemptStatus;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The choice of a method and the form for a voucher and missing details: errors beside their field, what was typed is kept. */
public final class DetailsPages {

    /** Hidden field of a form that was sent before and shows what was wrong. */
    public static final String JUDGED = "judged";

    /** The words that the one provider takes who asks for it. */
    private static final List<String> GENDERS = List.of("female", "male");

    private final Renderer renderer;

    public DetailsPages(Renderer renderer) {
        this.renderer = renderer;
    }

    /**
     * What the form shows.
     *
     * @param asked what to ask for
     * @param typed what the buyer typed before, if this is not the first time; never a voucher
     * @param problems what was wrong with it, and with the voucher
     * @param method the method that was chosen before, else empty
     */
    public record Entry(Asked asked, BuyerDetails typed, List<FieldProblem> problems, String method) {

        /** The first time: nothing was typed yet. */
        public static Entry first(Asked asked, String method) {
            return new Entry(asked, BuyerDetails.none(), List.of(), method);
        }
    }

    public String page(PaymentPage page, Entry entry) {
        Texts texts = page.texts();
        List<String> offered = page.view().getMethods();
        Map<String, FieldProblem> problems = entry.problems().stream()
                .collect(Collectors.toMap(FieldProblem::name, problem -> problem, (first, second) -> first));
        DetailsForm.@Nullable VoucherField voucher = voucher(texts, entry, offered, problems);
        List<DetailField> fields = fields(texts, entry, offered, problems, voucher != null && voucher.focused());
        String title = offered.size() > 1 && fields.isEmpty()
                ? "title.choice"
                : fields.isEmpty() ? "title.voucher" : "title.details";
        return renderer.details(
                renderer.frame(texts, texts.of(title), OrderTexts.test(page.view()), Languages.submitted("details"))
                        .withForm(),
                new DetailsForm(
                        page.addresses().details(),
                        OrderTexts.full(page),
                        declined(page) && entry.problems().isEmpty() ? texts.of("voucher.declined") : "",
                        methods(texts, page, entry),
                        voucher,
                        fields,
                        PaymentPages.back(page).stream().findFirst().orElse(null),
                        entry.problems().size(),
                        page.nextAttempt()));
    }

    private static List<Choice> methods(Texts texts, PaymentPage page, Entry entry) {
        List<String> takers = entry.asked().voucher().map(VoucherBox::methods).orElse(List.of());
        return PaymentPages.methods(texts, page.view(), entry.method()).stream()
                .map(each -> new Choice(each.value(), each.label(), each.selected(), takers.contains(each.value())))
                .toList();
    }

    /** Whether a voucher was refused just before. */
    static boolean declined(PaymentPage page) {
        return page.voucherTried() && page.view().getAttempts().getLast().getStatus() == AttemptStatus.DECLINED;
    }

    private static DetailsForm.@Nullable VoucherField voucher(
            Texts texts, Entry entry, List<String> offered, Map<String, FieldProblem> problems) {
        return entry.asked()
                .voucher()
                .map(box -> {
                    String error = error(texts, problems, Instrument.Voucher.FIELD);
                    return new DetailsForm.VoucherField(
                            box, offered.size() > 1 ? String.join(" ", box.methods()) : "", error, !error.isEmpty());
                })
                .orElse(null);
    }

    private static List<DetailField> fields(
            Texts texts, Entry entry, List<String> offered, Map<String, FieldProblem> problems, boolean focusedBefore) {
        List<BuyerField> shown = Arrays.stream(BuyerField.values())
                .filter(entry.asked().fields()::contains)
                .toList();
        // On the first look the order comes first: starting in a field would scroll it away on a phone.
        Optional<BuyerField> focused = shown.stream()
                .filter(field -> !focusedBefore && problems.containsKey(field.key()))
                .findFirst();
        return shown.stream()
                .map(field -> field(texts, entry, field, offered, problems, focused.equals(Optional.of(field))))
                .toList();
    }

    private static DetailField field(
            Texts texts,
            Entry entry,
            BuyerField field,
            List<String> offered,
            Map<String, FieldProblem> problems,
            boolean focused) {
        String value = entry.typed().value(field).orElse("");
        return new DetailField(
                field.key(),
                texts.of("field." + field.key()),
                texts.find("field." + field.key() + ".hint").orElse(""),
                inputType(field),
                autocomplete(field),
                value,
                options(texts, field, value),
                error(texts, problems, field.key()),
                focused,
                entry.asked().patterns().getOrDefault(field, ""),
                String.join(" ", entry.asked().methodsOf(field, offered)));
    }

    private static String error(Texts texts, Map<String, FieldProblem> problems, String name) {
        return Optional.ofNullable(problems.get(name))
                .map(problem -> texts.of("problem." + problem.code()))
                .orElse("");
    }

    private static List<Choice> options(Texts texts, BuyerField field, String chosen) {
        return switch (field) {
            case COUNTRY_CODE -> countries(texts, chosen);
            case GENDER ->
                GENDERS.stream()
                        .map(word -> new Choice(word, texts.of("gender." + word), word.equals(chosen)))
                        .toList();
            case EMAIL, FIRST_NAME, LAST_NAME, PHONE, ADDRESS_LINE, CITY, REGION, POSTAL_CODE, BIRTH_DATE, IP_ADDRESS ->
                List.of();
        };
    }

    private static List<Choice> countries(Texts texts, String chosen) {
        return Arrays.stream(Locale.getISOCountries())
                .map(code ->
                        new Choice(code, Locale.of("", code).getDisplayCountry(texts.locale()), code.equals(chosen)))
                .sorted(Comparator.comparing(Choice::label, java.text.Collator.getInstance(texts.locale())))
                .toList();
    }

    private static String inputType(BuyerField field) {
        return switch (field) {
            case EMAIL -> "email";
            case PHONE -> "tel";
            case BIRTH_DATE -> "date";
            case FIRST_NAME, LAST_NAME, COUNTRY_CODE, ADDRESS_LINE, CITY, REGION, POSTAL_CODE, GENDER, IP_ADDRESS ->
                "text";
        };
    }

    private static String autocomplete(BuyerField field) {
        return switch (field) {
            case EMAIL -> "email";
            case FIRST_NAME -> "given-name";
            case LAST_NAME -> "family-name";
            case PHONE -> "tel";
            case COUNTRY_CODE -> "country";
            case ADDRESS_LINE -> "street-address";
            case CITY -> "address-level2";
            case REGION -> "address-level1";
            case POSTAL_CODE -> "postal-code";
            case BIRTH_DATE -> "bday";
            case GENDER -> "sex";
            case IP_ADDRESS -> "off";
        };
    }
}
