package dev.intermezzo.orchestrator.payment;

import java.util.Locale;

/**
 * Why an event did what it did: the stable codes of the ledger, each with a sentence for people. A constant's code is its
 * name in lower case with hyphens; codes are public, so a constant is never renamed.
 */
public enum Reason {

    // Checkouts

    ATTEMPT_OPENED(Attention.NONE, "An attempt was opened and the Cashier is being called."),
    METHOD_AWAITED(Attention.NONE, "The buyer is asked to choose a way to pay."),
    DETAILS_AWAITED(Attention.NONE, "The buyer is asked for details that the provider needs."),
    CONFIRMATION_AWAITED(
            Attention.NONE, "An older attempt may still be paid; the buyer is asked to confirm before another begins."),
    NO_ELIGIBLE_ROUTE(Attention.ALERT, "No route of the merchant can take this payment."),
    HELD(
            Attention.ALERT,
            "The form is held for a person: its layout or an address in it is not on the merchant's list."),
    CHECKOUT_REPEATED(Attention.NONE, "The same form came again; it is the same payment."),
    CHECKOUT_OVERTAKEN(
            Attention.NONE, "The form was on its way while the payment went on; it is not a wish for another attempt."),
    CHECKOUT_CONTENT_DIFFERS(Attention.ALERT, "The same order came with another amount, currency or invoice."),
    PAGE_WITHDRAWN(
            Attention.NONE,
            "The form came again while a single-use page was open; the page is not shown a second time."),
    SHOP_ASKED(Attention.NONE, "The shop is asked whether its order matches the form."),
    SHOP_ASKED_LATER(Attention.NONE, "The shop could not be asked and will be asked again."),
    SHOP_NOT_ASKED(Attention.NONE, "An answer of the shop came that nothing waits for."),
    SHOP_IS_BEING_ASKED(Attention.NONE, "The shop is being asked first."),
    SHOP_ORDER_DIFFERS(Attention.ALERT, "The shop's order is not the one that the form names."),
    SHOP_UNREACHABLE(Attention.ALERT, "The shop could not be asked in time."),
    SHOP_PASSED_OVER(
            Attention.ALERT, "The shop could not be asked, and its merchant wants the order paid all the same."),

    // Buyers

    DETAILS_NOT_AWAITED(Attention.NONE, "Details were sent that this payment does not wait for."),
    FORM_OUTDATED(
            Attention.NONE, "The attempt that the form was shown to begin has begun since; the form begins no other."),
    METHOD_NOT_AVAILABLE(Attention.NONE, "The chosen way to pay is not available for this payment."),
    VOUCHER_TRIES_EXHAUSTED(Attention.NONE, "As many vouchers were tried for this payment as may be."),
    CONFIRMATION_NEEDED(Attention.NONE, "An older attempt may still be paid and the buyer has not confirmed."),
    ATTEMPT_STILL_OPENING(Attention.NONE, "The Cashier has not answered yet."),
    ATTEMPTS_EXHAUSTED(Attention.ALERT, "The payment has had as many attempts as it may have."),
    ORDER_CLOSED(Attention.NONE, "The order is closed here; only a new checkout from the shop leads on."),
    ALREADY_APPROVED(Attention.NONE, "The payment is approved."),
    BEING_REVIEWED(Attention.NONE, "A person is looking at the payment."),
    GIVEN_UP(Attention.NONE, "The buyer went back to the shop."),
    GIVEN_UP_BEFORE(Attention.NONE, "The buyer had gone back to the shop before."),

    // Answers of the Cashier

    PAGE_OPENED(Attention.NONE, "The provider's page was handed out."),
    ACCEPTED_PENDING(Attention.NONE, "The Cashier accepted the call; the outcome comes later."),
    CALL_INVALID(Attention.ALERT, "The Cashier found the call invalid."),
    VOUCHER_REJECTED(Attention.NONE, "The voucher was rejected."),
    CONFIGURATION_MISSING(Attention.ALERT, "A rule or a provider's configuration is missing at Mozarto."),
    PROVIDER_CREDENTIALS_INVALID(Attention.ALERT, "The provider refused Mozarto's credentials."),
    ACCOUNT_ON_HOLD(
            Attention.ALERT, "Mozarto refused the account's credentials; the call waits for the account's release."),
    ACCOUNT_NOT_RELEASED(
            Attention.ALERT, "The account was not released in time, or nobody waits for the call any more."),
    RATE_LIMITED(Attention.NONE, "The provider limits its rate."),
    ANSWER_LOST(Attention.ALERT, "The call was sent and no certain answer came; the transaction may exist."),
    ANSWER_STATUS_UNKNOWN(Attention.ALERT, "The answer's status is not a known word."),
    ANSWER_LATE(Attention.NONE, "An answer came that nothing waits for any more; what it names is kept."),
    CALL_NOT_SENT(Attention.NONE, "The Cashier could not be reached; nothing was sent."),
    CALL_EXPIRED(Attention.NONE, "The call's time had passed before its turn came; nothing was sent."),
    CALL_NOT_EXECUTED(Attention.ALERT, "The executor refused to make the call."),
    CALL_UNANSWERED(Attention.ALERT, "The call's report did not come in time."),
    CALL_REPEATED(Attention.NONE, "The call is made again."),
    COMMAND_UNKNOWN(Attention.ALERT, "A report names a command that this payment did not issue."),
    MOVES_MONEY_UNDECIDED(Attention.ALERT, "A call that moves money has no certain outcome."),
    EXECUTION_STARTED(Attention.NONE, "The call was claimed and may have been made from now on."),
    EXECUTION_STARTED_AGAIN(Attention.ALERT, "One call was claimed twice."),
    NOTHING_ON_HOLD(Attention.NONE, "No call of this payment waits for that account."),

    // Money

    APPROVED(Attention.NONE, "Matching money is confirmed."),
    APPROVED_BEFORE(Attention.NONE, "This transaction was approved before."),
    APPROVED_AFTER_RETIREMENT(Attention.ALERT, "Money was approved for a payment that is a stub."),
    DECLINED(Attention.NONE, "The attempt was declined."),
    DECLINED_BEFORE(Attention.NONE, "This transaction was declined before."),
    TRANSACTION_DECLINED(Attention.NONE, "A transaction was declined that does not decide its attempt."),
    TRANSACTION_PENDING(Attention.NONE, "The transaction is pending."),
    TRANSACTIONS_EXHAUSTED(Attention.ALERT, "The attempt has as many transactions as it may have."),
    SURPLUS(Attention.ALERT, "Money was approved for a payment that was approved already."),
    MAY_BE_COUNTED(
            Attention.ALERT,
            "Money was approved that may be the money which an answer without a name approved before."),
    SANDBOX_MONEY_FOR_LIVE_SHOP(
            Attention.ALERT, "Sandbox money was approved for a shop that is not a test shop; the shop is not told."),
    DECLINED_AFTER_APPROVAL(Attention.ALERT, "An approved transaction was declined later."),
    STATUS_UNKNOWN_AFTER_APPROVAL(
            Attention.ALERT, "An approved transaction was reported later with a status that is not known."),
    MONEY_MATCHES(Attention.NONE, "Amount and currency are those asked for."),
    MONEY_AMOUNT_ABSENT(Attention.ALERT, "An approval names no amount."),
    MONEY_CURRENCY_ABSENT(Attention.ALERT, "An approval names no currency and its provider has more than one."),
    MONEY_OTHER_CURRENCY(Attention.ALERT, "An approval names another currency than was asked for."),
    MONEY_LESS(Attention.ALERT, "An approval names less money than was asked for."),
    MONEY_MORE(Attention.ALERT, "An approval names more money than was asked for."),

    // Webhooks

    WEBHOOK_WITHOUT_TRANSACTION(Attention.ALERT, "The webhook names no transaction."),
    WEBHOOK_OLD_SHAPE(Attention.ALERT, "The webhook has the shape of 2025, which is recorded and never approves."),
    WEBHOOK_UNREADABLE(Attention.ALERT, "The webhook could not be read."),
    WEBHOOK_SHAPE_UNKNOWN(Attention.ALERT, "The webhook has a shape that is not known."),
    WEBHOOK_STATUS_UNKNOWN(Attention.ALERT, "The webhook's status is not a known word; it changes nothing."),
    WEBHOOK_OF_OTHER_ACCOUNT(Attention.ALERT, "The webhook came through another account's address."),
    WEBHOOK_OF_OTHER_PROVIDER(Attention.ALERT, "The webhook names another provider than the attempt's."),
    ATTEMPT_UNKNOWN(Attention.ALERT, "The webhook names an attempt that this payment does not have."),

    // Orphans

    ORPHANED(Attention.ALERT, "Approved money belongs to no known payment."),
    ORPHAN_ATTACHED(Attention.NONE, "Two persons attached orphaned money to this payment."),
    ORPHAN_ATTACHED_BEFORE(Attention.NONE, "The transaction belongs to this payment already."),
    ORPHAN_MONEY_DIFFERS(Attention.NONE, "The orphan's money is not the money of this order."),
    ORPHAN_NOT_ATTACHABLE(Attention.NONE, "The orphan is not approved money of an account that this payment used."),
    NOT_A_PAYMENT(Attention.NONE, "This is money without a payment; nothing of the kind can be done with it."),

    // The shop's messages

    MESSAGE_DELIVERED(Attention.NONE, "The shop was told."),
    MESSAGE_PARKED(Attention.ALERT, "The shop could not be told; the message is parked."),
    MESSAGE_SUPERSEDED(Attention.NONE, "A later message took this one's place."),
    MESSAGE_ENDED_OTHERWISE(Attention.ALERT, "The message ended in a way that this build does not know."),
    MESSAGE_ENDED_BEFORE(Attention.NONE, "The message had been delivered before."),
    MESSAGE_REDRIVEN(Attention.NONE, "Somebody says that the shop works again; the parked message is sent again."),
    NOTHING_PARKED(Attention.NONE, "No message to this shop is parked."),
    MESSAGE_UNKNOWN(Attention.ALERT, "A report names a message that this payment did not send."),
    SHOP_DISAGREES(Attention.ALERT, "The shop's order has a status of its own."),
    APPROVED_NOT_TOLD(
            Attention.ALERT, "Money came after failed, and the shop's status is not ours: the shop is not told."),

    // The shop's own word

    SHOP_CONFIRMS(Attention.NONE, "The shop says that its order is paid, as it was told."),
    SHOP_SAYS_FAILED(Attention.NONE, "The shop says that its order has failed."),
    SHOP_ORDER_PENDING(Attention.NONE, "The shop says that its order is to be paid."),
    SHOP_STATUS_UNKNOWN(Attention.ALERT, "The shop says something about its order's payment that is not known."),
    SHOP_TOTAL_DIFFERS(Attention.ALERT, "The shop's order has another total than was paid."),
    ORDER_PAID_OTHERWISE(
            Attention.ALERT, "The shop says that its order was paid, and not here; it is told nothing more."),
    ORDER_PAID_TWICE(Attention.ALERT, "Money came for an order that was paid otherwise; the shop is told nothing."),
    NOTHING_CAME(Attention.NONE, "Nothing was paid here for an order that was paid otherwise."),

    // Time

    ORDER_TIME_OVER(Attention.NONE, "The order's time is over."),
    LATE_WINDOW_OVER(Attention.NONE, "The provider's late window is over."),
    RETIREMENT_POSTPONED(Attention.NONE, "The payment is not quiet yet."),
    RETIRED(Attention.NONE, "The payment became a stub."),
    PAYMENT_RETIRED(Attention.NONE, "The payment is a stub; it is not opened again."),
    STUB_EXPIRED(Attention.NONE, "The stub's time is over; only its place in the ledger is kept."),
    CHECKOUT_AFTER_EXPIRY(
            Attention.ALERT, "A checkout came for a payment older than what is remembered; it is held, not opened."),
    TIMER_NOT_ARMED(Attention.NONE, "The timer does not count any more."),
    TIMER_WITHOUT_EFFECT(Attention.NONE, "The timer found nothing to do."),

    // Persons

    SECOND_PERSON_NEEDED(Attention.NONE, "An act that concerns money needs a second, different person."),
    NOT_UNDER_REVIEW(Attention.NONE, "The payment is not under review."),
    REVIEW_ACCEPTED(Attention.NONE, "Two persons accepted the money, or lifted a hold."),
    REVIEW_REFUND(Attention.NONE, "Two persons decided to give the money back."),
    REVIEW_REJECTED(Attention.NONE, "Two persons decided that the order is not paid."),
    CASE_NEEDS_NO_DECISION(
            Attention.NONE, "The case does not keep its payment under review; it is closed by agreement."),
    REVIEW_NEEDS_DECISION(Attention.NONE, "A payment leaves its review by a decision, not by closing the case."),
    NOTHING_TO_REFUND(Attention.NONE, "No money came that could be given back."),
    CASE_RESOLVED(Attention.NONE, "Two persons closed the case."),
    CASE_RESOLVED_BEFORE(Attention.NONE, "The case was closed before."),
    CASE_UNKNOWN(Attention.NONE, "There is no such case."),

    // Refunds

    REFUND_REQUESTED(Attention.NONE, "A refund is on its way."),
    REFUND_RECORDED(Attention.NONE, "A refund made at the provider was recorded."),
    REFUND_PENDING(Attention.NONE, "The refund was accepted and is not paid yet."),
    REFUND_PAID(Attention.NONE, "The refund was paid."),
    REFUND_REFUSED(Attention.ALERT, "The refund was refused."),
    REFUND_PAID_AFTER_REFUSAL(Attention.ALERT, "A refund that was refused is reported as paid."),
    REFUND_UNKNOWN(Attention.ALERT, "The refund's outcome is not known; it counts as spent."),
    REFUND_REPEATED(Attention.NONE, "A refund of this id exists."),
    REFUND_BLOCKED_BY_REVERSAL(Attention.NONE, "A reversal is open; refunds wait for it."),
    REFUND_IN_FLIGHT(Attention.NONE, "Another refund of this payment is not finished."),
    REFUNDS_EXHAUSTED(Attention.NONE, "The payment has had as many refunds as it may have."),
    REFUND_AMOUNT_INVALID(Attention.NONE, "The amount is not above zero, or in another currency than the order."),
    REFUND_EXCEEDS_APPROVED(Attention.NONE, "Refunds would pass what was approved."),

    // Pay-outs that belong to no payment

    PAY_OUT_REQUESTED(
            Attention.NONE, "A pay-out is on its way; what becomes of it is told with the words of a refund."),
    PAY_OUT_REPEATED(Attention.NONE, "A pay-out of this id exists."),
    PAY_OUT_INVALID(Attention.ALERT, "The amount is not above zero, or the id is not one of the merchant's pay-outs."),
    NOT_A_PAY_OUT(Attention.NONE, "This is a payment; a pay-out that belongs to none has an id of its own."),

    // Every event

    EVENT_REPEATED(Attention.NONE, "The event was taken before."),
    PAYMENT_UNKNOWN(Attention.ALERT, "No payment of this id is known."),
    OTHER_ENVIRONMENT(Attention.ALERT, "The event comes from another environment than the payment."),
    OTHER_MERCHANT(Attention.ALERT, "The event comes from another merchant than the payment.");

    private enum Attention {
        NONE,
        ALERT
    }

    private final Attention attention;
    private final String sentence;
    private final String code;

    Reason(Attention attention, String sentence) {
        this.attention = attention;
        this.sentence = sentence;
        this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stable code, such as {@code checkout-repeated}. */
    public String code() {
        return code;
    }

    /** One sentence for people. */
    public String sentence() {
        return sentence;
    }

    /** Someone should look, now rather than later. */
    public boolean alert() {
        return attention == Attention.ALERT;
    }
}
