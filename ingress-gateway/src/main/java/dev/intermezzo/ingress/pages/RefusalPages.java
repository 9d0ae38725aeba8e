package dev.intermezzo.ingress.pages;

import dev.intermezzo.ingress.http.Refusal;
import java.util.List;

/** A refusal as a person reads it: a sentence and a stable code, nothing of the request. */
public final class RefusalPages {

    private final Renderer renderer;

    public RefusalPages(Renderer renderer) {
        this.renderer = renderer;
    }

    public String page(Texts texts, Refusal refusal) {
        return renderer.notice(
                renderer.frame(texts, texts.of("error.title"), false),
                new Notice(false, List.of(texts.of(refusal.textKey())), null, List.of(), refusal.code()));
    }
}
