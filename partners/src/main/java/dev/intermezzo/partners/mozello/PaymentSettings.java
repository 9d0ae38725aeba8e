package dev.intermezzo.partners.mozello;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Mozello answers when a public gateway asks whose order it is (Payment API, {@code payment_settings}): the values
 * that the merchant filled into the manifest's fields, and the order's addresses. The order is named by its id only; no
 * amount and no currency come back.
 *
 * <p>Success is a 200 with a JSON object that reports no error and has fields, as in the official sample. How an error
 * looks is not documented; the shape documented for the host's other calls is assumed. A refusal of the key (401, 403) and
 * too many requests (429) say nothing about the order, so they count as an answer that could not be had.
 *
 * @param fields by the manifest's ids; among them the merchant's secret
 * @param successUrl as {@code meta} names it, if it does; so the other two
 */
public record PaymentSettings(
        Map<String, String> fields,
        Optional<String> successUrl,
        Optional<String> failureUrl,
        Optional<String> notifyUrl) {

    /** Appended to the API's base. */
    public static final String PATH = "payment/payment_settings/";

    /** The largest answer that is read. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    public PaymentSettings {
        fields = Map.copyOf(fields);
    }

    /**
     * The question as a form to POST, so that the key stands in no address.
     *
     * @param apiKey text of the key that verified the order's form
     */
    public static EncodedForm question(String orderUuid, String apiKey) {
        return FormEncoding.URLENCODED.encode(
                List.of(FormField.of("order_uuid", orderUuid), FormField.of("api_key", apiKey)));
    }

    /** Reads an answer. Never throws for any bytes. */
    public static SettingsReading read(int status, byte[] body) {
        if (status == 401 || status == 403 || status == 408 || status == 429 || status < 200 || status >= 500) {
            return new SettingsReading.Unavailable("http-" + status);
        }
        if (status >= 400) {
            return new SettingsReading.Refused("http-" + status);
        }
        Optional<JsonNode> document = status == 200 ? JsonFields.object(body) : Optional.empty();
        if (document.isEmpty()) {
            return new SettingsReading.Unavailable(status == 200 ? "answer-unreadable" : "http-" + status);
        }
        if (ErrorBody.read(body, MAX_BODY_BYTES).isError()) {
            return new SettingsReading.Refused("error-reported");
        }
        Map<String, String> fields = JsonFields.texts(document.get().path("fields"));
        if (fields.isEmpty()) {
            return new SettingsReading.Refused("fields-empty");
        }
        JsonNode meta = document.get().path("meta");
        return new SettingsReading.Known(new PaymentSettings(
                fields,
                JsonFields.text(meta, FieldNames.SUCCESS_URL),
                JsonFields.text(meta, FieldNames.FAILURE_URL),
                JsonFields.text(meta, FieldNames.NOTIFY_URL)));
    }

    /**
     * The form with these addresses in the place of its own, where there are any: the browser carried the form's, Mozello
     * told these. Only for judging its content; the signature was made over the form as it came.
     */
    public MozelloForm addressing(MozelloForm form) {
        Map<String, Optional<String>> told = Map.of(
                FieldNames.SUCCESS_URL, successUrl,
                FieldNames.FAILURE_URL, failureUrl,
                FieldNames.NOTIFY_URL, notifyUrl);
        return form.withFields(form.fields().stream()
                .map(field -> told.getOrDefault(field.name(), Optional.empty())
                        .map(url -> FormField.of(field.name(), url))
                        .orElse(field))
                .toList());
    }

    /** The names only. */
    @Override
    public String toString() {
        return "PaymentSettings" + fields.keySet();
    }
}
