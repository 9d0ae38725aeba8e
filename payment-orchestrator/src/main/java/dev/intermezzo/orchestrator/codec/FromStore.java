package dev.intermezzo.orchestrator.codec;

import dev.intermezzo.orchestrator.payment.ArmedTimer;
import dev.intermezzo.orchestrator.payment.Attempt;
import dev.intermezzo.orchestrator.payment.AttemptStatus;
import dev.intermezzo.orchestrator.payment.Calls;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.CaseKind;
import dev.intermezzo.orchestrator.payment.Message;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.NotifyStatus;
import dev.intermezzo.orchestrator.payment.Order;
import dev.intermezzo.orchestrator.payment.Page;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.RefundStatus;
import dev.intermezzo.orchestrator.payment.RouteChoice;
import dev.intermezzo.orchestrator.payment.RouteChoice.PassedOver;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.Transaction;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.schemas.avro.StoredAttempt;
import dev.intermezzo.schemas.avro.StoredCalls;
import dev.intermezzo.schemas.avro.StoredCase;
import dev.intermezzo.schemas.avro.StoredMessage;
import dev.intermezzo.schemas.avro.StoredOrder;
import dev.intermezzo.schemas.avro.StoredPage;
import dev.intermezzo.schemas.avro.StoredRefund;
import dev.intermezzo.schemas.avro.StoredRouteChoice;
import dev.intermezzo.schemas.avro.StoredTimer;
import dev.intermezzo.schemas.avro.StoredTransaction;
import org.jspecify.annotations.Nullable;

/** The parts of a dossier on their way from the store. */
final class FromStore {

    private FromStore() {}

    static Order order(StoredOrder stored) {
        return new Order(
                stored.getOrderUuid(),
                stored.getInvoiceId(),
                FromWire.money(stored.getAmount()),
                stored.getIntegrationId(),
                stored.getMozelloKeyId(),
                stored.getLanguageCode(),
                stored.getShopName(),
                stored.getSuccessUrl(),
                stored.getFailureUrl(),
                stored.getNotifyUrl(),
                FromWire.bytes(stored.getContentDigest()),
                FromWire.each(stored.getHolds(), FromWire::hold),
                stored.getOpenedAt(),
                stored.getTimeEnds());
    }

    static Attempt attempt(StoredAttempt stored) {
        return new Attempt(
                stored.getNumber(),
                FromWire.route(stored.getRoute()),
                FromWire.money(stored.getAmount()),
                stored.getSettingsRevision(),
                stored.getCatalogueVersion(),
                stored.getOpenedAt(),
                AttemptStatus.valueOf(stored.getStatus().name()),
                calls(stored.getCalls()),
                FromWire.each(stored.getTransactions(), FromStore::transaction),
                page(stored.getPage()),
                stored.getLastCode(),
                FromWire.sealedOrNull(stored.getVoucher()));
    }

    static Refund refund(StoredRefund stored) {
        return new Refund(
                stored.getId(),
                stored.getNumber(),
                FromWire.money(stored.getAmount()),
                stored.getProvider(),
                stored.getAccount(),
                FromWire.each(stored.getSettings(), FromWire::setting),
                RefundStatus.valueOf(stored.getStatus().name()),
                calls(stored.getCalls()),
                stored.getTransactionIds(),
                stored.getLastCode(),
                stored.getClaimed(),
                FromWire.destinationOrNull(stored.getDestination()));
    }

    static Case paymentCase(StoredCase stored) {
        return new Case(
                stored.getId(),
                CaseKind.valueOf(stored.getKind().name()),
                stored.getReason(),
                stored.getDetail(),
                stored.getAttempt(),
                stored.getTransactionId(),
                FromWire.moneyOrNull(stored.getReceived()),
                stored.getOpenedAt(),
                stored.getResolvedAt(),
                stored.getResolution());
    }

    static Message message(StoredMessage stored) {
        dev.intermezzo.schemas.avro.NotificationEnd end = stored.getEnd();
        return new Message(
                stored.getRequestId(),
                NotifyStatus.valueOf(stored.getStatus().name()),
                stored.getCheckPending(),
                end == null ? null : NotificationEnd.valueOf(end.name()),
                stored.getShopStatus());
    }

    static ArmedTimer timer(StoredTimer stored) {
        return new ArmedTimer(
                TimerKind.valueOf(stored.getKind().name()), stored.getAttempt(), stored.getArmedAt(), stored.getDue());
    }

    static @Nullable RouteChoice choice(@Nullable StoredRouteChoice stored) {
        return stored == null
                ? null
                : new RouteChoice(
                        stored.getRoute(),
                        stored.getBecause(),
                        stored.getAfter(),
                        FromWire.each(
                                stored.getPassedOver(),
                                each -> new PassedOver(each.getRoute(), each.getReason(), each.getDetails())));
    }

    private static Calls calls(StoredCalls stored) {
        return new Calls(
                stored.getCommandIds(), stored.getMade(), stored.getRetries(), stored.getLost(), stored.getOnHold());
    }

    private static Transaction transaction(StoredTransaction stored) {
        return new Transaction(
                stored.getIds(),
                TransactionStatus.valueOf(stored.getStatus().name()),
                FromWire.moneyOrNull(stored.getApproved()));
    }

    private static @Nullable Page page(@Nullable StoredPage stored) {
        return stored == null
                ? null
                : new Page(FromWire.url(stored.getRedirect()), stored.getUsableUntil(), stored.getTaken());
    }
}
