package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Something the outside world is asked to do. */
public sealed interface Command {

    /** What every command carries. */
    Head head();

    /** {@code <payment>#<sequence>.<n>} */
    default String id() {
        return head().id();
    }

    /**
     * What every command carries.
     *
     * @param id {@code <payment>#<sequence>.<n>}
     * @param occurredAt payment time of the decision
     */
    record Head(String id, String paymentId, String merchantId, Environment environment, Instant occurredAt) {}

    /**
     * Begin an attempt at a provider. With {@link OperationKind#MOVES_MONEY} (a voucher that the call itself redeems) it
     * is executed at most once and travels on {@code once-commands}.
     *
     * @param notAfter not begun after this moment
     * @param buyer parts in order; a later part overrides an earlier one. The voucher to redeem, if any, is the last
     */
    record OpenPage(
            Head head,
            int attempt,
            String provider,
            String account,
            OperationKind kind,
            Money amount,
            List<Setting> settings,
            boolean userIdPerAttempt,
            Instant notAfter,
            List<SealedData> buyer,
            @Nullable String brandId)
            implements Command {
        public OpenPage {
            settings = List.copyOf(settings);
            buyer = List.copyOf(buyer);
        }
    }

    /**
     * Move money to somebody, at most once.
     *
     * @param attempt the refund's number (see {@link Refund})
     * @param destination null: to the payment's own buyer
     */
    record PayOut(
            Head head,
            int attempt,
            String provider,
            String account,
            Money amount,
            List<Setting> settings,
            Instant notAfter,
            List<SealedData> buyer,
            String reason,
            @Nullable Destination destination)
            implements Command {
        public PayOut {
            settings = List.copyOf(settings);
            buyer = List.copyOf(buyer);
        }
    }

    /** Compare total, currency and pending state with the shop's own record of the order. */
    record CompareOrder(Head head, String invoiceId, Money amount, Instant notAfter) implements Command {}

    /**
     * Tell the shop how the order ended.
     *
     * @param checkPending the shop changes only an order that is still pending
     * @param mozelloKeyId key that last verified a form of this shop
     */
    record TellShop(
            Head head,
            String integrationId,
            String orderUuid,
            String notifyUrl,
            NotifyStatus status,
            boolean checkPending,
            String mozelloKeyId)
            implements Command {}

    /**
     * Try a parked message again, now.
     *
     * @param requestId id of the {@link TellShop} that was parked; what follows is as it was told there
     */
    record TellShopAgain(
            Head head,
            String requestId,
            String integrationId,
            String orderUuid,
            String notifyUrl,
            NotifyStatus status,
            boolean checkPending,
            String mozelloKeyId)
            implements Command {}

    /** Remember which attempt a Cashier transaction belongs to, so that its webhooks find the payment. */
    record IndexTransaction(Head head, String account, String transactionId, int attempt, String provider)
            implements Command {}

    /**
     * Remember whose an invoice is, so that what its shop tells about the order later finds the payment: the shop knows no
     * {@code order_uuid}.
     */
    record IndexOrder(Head head, String integrationId, String invoiceId) implements Command {}
}
