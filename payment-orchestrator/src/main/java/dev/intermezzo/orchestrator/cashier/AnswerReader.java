package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.CashierAnswer;
import dev.intermezzo.partners.mozarto.CashierReading;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.RedirectPolicy;
import dev.intermezzo.partners.mozarto.RedirectVerdict;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.NotSent;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import dev.intermezzo.schemas.avro.TransactionStatus;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Turns how a call ended into the fact that is reported. What cannot be read is never taken for a refusal. */
final class AnswerReader {
    /** Scale of every amount on the wire; a longer one is left out, because it cannot match anything. */
    private static final int LONGEST_SCALE = 4;

    /** Claimed, and not begun in time. */
    static final String CLAIM_EXPIRED = "claim-expired";

    /** Readable, and no outcome, from a provider that has no other way to tell one. */
    private static final String NOT_FINAL = "answer-not-final";

    private final RedirectSealer redirects;
    private final boolean loopbackPages;

    AnswerReader(RedirectSealer redirects, boolean loopbackPages) {
        this.redirects = redirects;
        this.loopbackPages = loopbackPages;
    }

    SpecificRecordBase read(CashierCommand command, Preparation.Ready prepared, HttpResult result) {
        return switch (result) {
            // Only what moves money has a time to begin within; past it the command may not be tried again as it is.
            case HttpResult.NotSent notSent when notSent.code().equals("too-late") -> new NotExecuted(CLAIM_EXPIRED);
            case HttpResult.NotSent notSent
            when CashierClient.REFUSALS.contains(notSent.code()) -> new NotExecuted(notSent.code());
            case HttpResult.NotSent notSent -> new NotSent(notSent.code());
            case HttpResult.AnswerLost lost -> new AnswerLost(lost.code(), List.of());
            case HttpResult.Answered answered ->
                reported(
                        command,
                        prepared,
                        CashierAnswer.read(
                                prepared.operation(),
                                answered.status(),
                                answered.headers().get("content-type"),
                                answered.body()));
        };
    }

    private SpecificRecordBase reported(CashierCommand command, Preparation.Ready prepared, CashierReading reading) {
        return switch (reading) {
            case CashierReading.PageOpened page -> page(command, prepared, page);
            case CashierReading.Accepted accepted
            when onlyTheAnswerTells(prepared.operation()) ->
                new AnswerLost(NOT_FINAL, ids(accepted.transactionIds(), accepted.sessionId()));
            case CashierReading.Accepted accepted ->
                new AnsweredAtOnce(
                        TransactionStatus.PENDING, ids(accepted.transactionIds(), accepted.sessionId()), null, null);
            case CashierReading.SynchronousOutcome outcome -> atOnce(command, prepared, outcome);
            case CashierReading.Rejected rejected
            when rejected.category().indeterminate() -> new AnswerLost(code(rejected), rejected.transactionIds());
            case CashierReading.Rejected rejected ->
                new Rejected(category(rejected.category()), code(rejected), rejected.transactionIds());
            case CashierReading.Unreadable unreadable -> new AnswerLost("answer-" + unreadable.code(), List.of());
        };
    }

    /**
     * A voucher is redeemed for the whole sum or refused: that is assumed of every provider that takes one, and confirmed by
     * the account, so what an approval leaves unsaid is what was asked for. What it does say is compared.
     */
    private static SpecificRecordBase atOnce(
            CashierCommand command, Preparation.Ready prepared, CashierReading.SynchronousOutcome outcome) {
        boolean whole = prepared.operation().voucherRule().isPresent();
        BigDecimal said = outcome.amount();
        return new AnsweredAtOnce(
                TransactionStatus.valueOf(outcome.status().name()),
                outcome.transactionIds(),
                whole && said == null ? command.getAmount().getAmount() : exact(said),
                whole ? command.getAmount().getCurrency() : null);
    }

    /** No webhook will say what such an answer left open. */
    private static boolean onlyTheAnswerTells(ProviderOperation operation) {
        return operation.synchronous() && !operation.webhook().expected();
    }

    /**
     * A page whose address is not allowed is never shown; the transaction behind it exists all the same, so it counts as
     * an answer that was lost and stays payable.
     */
    private SpecificRecordBase page(
            CashierCommand command, Preparation.Ready prepared, CashierReading.PageOpened page) {
        boolean loopback = loopbackPages && command.getEnvironment() == Environment.SANDBOX;
        RedirectPolicy policy = RedirectPolicy.of(prepared.operation(), prepared.settings(), loopback);
        List<String> ids = ids(page.transactionIds(), page.sessionId());
        return switch (policy.judge(page.redirectUrl())) {
            case RedirectVerdict.Refused refused -> new AnswerLost(refused.code(), ids);
            case RedirectVerdict.Allowed allowed ->
                new PageOpened(redirects.seal(command.getPaymentId(), command.getAttempt(), allowed.uri()), ids);
        };
    }

    /** Without a transaction id the session's may be what a webhook names. */
    private static List<String> ids(List<String> transactionIds, @Nullable String sessionId) {
        return transactionIds.isEmpty() && sessionId != null ? List.of(sessionId) : transactionIds;
    }

    private static String code(CashierReading.Rejected rejected) {
        String named = rejected.code();
        return named == null ? rejected.category().name() : named;
    }

    private static @Nullable BigDecimal exact(@Nullable BigDecimal amount) {
        return amount == null || amount.stripTrailingZeros().scale() > LONGEST_SCALE ? null : amount;
    }

    private static RejectionCategory category(dev.intermezzo.partners.mozarto.RejectionCategory category) {
        return switch (category) {
            case VALIDATION -> RejectionCategory.VALIDATION;
            case VOUCHER_REJECTED -> RejectionCategory.VOUCHER_REJECTED;
            case RULE_OR_CONFIGURATION_MISSING -> RejectionCategory.RULE_OR_CONFIGURATION_MISSING;
            case PSP_CREDENTIALS_INVALID -> RejectionCategory.PSP_CREDENTIALS_INVALID;
            case ACCOUNT_AUTH -> RejectionCategory.ACCOUNT_AUTHENTICATION;
            case RATE_LIMITED -> RejectionCategory.RATE_LIMITED;
            case PSP_TIMEOUT, PSP_UNAVAILABLE, PSP_UNKNOWN_ERROR, SERVER_ERROR -> RejectionCategory.INDETERMINATE;
        };
    }
}
