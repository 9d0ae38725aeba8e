package dev.intermezzo.ingress.api;

import java.util.Locale;

/** Why a request is refused: stable codes, each with the one status that it is answered with. */
enum ApiCode {
    API_KEY_NOT_VALID(401, "The API key is missing or not valid."),
    NETWORK_NOT_ALLOWED(403, "The API key is bound to networks, and this request came from elsewhere."),
    SCOPE_MISSING(403, "The API key does not allow this."),
    RATE_LIMITED(429, "This API key has asked too often."),
    BUSY(503, "Too many requests are being served."),
    NOT_FOUND(404, "There is nothing at this address."),
    METHOD_NOT_ALLOWED(405, "This address does not take this method."),
    REQUEST_REFUSED(400, "The request cannot be read."),
    INTERNAL(500, "Something failed here."),

    PAYMENT_NOT_FOUND(404, "This merchant has no such payment."),
    PAY_OUT_NOT_FOUND(404, "This merchant has no such pay-out."),
    NOT_AVAILABLE(503, "The payment cannot be looked at now."),

    IDEMPOTENCY_KEY_MISSING(400, "The header Idempotency-Key is missing."),
    IDEMPOTENCY_KEY_NOT_VALID(400, "The Idempotency-Key is not 1 to 128 printable ASCII characters."),
    IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used for another request."),
    CONTENT_TYPE_UNSUPPORTED(415, "The body must be application/json."),
    BODY_TOO_LARGE(413, "The body is too large."),
    BODY_NOT_RECEIVED(400, "The body could not be received."),
    BODY_NOT_VALID(400, "The body is not what the document of this API describes."),

    MERCHANT_DISABLED(403, "The merchant is switched off."),
    PAY_OUTS_DISABLED(409, "Pay-outs are off for this merchant."),
    PAY_OUT_ABOVE_LIMIT(409, "The amount is above the merchant's limit of one pay-out."),
    DESTINATION_UNKNOWN(404, "This merchant has no such destination."),
    DESTINATION_NOT_READY(409, "The destination waits for a second person, or for its 24 hours."),
    CURRENCY_DIFFERS(422, "The payment has another currency."),
    PAYMENT_NOT_APPROVED(409, "No money of this payment was confirmed."),
    PAYMENT_CLOSED(409, "The payment was closed long ago; refund at the provider."),
    REFUND_NOT_AVAILABLE(409, "This provider gives nothing back through the Cashier; refund there and record it."),
    TOO_MANY_KEPT(
            503, "No more requests can be remembered for now; send it again later with the same Idempotency-Key."),
    NOT_DURABLE(503, "The request could not be kept; send it again with the same Idempotency-Key.");

    private final int status;
    private final String title;

    ApiCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** As it stands in an answer. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
