package dev.intermezzo.ingress.pages;

import dev.intermezzo.ingress.http.Repeat;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the templates, which the build has turned into classes; every value in them is escaped for where it stands. */
public final class Renderer {

    private static final int USUAL_LENGTH = 4_096;

    /** JTE's templates take null for "no interceptor"; its interface is not annotated. */
    @SuppressWarnings("NullAway")
    private static final HtmlInterceptor NO_INTERCEPTOR = null;

    private final Assets assets;

    public Renderer(Assets assets) {
        this.assets = assets;
    }

    Frame frame(Texts texts, String title, boolean test, Languages languages) {
        return new Frame(texts, assets, title, test, languages, null, null, false);
    }

    String notice(Frame frame, Notice notice) {
        return rendered(output -> JtenoticeGenerated.render(output, NO_INTERCEPTOR, frame, notice));
    }

    String details(Frame frame, DetailsForm form) {
        return rendered(output -> JtedetailsGenerated.render(output, NO_INTERCEPTOR, frame, form));
    }

    /** @param repeat the form that the page offers to send again */
    @SuppressWarnings("NullAway") // JTE's parameters take null and are not annotated
    String refusal(Frame frame, List<RefusalText> texts, @Nullable Repeat repeat) {
        return rendered(output -> JterefusalGenerated.render(output, NO_INTERCEPTOR, frame, texts, repeat));
    }

    String several(Frame frame, List<OpenPayment> payments) {
        return rendered(output -> JteseveralGenerated.render(output, NO_INTERCEPTOR, frame, payments));
    }

    private static String rendered(Consumer<HtmlTemplateOutput> template) {
        StringOutput text = new StringOutput(USUAL_LENGTH);
        template.accept(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }
}
