package dev.intermezzo.partners.mozello;

import java.util.ArrayList;
import java.util.List;

/**
 * The message that tells a shop an order's outcome, posted to the checkout's {@code notify_url} (Payment API,
 * notification).
 *
 * @param orderUuid the order's id exactly as the checkout gave it
 * @param status the outcome
 * @param checkPending whether the shop may change the order only while that is still pending; signed like the other
 *     fields, as the official sample does and its verifier demands
 */
public record Notification(String orderUuid, NotifyStatus status, boolean checkPending) {

    /**
     * The ordered fields of the message, {@code signature} last.
     *
     * @param key the key with which the shop's own checkouts are signed
     */
    public List<FormField> fields(MozelloKey key) {
        List<FormField> fields = new ArrayList<>();
        fields.add(FormField.of("order_uuid", orderUuid));
        fields.add(FormField.of("status", status.word()));
        if (checkPending) {
            fields.add(FormField.of("check_pending", "1"));
        }
        fields.add(FormField.of(MozelloSignature.FIELD, MozelloSignature.sign(MozelloForm.of(fields), key)));
        return List.copyOf(fields);
    }

    /** The signed message as it goes out; the same message and key always give the same bytes. */
    public EncodedForm encode(MozelloKey key, FormEncoding encoding) {
        return encoding.encode(fields(key));
    }
}
