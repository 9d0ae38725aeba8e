package dev.intermezzo.ingress.pages;

import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.PaymentView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses and renders the page that fits a payment's state. */
public final class PaymentPages {

    /** Without the script a waiting page reloads so often. */
    private static final int RELOAD_SECONDS = 5;

    /** While only our own machinery is at work, news comes within a second or two. */
    private static final int RELOAD_SOON_SECONDS = 2;

    /** Time to read that the payment is confirmed. */
    private static final int READ_SECONDS = 2;

    private final Renderer renderer;

    public PaymentPages(Renderer renderer) {
        this.renderer = renderer;
    }

    /** The page for the browser that began the checkout; for a form to fill see {@link DetailsPages}. */
    public String full(PaymentPage page) {
        return switch (PageState.of(page.view())) {
            case AWAITING_BUYER -> awaiting(page);
            case IN_PROGRESS -> inProgress(page);
            case VERIFYING -> waiting(page, "title.verifying", "verifying.text", RELOAD_SOON_SECONDS);
            case APPROVED -> approved(page);
            case NOT_PAID -> notPaid(page);
            case UNDER_REVIEW -> checked(page);
        };
    }

    /** The page for a browser that has the address and nothing else. */
    public String limited(Texts texts, PaymentView view) {
        Frame frame = renderer.frame(texts, texts.of("title.limited"), view.getTestShop());
        return renderer.notice(
                frame,
                new Notice(false, List.of(texts.of("limited.text")), OrderTexts.limited(texts, view), List.of(), ""));
    }

    /** The page while the payment's view is being asked for. */
    public String lookup(Texts texts, PageAddresses addresses) {
        Frame.Live live = new Frame.Live(addresses.state(), -1, "", "", RELOAD_SOON_SECONDS);
        Frame frame = renderer.frame(texts, texts.of("title.lookup"), false, live, null);
        return renderer.notice(frame, new Notice(true, List.of(texts.of("lookup.text")), null, List.of(), ""));
    }

    /** What is left of this state when no details are asked: a confirmation, or a moment of our own machinery. */
    private String awaiting(PaymentPage page) {
        Texts texts = page.texts();
        return again(page, "action.start-again", true)
                .map(again -> {
                    List<Action> actions = new ArrayList<>(List.of(again));
                    actions.addAll(back(page));
                    return renderer.notice(
                            live(page, "title.confirm", RELOAD_SECONDS),
                            new Notice(
                                    false,
                                    List.of(texts.of("confirm.text")),
                                    OrderTexts.full(texts, page.view()),
                                    actions,
                                    ""));
                })
                .orElseGet(() -> waiting(page, "title.opening", "opening.text", RELOAD_SOON_SECONDS));
    }

    private String inProgress(PaymentPage page) {
        Texts texts = page.texts();
        boolean opening = !page.view().getAttempts().isEmpty()
                && page.view().getAttempts().getLast().getStatus() == AttemptStatus.OPENING;
        if (page.provider().isPresent() && page.onward()) {
            return forwarding(
                    page, "title.opening", "opening.text", page.provider().get(), 0);
        }
        if (opening) {
            return waiting(page, "title.opening", "opening.text", RELOAD_SOON_SECONDS);
        }
        List<Action> actions = new ArrayList<>();
        page.provider().ifPresent(address -> actions.add(new Action.Link(texts.of("action.continue"), address, true)));
        again(page, "action.start-again", page.provider().isEmpty()).ifPresent(actions::add);
        return renderer.notice(
                live(page, "title.waiting", RELOAD_SECONDS),
                new Notice(
                        true,
                        List.of(texts.of(page.usedElsewhere() ? "waiting.other-tab" : "waiting.text")),
                        OrderTexts.full(texts, page.view()),
                        actions,
                        ""));
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
        String sentence = actions.isEmpty() ? "not-completed.final" : "not-completed.text";
        actions.addAll(back(page));
        // Live: a late approval still wins, and the page then says so.
        return renderer.notice(
                live(page, "title.not-completed", RELOAD_SECONDS),
                new Notice(false, List.of(texts.of(sentence)), OrderTexts.full(texts, page.view()), actions, ""));
    }

    private String checked(PaymentPage page) {
        Texts texts = page.texts();
        String contact = page.supportContact()
                .map(known -> texts.of("checked.contact", known))
                .orElseGet(() -> texts.of("checked.contact-none"));
        return renderer.notice(
                live(page, "title.checked", RELOAD_SECONDS),
                new Notice(
                        false,
                        List.of(texts.of("checked.text"), contact),
                        OrderTexts.full(texts, page.view()),
                        List.of(),
                        ""));
    }

    private String waiting(PaymentPage page, String title, String sentence, int reloadSeconds) {
        return renderer.notice(
                live(page, title, reloadSeconds),
                new Notice(
                        true,
                        List.of(page.texts().of(sentence)),
                        OrderTexts.full(page.texts(), page.view()),
                        List.of(),
                        ""));
    }

    /** A page that goes on by itself, with a link for those whose browser does not. */
    private String forwarding(PaymentPage page, String title, String sentence, String address, int seconds) {
        Texts texts = page.texts();
        String label = PageState.of(page.view()) == PageState.IN_PROGRESS ? "action.continue" : "action.back";
        Frame frame = renderer.frame(
                texts, texts.of(title), page.view().getTestShop(), null, new Frame.Forward(address, seconds));
        return renderer.notice(
                frame,
                new Notice(
                        false,
                        List.of(texts.of(sentence)),
                        OrderTexts.full(texts, page.view()),
                        List.of(new Action.Link(texts.of(label), address, true)),
                        ""));
    }

    private String plain(PaymentPage page, String title, List<String> sentences, List<? extends Action> actions) {
        Frame frame =
                renderer.frame(page.texts(), page.texts().of(title), page.view().getTestShop());
        return renderer.notice(
                frame,
                new Notice(false, sentences, OrderTexts.full(page.texts(), page.view()), List.copyOf(actions), ""));
    }

    /** Another attempt, if one may be asked for; with a confirmation while an older one may still be paid. */
    private Optional<Action> again(PaymentPage page, String label, boolean primary) {
        PaymentView view = page.view();
        if (!view.getMayAskAgain()) {
            return Optional.empty();
        }
        Texts texts = page.texts();
        @Nullable String confirmation = view.getOlderMayStillBePaid() ? texts.of("confirm.again") : null;
        return Optional.of(new Action.Post(
                texts.of(label), page.addresses().again(), primary, confirmation, methods(texts, view, "")));
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
        Frame.Live live = new Frame.Live(
                page.addresses().state(),
                view.getSequence(),
                PageState.of(view).text(),
                page.provider().orElse(""),
                reloadSeconds);
        return renderer.frame(page.texts(), page.texts().of(title), view.getTestShop(), live, null);
    }
}
