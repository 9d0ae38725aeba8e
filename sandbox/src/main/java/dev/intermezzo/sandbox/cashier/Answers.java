package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;

/** The bodies of the Cashier's answers, in the shapes of the document's examples. */
final class Answers {

    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    record Answer(int status, String body) {}

    /** The answer that hands out a page, as each provider's page of the document has it. */
    Answer page(Transaction transaction, URI page) {
        return switch (transaction.request().psp()) {
            case PAYONE -> payOnePage(transaction, page);
            case FORUMPAY -> forumPayPage(transaction, page);
            case TRUST -> trustPage(transaction, page);
        };
    }

    /** The general pay-in answer. That ForumPay's has no more than it is <b>assumed</b>: its example is cut off. */
    private Answer forumPayPage(Transaction transaction, URI page) {
        ObjectNode root = success("Successfully");
        ObjectNode data = root.putObject("data");
        data.put("status", "PENDING");
        data.put("url", page.toString());
        data.put("sessionId", transaction.pspId());
        return new Answer(200, text(root));
    }

    /** "Trust Payments" page names the fields; that they stand under {@code data} is <b>assumed</b>. */
    private Answer trustPage(Transaction transaction, URI page) {
        ObjectNode root = success("Successfully");
        ObjectNode data = root.putObject("data");
        data.put("paymentUrl", page.toString());
        data.put("transactionId", transaction.id());
        data.put("merchantReference", transaction.request().merchantReference());
        data.put("amount", transaction.request().amount());
        return new Answer(200, text(root));
    }

    private ObjectNode success(String message) {
        ObjectNode root = json.createObjectNode();
        root.put("status", "success");
        root.put("message", message);
        root.put("isSuccess", true);
        return root;
    }

    /** "PayOne" page, response 200. */
    private Answer payOnePage(Transaction transaction, URI page) {
        ObjectNode root = success("Transaction successfully processed");
        ObjectNode data = root.putObject("data");
        data.put("success", true);
        data.put("message", "Transaction successfully Ongoing Process");
        data.put("redirect_url", page.toString());
        data.put("transactionId", transaction.id());
        data.put("merchantReference", "");
        data.put("amount", transaction.request().amount());
        return new Answer(200, text(root));
    }

    /** The general pay-out answer; that PayOne's is the same is <b>assumed</b>. */
    Answer payOut(Transaction transaction) {
        ObjectNode root = json.createObjectNode();
        root.put("status", "success");
        root.put("message", "Successfully");
        root.put("isSuccess", true);
        ObjectNode data = root.putObject("data");
        data.put("status", "PENDING");
        data.put("transactionId", transaction.id());
        return new Answer(200, text(root));
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

    /** What comes when a user token cannot be decoded; the page says 504, its body is not shown. */
    Answer gatewayTimeout() {
        return new Answer(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>");
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
