package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.checkout.BuyerAnswers;
import dev.intermezzo.ingress.checkout.PaymentPlanner;
import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.Asked;
import dev.intermezzo.ingress.pages.DetailsPages;
import dev.intermezzo.ingress.pages.Languages;
import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.PaymentPages;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.views.ViewRequests;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.FieldProblem;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * What the buyer does on the page: gives details, asks for another attempt, goes back to the shop. Only the browser that
 * began the checkout may; the cookie that shows it is not sent along by forms of other sites. Every act ends on the
 * payment's page, also one that comes too late, so that going back and forth in the browser does no harm.
 */
public final class BuyerActs {

    private final Visits visits;
    private final ViewRequests views;
    private final PageComposer composer;
    private final PaymentPages pages;
    private final DetailsPages details;
    private final PaymentPlanner planner;
    private final FormRequirements requirements;
    private final VoucherIntake vouchers;
    private final BuyerSealer sealer;
    private final BuyerAnswers answers;
    private final BuyerCookies cookies;
    private final LanguageSwitch languages;
    private final Duration deadline;

    /**
     * @param deadline within which the browser is answered
     */
    public BuyerActs(
            Visits visits,
            ViewRequests views,
            PageComposer composer,
            PaymentPages pages,
            DetailsPages details,
            PaymentPlanner planner,
            VoucherIntake vouchers,
            BuyerSealer sealer,
            BuyerAnswers answers,
            BuyerCookies cookies,
            LanguageSwitch languages,
            Duration deadline) {
        this.visits = visits;
        this.views = views;
        this.composer = composer;
        this.pages = pages;
        this.details = details;
        this.planner = planner;
        this.requirements = new FormRequirements(planner);
        this.vouchers = vouchers;
        this.sealer = sealer;
        this.answers = answers;
        this.cookies = cookies;
        this.languages = languages;
        this.deadline = deadline;
    }

    /**
     * {@code POST /pay/{token}/details}: a field per missing detail, {@code provider} where there is a choice, and
     * {@code voucherPin} for a provider that redeems one.
     */
    public Reply details(EdgeRequest request) {
        return act(request, PageAddresses::details, act -> {
            Optional<DetailsAsked> asked = DetailsAsked.of(act.view());
            return asked.isEmpty() || act.outdated() ? act.toPage() : submitted(act, asked.get());
        });
    }

    /** {@code POST /pay/{token}/again}: {@code confirm=yes}, and {@code provider} where there is a choice. */
    public Reply again(EdgeRequest request) {
        return act(request, PageAddresses::again, act -> {
            if (!act.view().getMayAskAgain() || act.outdated()) {
                return act.toPage();
            }
            if (!act.form().text("confirm").equals("yes")) {
                return unconfirmed(act);
            }
            if (!act.visit().shop().merchant().getEnabled()) {
                return refused(Refusal.of(403, "merchant-disabled", "error.merchant-disabled"));
            }
            PaymentPlan plan = plan(act, located(act, BuyerDetails.none()));
            @Nullable String provider = provider(act);
            return publish(
                    act,
                    List.of(),
                    new BuyerAskedAgain(true, provider, plan, act.form().attempt()),
                    plan,
                    "",
                    provider);
        });
    }

    /** {@code POST /pay/{token}/back}: back to the shop instead of another attempt. */
    public Reply back(EdgeRequest request) {
        return act(request, PageAddresses::back, act -> {
            BuyerAnswers.Outcome outcome =
                    answers.publish(act.visit().owner(), List.of(), new BuyerGaveUp(), act.deadline());
            return outcome instanceof BuyerAnswers.Outcome.NotInTime
                    ? refused(Refusal.later("not-in-time"))
                    : act.toPage();
        });
    }

    /** The page again, with the reason beside the box that was not ticked. */
    private Reply unconfirmed(Act act) {
        String html =
                pages.full(composer.compose(act.visit(), act.view(), false).withConfirmationMissing());
        return new Reply.Page(422, html, act.visit().jar().prune());
    }

    /** One request to do something, with what it needs. */
    private record Act(
            Visit visit,
            BuyerCookie cookie,
            FormFields form,
            PaymentView view,
            Optional<String> address,
            Deadline deadline) {

        /**
         * Whether what the form was shown to begin has begun since, perhaps in another tab. This instance may not have heard of
         * it yet; the event says the number too, and its decision has the last word.
         */
        boolean outdated() {
            @Nullable Integer meant = form.attempt();
            return meant != null && meant <= view.getAttempts().size();
        }

        Reply toPage() {
            return new Reply.SeeOther(visit.addresses().page(), visit.jar().prune());
        }
    }

    /** {@link #details}, {@link #again} and {@link #back} when there is no place: the page offers the form again. */
    public Reply turnAway(EdgeRequest request, Function<PageAddresses, String> address) {
        return form(request, address, (visit, form) -> refused(Refusal.later("busy")));
    }

    private Reply act(EdgeRequest request, Function<PageAddresses, String> address, Function<Act, Reply> serve) {
        return form(request, address, (visit, form) -> {
            // A slow upload is the sender's own time.
            Deadline until = Deadline.in(deadline);
            Optional<PaymentView> view = views.find(visit.owner(), PayPage.LOOKUP);
            if (view.isEmpty()) {
                return refused(Refusal.later("view-not-known"));
            }
            return serve.apply(
                    new Act(visit, visit.cookie().orElseThrow(), form, view.get(), request.clientAddress(), until));
        });
    }

    /**
     * A form of one of our pages. Only the browser that began the checkout gets it back with a refusal: whoever could make
     * another browser show a form of theirs on our page would have it sent with that browser's cookie.
     */
    private Reply form(
            EdgeRequest request, Function<PageAddresses, String> address, BiFunction<Visit, FormFields, Reply> serve) {
        return visits.buyer(request, visit -> {
            Optional<FormFields> form = FormFields.of(request);
            if (form.isEmpty()) {
                return refused(Refusal.of(400, "form-malformed", "error.form"));
            }
            Reply reply = serve.apply(visit, form.get());
            return reply instanceof Reply.Refused refused
                    ? refused.repeatable(form.get().repeat(address.apply(visit.addresses())))
                    : reply;
        });
    }

    private Reply submitted(Act act, DetailsAsked asked) {
        List<String> methods = act.view().getMethods();
        @Nullable String provider = provider(act);
        String judgedBy =
                provider == null && !methods.isEmpty() ? methods.getFirst() : provider == null ? "" : provider;
        Set<BuyerField> fields = askedFor(act, asked, judgedBy);
        BuyerDetails typed = BuyerDetails.none();
        for (BuyerField field : fields) {
            typed = typed.with(field, act.form().text(field.key()));
        }
        typed = located(act, typed);
        PaymentPlan plan = plan(act, typed);
        Instrument voucher = vouchers.typed(act.form(), judgedBy);
        List<FieldProblem> problems = new ArrayList<>(problems(act, judgedBy, typed, fields, plan));
        vouchers.problem(voucher, judgedBy).ifPresent(problems::add);
        Asked required = requirements.of(act.view(), act.cookie(), fields);
        Optional<String> language = LanguageSwitch.chosen(Optional.of(act.form().text(Languages.PARAMETER)));
        if (language.isPresent()) {
            return inLanguage(
                    act, language.get(), new DetailsPages.Entry(required, typed, shown(act, problems), judgedBy));
        }
        if (!problems.isEmpty()) {
            String html = details.page(
                    composer.compose(act.visit(), act.view(), false),
                    new DetailsPages.Entry(required, typed, problems, judgedBy));
            return new Reply.Page(422, html, act.visit().jar().prune());
        }
        Optional<Refusal> tooMany =
                vouchers.refusal(voucher, act.address(), act.visit().owner(), act.deadline());
        return tooMany.isPresent() ? refused(tooMany.get()) : taken(act, provider, judgedBy, typed, voucher, plan);
    }

    private Reply taken(
            Act act,
            @Nullable String chosen,
            String judgedBy,
            BuyerDetails typed,
            Instrument voucher,
            PaymentPlan plan) {
        String paymentId = act.visit().owner().paymentId();
        SealedBuyer sealed = sealer.seal(paymentId, BuyerDetailsJson.PURPOSE, BuyerDetailsJson.write(typed));
        Optional<SealedBuyer> redeemed = vouchers.sealed(voucher, paymentId);
        // Whatever the plan's order says: a voucher goes to the provider by whose rule it was judged.
        @Nullable String provider = redeemed.isPresent() ? judgedBy : chosen;
        // The voucher's key first: the payment's last key on its topic is the one that stays there.
        List<WrappedKey> keys = Stream.concat(redeemed.map(SealedBuyer::key).stream(), Stream.of(sealed.key()))
                .toList();
        return publish(
                act,
                keys,
                new BuyerDetailsSubmitted(
                        provider,
                        sealed.data(),
                        plan,
                        redeemed.map(SealedBuyer::data).orElse(null),
                        act.form().attempt()),
                plan,
                typed.value(BuyerField.COUNTRY_CODE).orElse(""),
                null);
    }

    /** The form in another language with what was typed; nothing is published. */
    private Reply inLanguage(Act act, String language, DetailsPages.Entry entry) {
        String html = details.page(composer.compose(act.visit().in(language), act.view(), false), entry);
        return Reply.Page.ok(html, languages.kept(language, act.visit()));
    }

    /** Who only switches the language is not told what is missing before having sent the form. */
    private static List<FieldProblem> shown(Act act, List<FieldProblem> problems) {
        return act.form().text(DetailsPages.JUDGED).equals("yes") ? problems : List.of();
    }

    /** The fields of the page, and whatever else the chosen method lacks. */
    private static Set<BuyerField> askedFor(Act act, DetailsAsked asked, String provider) {
        Set<BuyerField> fields = EnumSet.noneOf(BuyerField.class);
        fields.addAll(asked.fields());
        act.cookie().gaps().stream()
                .filter(gap -> gap.provider().equals(provider))
                .flatMap(gap -> gap.missing().stream())
                .forEach(name -> BuyerField.ofKey(name).ifPresent(fields::add));
        return fields;
    }

    private List<FieldProblem> problems(
            Act act, String provider, BuyerDetails typed, Set<BuyerField> fields, PaymentPlan plan) {
        List<FieldProblem> problems = planner.problems(act.visit().shop(), provider, known(act, typed)).stream()
                .filter(problem -> BuyerField.ofKey(problem.name())
                        .filter(fields::contains)
                        .isPresent())
                .toList();
        boolean countryRefused = fields.contains(BuyerField.COUNTRY_CODE)
                && plan.getRoutes().stream()
                        .filter(route -> route.getProvider().equals(provider))
                        .map(PlannedRoute::getIneligibleReasons)
                        .anyMatch(reasons -> reasons.contains("country"));
        return problems.isEmpty() && countryRefused
                ? List.of(new FieldProblem(BuyerField.COUNTRY_CODE.key(), FieldProblem.Code.INVALID))
                : problems;
    }

    /** @param method what the next page begins with, where it asks for something */
    private Reply publish(
            Act act,
            List<WrappedKey> keys,
            SpecificRecordBase body,
            PaymentPlan plan,
            String newCountry,
            @Nullable String method) {
        BuyerAnswers.Outcome outcome = answers.publish(act.visit().owner(), keys, body, act.deadline());
        if (outcome instanceof BuyerAnswers.Outcome.NotInTime) {
            return refused(Refusal.later("not-in-time"));
        }
        String country = newCountry.isEmpty() ? act.cookie().country() : newCountry;
        String cookie = cookies.set(
                act.cookie().withGaps(country, PaymentPlanner.gaps(plan)).withConcluded(false));
        return new Reply.SeeOther(
                act.visit().addresses().choosing(Optional.ofNullable(method)).onward(), List.of(cookie));
    }

    private PaymentPlan plan(Act act, BuyerDetails typed) {
        BuyerCookie cookie = act.cookie();
        PayToken page = new PayToken(cookie.paymentId(), cookie.language(), cookie.expires());
        return planner.plan(act.visit().shop(), WireMoney.read(act.view().getAmount()), known(act, typed), page);
    }

    private BuyerDetails located(Act act, BuyerDetails details) {
        return planner.located(act.visit().shop(), details, act.address());
    }

    private static PaymentPlanner.Known known(Act act, BuyerDetails typed) {
        return new PaymentPlanner.Known(typed, Optional.of(act.cookie()));
    }

    /** The method that was chosen; null leaves it to the plan's order. What is not offered cannot be chosen. */
    private static @Nullable String provider(Act act) {
        String chosen = act.form().text("provider");
        return act.view().getMethods().contains(chosen) ? chosen : null;
    }

    private static Reply.Refused refused(Refusal refusal) {
        return new Reply.Refused(refusal);
    }
}
