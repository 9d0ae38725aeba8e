package dev.intermezzo.ingress.pages;

import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     * @param place where it happened, if that is known
     */
    public String page(Texts texts, Refusal refusal, Optional<Reply.Place> place) {
        List<RefusalText> all = new ArrayList<>();
        for (Texts each : Texts.all()) {
            if (!each.language().equals(texts.language())) {
                all.add(text(each, refusal, place, false));
            }
        }
        // The last one gives way to any other that is chosen: a style can only look forward.
        all.add(text(texts, refusal, place, true));
        return renderer.refusal(
                renderer.frame(
                        texts,
                        texts.of("error.title"),
                        place.map(Reply.Place::test).orElse(false),
                        Languages.withinPage()),
                all);
    }

    private static RefusalText text(Texts texts, Refusal refusal, Optional<Reply.Place> place, boolean first) {
        Action.Link page = place.map(Reply.Place::page)
                .filter(address -> !address.isEmpty())
                .map(address -> new Action.Link(texts.of("action.page"), address, true))
                .orElse(null);
        return new RefusalText(texts, texts.of(refusal.textKey()), refusal.code(), page, first);
    }
}
