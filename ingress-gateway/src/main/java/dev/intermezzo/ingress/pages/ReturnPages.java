package dev.intermezzo.ingress.pages;

import dev.intermezzo.schemas.avro.PaymentView;
import java.util.List;

/** What a buyer sees who comes back from a provider and cannot be shown one payment. */
public final class ReturnPages {

    /** The address that the browser is at: a page must not repeat what stood in it. */
    private static final String HERE = "";

    private final Renderer renderer;

    public ReturnPages(Renderer renderer) {
        this.renderer = renderer;
    }

    /** Says nothing about any payment: the reader may be anybody. */
    public String neutral(Texts texts) {
        return renderer.notice(
                renderer.frame(texts, texts.of("title.return"), false, Languages.linked(HERE)),
                new Notice(false, List.of(texts.of("return.neutral")), null, List.of(), ""));
    }

    /** The open payments of this browser to choose from. */
    public String several(Texts texts, List<OpenPayment> payments, boolean test) {
        return renderer.several(
                renderer.frame(texts, texts.of("title.several"), test, Languages.linked(HERE)), payments);
    }

    /** One row of {@link #several}. */
    public static OpenPayment row(Texts texts, PageAddresses addresses, PaymentView view) {
        return new OpenPayment(
                addresses.page(), view.getShopName(), view.getInvoiceId(), OrderTexts.amount(texts, view.getAmount()));
    }

    /** Whether the page of a payment says TEST. */
    public static boolean test(PaymentView view) {
        return OrderTexts.test(view);
    }
}
