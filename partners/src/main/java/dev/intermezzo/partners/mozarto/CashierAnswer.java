package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.partners.AsciiCase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Cashier's answers leniently: JSON of any documented shape, {@code data} an object or a text, a redirect
 * under any known name, ids wherever they stand, errors under status 200. It never throws, whatever arrives; what it
 * cannot read is {@link CashierReading.Unreadable}, which means that a transaction may exist.
 */
public final class CashierAnswer {

    /** The most of an answer that is read; a caller stops receiving at one byte more. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    private static final JsonMapper JSON = Json.partnerMapper(false);

    private CashierAnswer() {}

    /**
     * Reads one answer.
     *
     * @param operation what was asked; it decides whether a page or an outcome is looked for at all
     * @param status the HTTP status
     * @param contentType the header's value, or {@code null}; only used to explain what could not be read
     * @param body the body's bytes
     */
    public static CashierReading read(
            ProviderOperation operation, int status, @Nullable String contentType, byte[] body) {
        if (status >= 300 && status < 400) {
            return new CashierReading.Unreadable(
                    "redirected", "The Cashier answered with a redirect, which is never followed.");
        }
        return switch (parse(contentType, body)) {
            case Parsed.Tree tree -> readTree(operation, status, tree.answer());
            case Parsed.Failed failed -> byStatusAlone(status, failed.why());
        };
    }

    private sealed interface Parsed {
        record Tree(AnswerTree answer) implements Parsed {}

        record Failed(CashierReading.Unreadable why) implements Parsed {}
    }

    private static Parsed parse(@Nullable String contentType, byte[] body) {
        if (body.length > MAX_BODY_BYTES) {
            return failed("too-large", "The answer is larger than " + MAX_BODY_BYTES + " bytes.");
        }
        JsonNode tree;
        try {
            tree = Json.tree(JSON, body);
        } catch (IOException malformed) {
            return looksLikeHtml(contentType, body)
                    ? failed("html", "The answer is a web page, not JSON; something stands before the Cashier.")
                    : failed("not-json", "The answer is not JSON.");
        }
        // Jackson reads an empty body as a missing node.
        if (tree.isMissingNode()) {
            return failed("empty", "The answer has no body.");
        }
        return tree instanceof ObjectNode object
                ? new Parsed.Tree(new AnswerTree(object))
                : failed("not-an-object", "The answer is JSON, but no object.");
    }

    private static Parsed failed(String code, String sentence) {
        return new Parsed.Failed(new CashierReading.Unreadable(code, sentence));
    }

    private static boolean looksLikeHtml(@Nullable String contentType, byte[] body) {
        if (contentType != null && AsciiCase.lower(contentType).contains("html")) {
            return true;
        }
        String start = new String(body, 0, Math.min(body.length, 64), StandardCharsets.ISO_8859_1);
        return start.stripLeading().startsWith("<");
    }

    private static CashierReading byStatusAlone(int status, CashierReading.Unreadable why) {
        return Rejections.ofStatus(status)
                .<CashierReading>map(category -> new CashierReading.Rejected(
                        category, null, "HTTP status " + status + ". " + why.sentence(), List.of()))
                .orElse(why);
    }

    private static CashierReading readTree(ProviderOperation operation, int status, AnswerTree answer) {
        boolean success = status >= 200 && status < 300;
        if (success) {
            return Rejections.saysError(answer)
                    ? Rejections.read(operation, status, answer)
                    : readSuccess(operation, answer);
        }
        boolean expected =
                status == 400 || status == 422 || Rejections.ofStatus(status).isPresent();
        if (expected) {
            return Rejections.read(operation, status, answer);
        }
        return new CashierReading.Unreadable(
                "unexpected-status",
                "The Cashier answered with HTTP status " + status + ", which it does not document.");
    }

    private static CashierReading readSuccess(ProviderOperation operation, AnswerTree answer) {
        List<String> ids = answer.transactionIds();
        String reference = answer.text("merchantReference")
                .map(text -> PartnerText.shortened(text, 64))
                .orElse(null);
        BigDecimal amount = answer.amount().flatMap(PartnerText::amount).orElse(null);
        String session = answer.text("sessionId")
                .map(text -> PartnerText.shortened(text, PartnerText.LONGEST_ID))
                .orElse(null);
        if (operation.synchronous()) {
            TransactionStatus outcome = outcome(answer);
            // An approval of a sum that nobody can read is no result: who takes the sum for granted would credit it.
            boolean approved = outcome == TransactionStatus.APPROVED
                    && (amount != null || answer.amount().isEmpty());
            if (approved || outcome == TransactionStatus.DECLINED) {
                return new CashierReading.SynchronousOutcome(outcome, ids, reference, amount);
            }
        }
        ProviderOperation.Redirect rule = operation.redirect();
        Optional<String> page = rule == null ? Optional.empty() : answer.redirect(rule);
        if (page.isPresent()) {
            return new CashierReading.PageOpened(page.get(), ids, session, reference, amount);
        }
        if (ids.isEmpty() && session == null && !saysSuccess(answer)) {
            return new CashierReading.Unreadable(
                    "no-known-content", "The answer is JSON without anything the Cashier is known to say.");
        }
        return new CashierReading.Accepted(ids, session, reference, amount, awaitsApproval(answer));
    }

    /** The transaction's status inside {@code data}; the outer {@code status} only speaks of the call. */
    private static TransactionStatus outcome(AnswerTree answer) {
        for (String name : List.of("transaction_status", "status")) {
            JsonNode value = answer.data().path(name);
            if (value.isTextual()) {
                return TransactionStatus.of(value.textValue());
            }
        }
        return TransactionStatus.UNKNOWN;
    }

    private static boolean saysSuccess(AnswerTree answer) {
        return answer.root().path("isSuccess").asBoolean(false)
                || answer.root().path("status").asText().equalsIgnoreCase("success");
    }

    private static boolean awaitsApproval(AnswerTree answer) {
        String message = answer.root().path("message").asText();
        return answer.data().path("method").asText().equals("AWAITING_APPROVAL")
                || message.equals("Added to approvals table")
                || message.equals("Transaction is on hold");
    }
}
