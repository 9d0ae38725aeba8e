package dev.intermezzo.sandbox.load;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the toy bridge knows of one order. Guarded by itself. */
final class ToyPayment {

    final String token;
    final Map<String, String> form;
    final Map<String, String> attempts = new LinkedHashMap<>();
    String phone;
    String state = "in-progress";
    URI page = URI.create("");
    boolean surplus;
    boolean closed;
    long sequence;

    ToyPayment(String token, Map<String, String> form) {
        this.token = token;
        this.form = form;
        this.phone = form.getOrDefault("billing_phone", "");
    }

    String field(String name) {
        return form.getOrDefault(name, "");
    }

    synchronized void opened(String transaction, URI where) {
        attempts.put(transaction, "open");
        page = where;
        if (!state.equals("approved")) {
            state = "in-progress";
        }
        sequence++;
    }

    /** Applies a webhook; true when the shop must now hear of an approval. */
    synchronized boolean heard(String transaction, String status, boolean amountMatches) {
        String before = attempts.getOrDefault(transaction, "");
        if (before.equals("Approved") || before.equals(status)) {
            return false;
        }
        sequence++;
        if (status.equals("Declined")) {
            attempts.put(transaction, status);
            state = state.equals("approved") || attempts.containsValue("open") ? state : "not-paid";
            return false;
        }
        if (!status.equals("Approved")) {
            return false;
        }
        attempts.put(transaction, status);
        if (!amountMatches) {
            state = "under-review";
            return false;
        }
        if (state.equals("approved")) {
            surplus = true;
            return false;
        }
        state = "approved";
        return true;
    }

    synchronized String redirect() {
        if (state.equals("approved")) {
            return field("success_url");
        }
        if (closed) {
            return field("failure_url");
        }
        return state.equals("in-progress") ? page.toString() : "";
    }

    synchronized String state() {
        return state;
    }

    synchronized long sequence() {
        return sequence;
    }

    synchronized void awaitDetails() {
        state = "awaiting-buyer";
    }

    synchronized void details(String number) {
        phone = number;
        state = "in-progress";
    }

    synchronized void close() {
        closed = true;
    }
}
