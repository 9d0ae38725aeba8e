package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.Attempt;
import dev.intermezzo.orchestrator.payment.BuyerView;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.orchestrator.payment.Order;
import dev.intermezzo.orchestrator.payment.Page;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundState;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import dev.intermezzo.schemas.avro.ViewedMoney;
import dev.intermezzo.schemas.avro.ViewedRefund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Writes what a buyer's page, and the merchant's own system, may know. */
public final class ViewCodec {

    /** XXX is no currency (ISO 4217). */
    private static final dev.intermezzo.schemas.avro.Money NO_AMOUNT =
            new dev.intermezzo.schemas.avro.Money(WireMoney.amount(BigDecimal.ZERO), "XXX");

    private ViewCodec() {}

    /**
     * The view of a payment.
     *
     * @param answers id of the event that this view answers
     * @param answerCode verdict code when that event was noted or refused, else empty
     * @return empty for money without a payment: no buyer has a page of it
     */
    public static Optional<PaymentView> view(PaymentState state, String answers, String answerCode) {
        return switch (state) {
            case Live live -> Optional.of(view(live, answers, answerCode));
            case Retired stub -> Optional.of(view(stub, answers, answerCode));
            case FreePayOut payOut -> Optional.of(view(payOut, answers, answerCode));
            case Orphan orphan -> Optional.empty();
        };
    }

    private static PaymentView view(Live state, String answers, String answerCode) {
        Dossier dossier = state.dossier();
        Order order = dossier.order();
        BuyerView shown = BuyerView.of(state);
        return new PaymentView(
                state.paymentId(),
                state.merchantId(),
                ToWire.environment(state.environment()),
                ToWire.time(state.time()),
                state.sequence(),
                answers,
                answerCode,
                viewState(state.kind()),
                order.invoiceId(),
                ToWire.money(order.amount()),
                order.shopName(),
                order.languageCode(),
                order.successUrl(),
                order.failureUrl(),
                order.integrationId(),
                dossier.plan().testShop(),
                ToWire.each(shown.attempts(), ViewCodec::attempt),
                shown.methods(),
                shown.missingFields(),
                shown.mayAskAgain(),
                shown.olderMayStillBePaid(),
                shown.closedForBuyer(),
                ToWire.time(order.timeEnds()),
                money(dossier));
    }

    private static @Nullable ViewedMoney money(Dossier dossier) {
        Optional<PlannedRoute> back = dossier.attempts().reversed().stream()
                .filter(attempt -> attempt.status() == dev.intermezzo.orchestrator.payment.AttemptStatus.APPROVED)
                .map(Attempt::route)
                .findFirst();
        if (back.isEmpty() && dossier.refunds().isEmpty()) {
            return null;
        }
        return new ViewedMoney(
                ToWire.money(dossier.approvedSum()),
                ToWire.money(dossier.refundedSum()),
                back.map(PlannedRoute::provider).orElse(""),
                back.map(PlannedRoute::account).orElse(""),
                ToWire.each(back.map(PlannedRoute::settings).orElse(List.of()), ToWire::setting),
                ToWire.each(dossier.refunds(), ViewCodec::refund));
    }

    private static ViewedRefund refund(Refund refund) {
        Destination destination = refund.destination();
        return new ViewedRefund(
                refund.id(),
                ToWire.money(refund.amount()),
                refund.provider(),
                RefundState.valueOf(refund.status().name()),
                refund.lastCode(),
                destination == null ? "" : destination.name());
    }

    private static ViewedAttempt attempt(BuyerView.AttemptView view) {
        Attempt attempt = view.attempt();
        Page page = attempt.page();
        return new ViewedAttempt(
                attempt.number(),
                attempt.route().provider(),
                AttemptStatus.valueOf(attempt.status().name()),
                view.usablePage() ? redirect(page) : null,
                attempt.route().singleUsePage(),
                page == null ? null : page.usableUntil());
    }

    private static dev.intermezzo.schemas.avro.@Nullable SealedUrl redirect(@Nullable Page page) {
        return page == null ? null : ToWire.url(page.redirect());
    }

    /** A stub keeps its outcome and amount; its addresses are gone with the rest of the order. */
    private static PaymentView view(Retired stub, String answers, String answerCode) {
        // What an expired stub was about is not known any more: a person has to look.
        ViewState shown = viewState(stub.expired() ? StateKind.UNDER_REVIEW : stub.outcome());
        return withoutBuyer(Subject.of(stub), answers, answerCode, shown, ToWire.money(stub.amount()), null);
    }

    /**
     * The word that there is no such pay-out: a view of sequence 0, which every later one replaces, without money.
     *
     * @param answers id of the event that asked
     * @return empty for an id that is none of a pay-out without a payment
     */
    public static Optional<PaymentView> noPayOut(String id, Environment environment, Instant now, String answers) {
        return Ids.merchantOfFreePayOut(id)
                .map(merchant -> withoutBuyer(
                        new Subject(id, merchant, environment, ToWire.time(now), 0),
                        answers,
                        "",
                        ViewState.OTHER,
                        NO_AMOUNT,
                        null));
    }

    /** For the merchant alone: nobody has a page of it. */
    private static PaymentView view(FreePayOut state, String answers, String answerCode) {
        Refund payOut = state.payOut();
        Money nothing = Money.zero(payOut.amount().getCurrencyUnit());
        ViewedMoney money = new ViewedMoney(
                ToWire.money(nothing),
                ToWire.money(nothing),
                payOut.provider(),
                payOut.account(),
                List.of(),
                List.of(refund(payOut)));
        return withoutBuyer(
                Subject.of(state), answers, answerCode, viewState(state.kind()), ToWire.money(payOut.amount()), money);
    }

    /** What a view is of, and as of when. */
    private record Subject(String id, String merchantId, Environment environment, Instant time, long sequence) {
        static Subject of(PaymentState state) {
            return new Subject(
                    state.paymentId(),
                    state.merchantId(),
                    ToWire.environment(state.environment()),
                    ToWire.time(state.time()),
                    state.sequence());
        }
    }

    private static PaymentView withoutBuyer(
            Subject subject,
            String answers,
            String answerCode,
            ViewState shown,
            dev.intermezzo.schemas.avro.Money amount,
            @Nullable ViewedMoney money) {
        return new PaymentView(
                subject.id(),
                subject.merchantId(),
                subject.environment(),
                subject.time(),
                subject.sequence(),
                answers,
                answerCode,
                shown,
                "",
                amount,
                "",
                "",
                "",
                "",
                "",
                false,
                List.of(),
                List.of(),
                List.of(),
                false,
                false,
                true,
                subject.time(),
                money);
    }

    private static ViewState viewState(StateKind kind) {
        return switch (kind) {
            case AWAITING_BUYER -> ViewState.AWAITING_BUYER;
            case IN_PROGRESS -> ViewState.IN_PROGRESS;
            case APPROVED -> ViewState.APPROVED;
            case NOT_PAID -> ViewState.NOT_PAID;
            case VERIFYING -> ViewState.VERIFYING;
            case UNDER_REVIEW -> ViewState.UNDER_REVIEW;
            case RETIRED, ORPHAN, PAY_OUT -> ViewState.OTHER;
        };
    }
}
