package dev.intermezzo.ingress.pages;

import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import java.util.ArrayList;
import java.util.List;

/** A refusal as a person reads it: a sentence and a stable code, nothing of the request. */
public final class RefusalPages {

    private final Renderer renderer;

    public RefusalPages(Renderer renderer) {
        this.renderer = renderer;
    }

    /**
     * The page in every language.
     *
     * @param texts the language that is shown first
     * @param refused what it tells, where it happened and which form it offers to send again, if that is known
     */
    public String page(Texts texts, Reply.Refused refused) {
        List<RefusalText> all = new ArrayList<>();
        for (Texts each : Texts.all()) {
            if (!each.language().equals(texts.language())) {
                all.add(text(each, refused, false));
            }
        }
        // The last one gives way to any other that is chosen: a style can only look forward.
        all.add(text(texts, refused, true));
        return renderer.refusal(
                renderer.frame(
                        texts,
                        texts.of("error.title"),
                        refused.place().map(Reply.Place::test).orElse(false),
                        Languages.withinPage()),
                all,
                refused.repeat().orElse(null));
    }

    private static RefusalText text(Texts texts, Reply.Refused refused, boolean first) {
        Refusal refusal = refused.refusal();
        Action.Link page = refused.place()
                .map(Reply.Place::page)
                .filter(address -> !address.isEmpty())
                .map(address -> new Action.Link(
                        texts.of("action.page"), address, refused.repeat().isEmpty()))
                .orElse(null);
        boolean repeatable = refused.repeat().isPresent();
        return new RefusalText(
                texts,
                texts.of(repeatable ? "error.busy.form" : refusal.textKey()),
                refusal.code(),
                page,
                repeatable ? texts.of("action.again") : "",
                first);
    }
}
