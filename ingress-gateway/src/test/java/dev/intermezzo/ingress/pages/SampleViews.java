package dev.intermezzo.ingress.pages;

import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Views of one invented order in every state. */
final class SampleViews {

    static {
        // The first codec tells Avro to trust the generated classes, which their builders ask for too.
        Codec.of(Topics.PAYMENT_VIEWS.value());
    }

    private SampleViews() {}

    static PaymentView in(ViewState state, AttemptStatus... attempts) {
        List<ViewedAttempt> list = new java.util.ArrayList<>();
        for (AttemptStatus status : attempts) {
            list.add(new ViewedAttempt(list.size() + 1, "PAYONE", status, null, false, null));
        }
        return PaymentView.newBuilder()
                .setPaymentId("demo-shop~6f1c2f0e-7a53-4a3e-9a0b-2f6f3c1d9b10")
                .setMerchantId("demo-shop")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setSequence(3)
                .setAnswers("")
                .setAnswerCode("")
                .setState(state)
                .setInvoiceId("M-1234567890-1234567890")
                .setAmount(new Money(new BigDecimal("149.9000"), "CAD"))
                .setShopName("Lake & Pine Goods")
                .setLanguageCode("en")
                .setSuccessUrl("https://shop.example/success")
                .setFailureUrl("https://shop.example/failure")
                .setIntegrationId("demo-shop")
                .setTestShop(true)
                .setAttempts(list)
                .setMethods(List.of("PAYONE"))
                .setMissingFields(List.of())
                .setMayAskAgain(false)
                .setOlderMayStillBePaid(false)
                .setClosedForBuyer(false)
                .setOrderTimeEnds(Instant.parse("2026-11-23T19:45:00Z"))
                .build();
    }

    /** A payment that is to be made with a voucher. */
    static PaymentPage voucher(PaymentView view, String language) {
        return page(view, language, Optional.empty(), false, false, true);
    }

    /** The provider's page was opened in another tab, or its time is over. */
    static PaymentPage withoutProvider(PaymentView view, String language, boolean usedElsewhere) {
        return page(view, language, Optional.empty(), usedElsewhere, !usedElsewhere, false);
    }

    /** The call that was to open the provider's page was answered by nobody. */
    static PaymentPage withoutAnswer(String language) {
        PaymentView view = PaymentView.newBuilder(in(ViewState.IN_PROGRESS, AttemptStatus.UNKNOWN))
                .setMayAskAgain(true)
                .setOlderMayStillBePaid(true)
                .build();
        return page(view, language, Optional.empty(), false, false, false);
    }

    static PaymentPage page(PaymentView view, String language) {
        Optional<String> provider = view.getState() == ViewState.IN_PROGRESS
                ? Optional.of("https://provider.example/pay/1")
                : Optional.empty();
        return page(view, language, provider, false, false, false);
    }

    private static PaymentPage page(
            PaymentView view,
            String language,
            Optional<String> provider,
            boolean usedElsewhere,
            boolean pageOver,
            boolean voucherTried) {
        return new PaymentPage(
                view,
                Texts.in(language),
                PageAddresses.of("token"),
                provider,
                usedElsewhere,
                pageOver,
                Optional.of(view.getSuccessUrl()),
                Optional.of(view.getFailureUrl()),
                Optional.of("help@shop.example"),
                false,
                false,
                voucherTried);
    }
}
