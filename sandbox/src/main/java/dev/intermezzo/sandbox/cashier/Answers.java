package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;

/**
 * The Cashier's answers, in the shapes of the document's examples. What a success says is its provider's matter; what is here
 * are the shapes of errors, and answers that no document has.
 */
final class Answers {

    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    record Answer(int status, String body) {}

    /** The answer that hands out a page. */
    Answer page(Transaction transaction, URI page) {
        return new Answer(200, text(transaction.request().psp().page().opened(transaction, page)));
    }

    Answer payOut(Transaction transaction, PspRules.PayOutRules rules) {
        return new Answer(200, text(rules.accepted(transaction)));
    }

    /** The answer to a voucher that was redeemed in the call. */
    Answer redeemed(Transaction transaction, Neosurf rules) {
        return new Answer(200, text(rules.redeemed(transaction)));
    }

    /** The answer to a voucher that was not. */
    Answer voucherRefused(Neosurf rules) {
        return new Answer(400, text(rules.refused()));
    }

    /** The beginning of every successful answer. */
    static ObjectNode success(String message) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("status", "success");
        root.put("message", message);
        root.put("isSuccess", true);
        return root;
    }

    /** Error shape 1: a message and a list. */
    Answer refused(int status, String message, List<String> errors) {
        ObjectNode root = error(message);
        errors.forEach(root.putArray("errors")::add);
        return new Answer(status, text(root));
    }

    /** Error shape 2: the cause as a string in {@code data}. */
    Answer configurationMissing() {
        ObjectNode root = error("Something went wrong");
        root.put("data", "PSP Configuration not found. Please check you psp Configuration");
        return new Answer(400, text(root));
    }

    /** Error shape 3. */
    Answer internalError() {
        ObjectNode root = error("Internal server error");
        root.put("data", "Something went wrong");
        return new Answer(500, text(root));
    }

    /** Error shape 3 under a status that means success, which no document forbids. */
    Answer errorUnderSuccess() {
        return new Answer(200, internalError().body());
    }

    /**
     * Error shape 4, as the "Brite" page has it: Brite answers 200 with an error when it refuses a session, which becomes
     * {@code UNKNOWN_PSP_ERROR} with Brite's own words in {@code data}. Those words are <b>invented</b>; the status 500 is
     * shown for another provider.
     */
    Answer sessionRefused(String transactionId) {
        ObjectNode root = json.createObjectNode();
        root.put("status", "error");
        root.put("isSuccess", false);
        root.put("errorCode", "UNKNOWN_PSP_ERROR");
        root.put("message", "An unexpected error occurred. Contact support if it continues.");
        root.put("transactionId", transactionId);
        root.putArray("errors");
        root.putObject("data").put("errorName", "SESSION_NOT_CREATED");
        return new Answer(500, text(root));
    }

    /** What comes when a user token cannot be decoded; the page says 504, its body is not shown. */
    Answer gatewayTimeout() {
        return new Answer(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>");
    }

    /** A web page where JSON is due: something stands before the Cashier. */
    Answer webPage() {
        return new Answer(200, "<!doctype html><html><body><h1>We will be back soon</h1></body></html>");
    }

    /** Nothing at all. */
    Answer empty() {
        return new Answer(200, "");
    }

    String text(ObjectNode node) {
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values is always writable.", e);
        }
    }

    private ObjectNode error(String message) {
        ObjectNode root = json.createObjectNode();
        root.put("status", "error");
        root.put("message", message);
        root.put("isSuccess", false);
        return root;
    }
}
