package dev.intermezzo.ingress.pages;

import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.PaymentView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses and renders the page that fits a payment's state. */
public final class PaymentPages {

    /** Without the script a page that only waits reloads so often. */
    private static final int RELOAD_SECONDS = 5;

    /** While only our own machinery is at work, news comes within a second or two. */
    private static final int RELOAD_SOON_SECONDS = 2;

    /** Time to read, tick and press before the page reloads under one's hands; it also has a link to look again at once. */
    private static final int RELOAD_LATER_SECONDS = 20;

    /**
     * Whoever has just come back from the provider's page looks for the outcome, which is rarely more than seconds away. The
     * times add up to the usual one before there is much to be disturbed in.
     */
    private static final List<Integer> FIRST_LOOKS_SECONDS = List.of(2, 4, 8);

    /** Time to read that the payment is confirmed, or what to do after none was. */
    private static final int READ_SECONDS = 4;

    private final Renderer renderer;

    public PaymentPages(Renderer renderer) {
        this.renderer = renderer;
    }

    /** The page for the browser that began the checkout; for a form to fill see {@link DetailsPages}. */
    public String full(PaymentPage page) {
        return switch (PageState.of(page.view())) {
            case AWAITING_BUYER -> awaiting(page);
            case IN_PROGRESS -> inProgress(page);
            case VERIFYING -> waiting(page, "title.verifying", "verifying.text", List.of());
            case APPROVED -> approved(page);
            case NOT_PAID -> notPaid(page);
            case UNDER_REVIEW -> checked(page, List.of());
        };
    }

    /** The page for a browser that has the address and nothing else. */
    public String limited(Texts texts, PageAddresses addresses, PaymentView view) {
        List<String> sentences = PageState.of(view) == PageState.APPROVED
                ? List.of(texts.of("limited.text"))
                : List.of(texts.of("limited.text"), texts.of("limited.once"));
        return renderer.notice(
                frame(texts, addresses, "title.limited", OrderTexts.test(view)),
                new Notice(false, sentences, OrderTexts.limited(texts, view), List.of(), ""));
    }

    /**
     * The page while the payment's view is being asked for.
     *
     * @param test whether the shop is one for tests
     * @param onward whether the page leads on once it is known where to
     */
    public String lookup(Texts texts, PageAddresses addresses, boolean test, boolean onward) {
        Frame frame = frame(texts, addresses, "title.lookup", test)
                .changing(new Frame.Live(
                        addresses.same(onward),
                        addresses.state(),
                        -1,
                        "",
                        "",
                        addresses.same(onward),
                        RELOAD_SOON_SECONDS));
        return renderer.notice(frame, new Notice(true, List.of(texts.of("lookup.text")), null, List.of(), ""));
    }

    /** What is left of this state when no details are asked: a confirmation, or a moment of our own machinery. */
    private String awaiting(PaymentPage page) {
        return again(page, "action.start-again", true)
                .map(again -> {
                    List<Action> actions = new ArrayList<>(List.of(again));
                    actions.addAll(back(page));
                    return renderer.notice(
                            live(page, "title.confirm", RELOAD_LATER_SECONDS),
                            notice(page, false, List.of(page.texts().of("confirm.text")), actions));
                })
                .orElseGet(() -> waiting(page, "title.opening", "opening.text", List.of()));
    }

    private String inProgress(PaymentPage page) {
        Texts texts = page.texts();
        if (page.provider().isPresent() && page.onward()) {
            return forwarding(
                    page, "title.opening", "opening.text", page.provider().get(), 0);
        }
        List<Action> actions = new ArrayList<>();
        if (last(page.view(), AttemptStatus.OPENING)) {
            // A call may wait for its account's release; whoever does not want to wait that long can leave.
            again(page, "action.start-again", false).ifPresent(actions::add);
            actions.addAll(back(page));
            return waiting(page, page.voucherTried() ? "title.redeeming" : "title.opening", "opening.text", actions);
        }
        page.provider().ifPresent(address -> actions.add(new Action.Link(texts.of("action.continue"), address, true)));
        again(page, "action.start-again", page.provider().isEmpty()).ifPresent(actions::add);
        actions.addAll(back(page));
        if (last(page.view(), AttemptStatus.UNKNOWN)) {
            return checked(page, actions);
        }
        return renderer.notice(
                live(page, "title.waiting", firstLook(page).orElse(RELOAD_LATER_SECONDS)),
                notice(page, true, List.of(texts.of(waiting(page))), actions));
    }

    private static Optional<Integer> firstLook(PaymentPage page) {
        int look = page.addresses().look();
        return look == 0 ? Optional.empty() : Optional.of(FIRST_LOOKS_SECONDS.get(look - 1));
    }

    private static boolean last(PaymentView view, AttemptStatus status) {
        return !view.getAttempts().isEmpty() && view.getAttempts().getLast().getStatus() == status;
    }

    private static String waiting(PaymentPage page) {
        if (page.pageOver()) {
            return "waiting.page-over";
        }
        return page.usedElsewhere() ? "waiting.other-tab" : "waiting.text";
    }

    private String approved(PaymentPage page) {
        return page.success()
                .map(address -> forwarding(page, "title.success", "success.text", address, READ_SECONDS))
                .orElseGet(() -> plain(page, "title.success", List.of(), List.of()));
    }

    private String notPaid(PaymentPage page) {
        Texts texts = page.texts();
        Optional<String> failure = page.failure();
        if (page.view().getClosedForBuyer() && failure.isPresent()) {
            return forwarding(page, "title.closed", "closed.text", failure.get(), READ_SECONDS);
        }
        if (page.view().getAttempts().isEmpty() && !page.view().getMayAskAgain()) {
            return plain(page, "title.unavailable", List.of(texts.of("unavailable.text")), back(page));
        }
        List<Action> actions = new ArrayList<>();
        again(page, "action.again", true).ifPresent(actions::add);
        List<String> sentences = new ArrayList<>();
        if (DetailsPages.declined(page)) {
            sentences.add(texts.of("voucher.declined"));
        }
        sentences.add(texts.of(actions.isEmpty() ? "not-completed.final" : "not-completed.text"));
        actions.addAll(back(page));
        // Live: a late approval still wins, and the page then says so.
        return renderer.notice(
                live(page, "title.not-completed", RELOAD_LATER_SECONDS), notice(page, false, sentences, actions));
    }

    /** Under review, or a call whose answer was lost and whose page nobody has: it may be paid, and nobody can tell. */
    private String checked(PaymentPage page, List<Action> actions) {
        Texts texts = page.texts();
        return renderer.notice(
                live(page, "title.checked", RELOAD_LATER_SECONDS),
                notice(page, false, List.of(texts.of("checked.text"), texts.of("checked.contact")), actions));
    }

    /** A page on which nothing is to be done; it may offer to leave all the same. */
    private String waiting(PaymentPage page, String title, String sentence, List<Action> actions) {
        return renderer.notice(
                live(page, title, actions.isEmpty() ? RELOAD_SOON_SECONDS : RELOAD_SECONDS),
                notice(page, true, List.of(page.texts().of(sentence)), actions));
    }

    /** A page that goes on by itself, with a link for those whose browser does not. */
    private String forwarding(PaymentPage page, String title, String sentence, String address, int seconds) {
        Texts texts = page.texts();
        String label = PageState.of(page.view()) == PageState.IN_PROGRESS ? "action.continue" : "action.back";
        return renderer.notice(
                frame(page, title).leadingTo(new Frame.Forward(address, seconds)),
                notice(
                        page,
                        false,
                        List.of(texts.of(sentence)),
                        List.of(new Action.Link(texts.of(label), address, true))));
    }

    private String plain(PaymentPage page, String title, List<String> sentences, List<? extends Action> actions) {
        return renderer.notice(frame(page, title), notice(page, false, sentences, List.copyOf(actions)));
    }

    private static Notice notice(PaymentPage page, boolean waiting, List<String> sentences, List<Action> actions) {
        String code = page.confirmationMissing() ? "confirmation-missing" : "";
        return new Notice(waiting, sentences, OrderTexts.full(page), actions, code);
    }

    /** Another attempt, if one may be asked for; with a confirmation while an older one may still be paid. */
    private Optional<Action> again(PaymentPage page, String label, boolean primary) {
        PaymentView view = page.view();
        if (!view.getMayAskAgain()) {
            return Optional.empty();
        }
        Texts texts = page.texts();
        String problem = page.confirmationMissing() ? texts.of("confirm.missing") : "";
        Action.Post.@Nullable Confirmation confirmation =
                view.getOlderMayStillBePaid() ? new Action.Post.Confirmation(texts.of("confirm.again"), problem) : null;
        return Optional.of(new Action.Post(
                texts.of(label),
                page.addresses().again(),
                primary,
                confirmation,
                methods(texts, view, latest(view)),
                page.nextAttempt()));
    }

    /** The method of the latest attempt: whoever starts again has most likely only run out of time there. */
    private static String latest(PaymentView view) {
        return view.getAttempts().isEmpty() ? "" : view.getAttempts().getLast().getProvider();
    }

    static List<Action.Post> back(PaymentPage page) {
        return page.failure().isEmpty()
                ? List.of()
                : List.of(Action.Post.of(
                        page.texts().of("action.back"), page.addresses().back(), false));
    }

    /** The methods a buyer may choose from; the first is chosen unless another one was. */
    static List<Choice> methods(Texts texts, PaymentView view, String chosen) {
        List<String> methods = view.getMethods();
        String selected = methods.contains(chosen) || methods.isEmpty() ? chosen : methods.getFirst();
        return methods.stream()
                .map(method ->
                        new Choice(method, texts.find("method." + method).orElse(method), method.equals(selected)))
                .toList();
    }

    private Frame live(PaymentPage page, String title, int reloadSeconds) {
        PaymentView view = page.view();
        return frame(page, title)
                .changing(new Frame.Live(
                        page.addresses().same(page.onward()),
                        page.addresses().state(),
                        view.getSequence(),
                        PageState.of(view).text(),
                        page.provider().orElse(""),
                        page.onward()
                                ? page.addresses().onward()
                                : page.addresses().lookedAgain(),
                        reloadSeconds));
    }

    private Frame frame(PaymentPage page, String title) {
        return frame(page.texts(), page.addresses(), title, OrderTexts.test(page.view()));
    }

    private Frame frame(Texts texts, PageAddresses addresses, String title, boolean test) {
        return renderer.frame(texts, texts.of(title), test, Languages.linked(addresses.page()));
    }
}
