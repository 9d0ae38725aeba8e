package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.ArmedTimer;
import dev.intermezzo.orchestrator.payment.Attempt;
import dev.intermezzo.orchestrator.payment.Calls;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.Message;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.Order;
import dev.intermezzo.orchestrator.payment.Page;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.RouteChoice;
import dev.intermezzo.orchestrator.payment.Transaction;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.StoredAttempt;
import dev.intermezzo.schemas.avro.StoredCalls;
import dev.intermezzo.schemas.avro.StoredCase;
import dev.intermezzo.schemas.avro.StoredCaseKind;
import dev.intermezzo.schemas.avro.StoredMessage;
import dev.intermezzo.schemas.avro.StoredOrder;
import dev.intermezzo.schemas.avro.StoredPage;
import dev.intermezzo.schemas.avro.StoredPassedOver;
import dev.intermezzo.schemas.avro.StoredRefund;
import dev.intermezzo.schemas.avro.StoredRefundStatus;
import dev.intermezzo.schemas.avro.StoredRouteChoice;
import dev.intermezzo.schemas.avro.StoredTimer;
import dev.intermezzo.schemas.avro.StoredTransaction;
import dev.intermezzo.schemas.avro.TimerKind;
import dev.intermezzo.schemas.avro.TransactionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The parts of a dossier on their way to the store. */
final class ToStore {

    private ToStore() {}

    static StoredOrder order(Order order) {
        return new StoredOrder(
                order.orderUuid(),
                order.invoiceId(),
                ToWire.money(order.amount()),
                order.integrationId(),
                order.mozelloKeyId(),
                order.languageCode(),
                order.shopName(),
                order.successUrl(),
                order.failureUrl(),
                order.notifyUrl(),
                ToWire.bytes(order.contentDigest()),
                ToWire.each(order.holds(), ToWire::hold),
                ToWire.time(order.openedAt()),
                ToWire.time(order.timeEnds()));
    }

    static StoredAttempt attempt(Attempt attempt) {
        return new StoredAttempt(
                attempt.number(),
                ToWire.route(attempt.route()),
                ToWire.money(attempt.amount()),
                attempt.settingsRevision(),
                attempt.catalogueVersion(),
                ToWire.time(attempt.openedAt()),
                AttemptStatus.valueOf(attempt.status().name()),
                calls(attempt.calls()),
                ToWire.each(attempt.transactions(), ToStore::transaction),
                page(attempt.page()),
                attempt.lastCode(),
                ToWire.sealedOrNull(attempt.voucher()));
    }

    static StoredRefund refund(Refund refund) {
        return new StoredRefund(
                refund.id(),
                refund.number(),
                ToWire.money(refund.amount()),
                refund.provider(),
                refund.account(),
                ToWire.each(refund.settings(), ToWire::setting),
                StoredRefundStatus.valueOf(refund.status().name()),
                calls(refund.calls()),
                refund.transactionIds(),
                refund.lastCode(),
                refund.claimed(),
                ToWire.destinationOrNull(refund.destination()));
    }

    static StoredCase paymentCase(Case value) {
        return new StoredCase(
                value.id(),
                StoredCaseKind.valueOf(value.kind().name()),
                value.reason(),
                value.detail(),
                value.attempt(),
                value.transactionId(),
                ToWire.moneyOrNull(value.received()),
                ToWire.time(value.openedAt()),
                timeOrNull(value.resolvedAt()),
                value.resolution());
    }

    static StoredMessage message(Message message) {
        NotificationEnd end = message.end();
        return new StoredMessage(
                message.requestId(),
                NotifyStatus.valueOf(message.status().name()),
                message.checkPending(),
                end == null ? null : dev.intermezzo.schemas.avro.NotificationEnd.valueOf(end.name()),
                message.shopStatus());
    }

    static StoredTimer timer(ArmedTimer timer) {
        return new StoredTimer(
                TimerKind.valueOf(timer.kind().name()), timer.attempt(), timer.armedAt(), ToWire.time(timer.due()));
    }

    static @Nullable StoredRouteChoice choice(@Nullable RouteChoice choice) {
        return choice == null
                ? null
                : new StoredRouteChoice(
                        choice.route(),
                        choice.because(),
                        choice.after(),
                        ToWire.each(
                                choice.passedOver(),
                                each -> new StoredPassedOver(each.route(), each.reason(), each.details())));
    }

    private static StoredCalls calls(Calls calls) {
        return new StoredCalls(calls.commandIds(), calls.made(), calls.retries(), calls.lost(), calls.onHold());
    }

    private static StoredTransaction transaction(Transaction transaction) {
        return new StoredTransaction(
                transaction.ids(),
                TransactionStatus.valueOf(transaction.status().name()),
                ToWire.moneyOrNull(transaction.approved()));
    }

    private static @Nullable StoredPage page(@Nullable Page page) {
        return page == null
                ? null
                : new StoredPage(ToWire.url(page.redirect()), timeOrNull(page.usableUntil()), page.taken());
    }

    private static @Nullable Instant timeOrNull(@Nullable Instant time) {
        return time == null ? null : ToWire.time(time);
    }
}
