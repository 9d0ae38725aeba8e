package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.partners.AsciiCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the errors of the Cashier. The documents show five body shapes that contradict each other, so every sign is
 * read by itself, the most exact first: the normalised code, the status that speaks for itself, the known texts, the
 * HTTP status (Mozarto Cashier API, errors).
 */
final class Rejections {

    private static final int LONGEST_MESSAGE = 500;
    private static final int MOST_CAUSES = 10;

    private final ProviderOperation operation;
    private final int status;
    private final AnswerTree answer;

    private Rejections(ProviderOperation operation, int status, AnswerTree answer) {
        this.operation = operation;
        this.status = status;
        this.answer = answer;
    }

    /** The refusal in an answer that says it is one. */
    static CashierReading.Rejected read(ProviderOperation operation, int status, AnswerTree answer) {
        return new Rejections(operation, status, answer).read();
    }

    /** The category that an HTTP status alone tells, if it tells one. */
    static Optional<RejectionCategory> ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> Optional.of(RejectionCategory.ACCOUNT_AUTH);
            case 408 -> Optional.of(RejectionCategory.SERVER_ERROR);
            case 429 -> Optional.of(RejectionCategory.RATE_LIMITED);
            default -> status >= 500 ? Optional.of(RejectionCategory.SERVER_ERROR) : Optional.empty();
        };
    }

    private CashierReading.Rejected read() {
        String code = code();
        return new CashierReading.Rejected(category(code), code, message(), answer.transactionIds());
    }

    // The normalised code stands at the top. Inside data it counts only when it is one of Mozarto's own, because data
    // may hold a provider's raw answer, whose codes mean something else.
    private @Nullable String code() {
        String outer = textOf(answer.root().path("errorCode"));
        if (!outer.isEmpty()) {
            return PartnerText.shortened(outer, 64);
        }
        String inner = textOf(answer.data().path("errorCode"));
        return ofCode(inner).isPresent() ? inner : null;
    }

    private RejectionCategory category(@Nullable String code) {
        if (code != null) {
            Optional<RejectionCategory> known = ofCode(code);
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (status == 401 || status == 403 || status == 429) {
            return ofStatus(status).orElseThrow();
        }
        Optional<RejectionCategory> byText = ofKnownText();
        if (byText.isPresent()) {
            return byText.get();
        }
        Optional<RejectionCategory> byStatus = ofStatus(status);
        if (byStatus.isPresent()) {
            return byStatus.get();
        }
        return code == null ? ofUncodedRefusal() : RejectionCategory.PSP_UNKNOWN_ERROR;
    }

    private static Optional<RejectionCategory> ofCode(String code) {
        return switch (code) {
            case "INVALID_PSP_CREDENTIALS" -> Optional.of(RejectionCategory.PSP_CREDENTIALS_INVALID);
            case "PSP_TIMEOUT" -> Optional.of(RejectionCategory.PSP_TIMEOUT);
            case "PSP_UNAVAILABLE" -> Optional.of(RejectionCategory.PSP_UNAVAILABLE);
            case "PSP_RATE_LIMITED" -> Optional.of(RejectionCategory.RATE_LIMITED);
            case "UNKNOWN_PSP_ERROR" -> Optional.of(RejectionCategory.PSP_UNKNOWN_ERROR);
            default -> Optional.empty();
        };
    }

    /** Texts the documents quote; those of missing configuration come with a status that is not documented. */
    private Optional<RejectionCategory> ofKnownText() {
        String message = textOf(answer.root().path("message"));
        if (message.equals("Rules action is not matched")
                || message.equals("Payer ID is required")
                || message.startsWith("PSP Configuration not found")
                || textOf(answer.data()).startsWith("PSP Configuration not found")) {
            return Optional.of(RejectionCategory.RULE_OR_CONFIGURATION_MISSING);
        }
        if (status >= 500) {
            return Optional.empty();
        }
        if (message.equals("Unauthorized")) {
            return Optional.of(RejectionCategory.ACCOUNT_AUTH);
        }
        if (message.equals("Validation failed") || message.startsWith("Missing required field")) {
            return Optional.of(RejectionCategory.VALIDATION);
        }
        return Optional.empty();
    }

    private RejectionCategory ofUncodedRefusal() {
        if (redeemsVoucher() && saysVoucherRefused()) {
            return RejectionCategory.VOUCHER_REJECTED;
        }
        if (!causes().isEmpty()) {
            return RejectionCategory.VALIDATION;
        }
        // "Something went wrong" with a cause nobody has documented is no validation, whatever its status.
        boolean unnamed = textOf(answer.root().path("message")).equals("Something went wrong");
        boolean refusedRequest = status == 400 || status == 422;
        return refusedRequest && !unnamed ? RejectionCategory.VALIDATION : RejectionCategory.PSP_UNKNOWN_ERROR;
    }

    /** A pay-in that moves money and is answered at once redeems something: a voucher. */
    private boolean redeemsVoucher() {
        return operation.operation() == Operation.PAYIN
                && operation.kind() == ProviderOperation.Kind.MOVES_MONEY
                && operation.synchronous();
    }

    private boolean saysVoucherRefused() {
        JsonNode data = answer.data();
        boolean providersError = data.hasNonNull("error") || data.hasNonNull("errorcode");
        boolean reasonInMessage = status == 400
                && causes().isEmpty()
                && !textOf(answer.root().path("message")).isBlank()
                && !textOf(answer.root().path("message")).equals("Something went wrong");
        return providersError || reasonInMessage;
    }

    private List<String> causes() {
        List<String> causes = new ArrayList<>();
        for (JsonNode cause : answer.root().path("errors")) {
            if (causes.size() < MOST_CAUSES) {
                causes.add(cause.isTextual() ? cause.textValue() : cause.toString());
            }
        }
        return causes;
    }

    private String message() {
        List<String> parts = new ArrayList<>();
        answer.text("message").ifPresent(parts::add);
        if (answer.data().isTextual()) {
            parts.add(answer.data().textValue());
        }
        for (String name : List.of("error", "errorcode")) {
            JsonNode value = answer.data().path(name);
            if (value.isValueNode() && !value.isNull()) {
                parts.add(value.asText());
            }
        }
        parts.addAll(causes());
        String text =
                String.join("; ", parts.stream().filter(part -> !part.isBlank()).toList());
        return PartnerText.shortened(text.isEmpty() ? "HTTP status " + status : text, LONGEST_MESSAGE);
    }

    private static String textOf(JsonNode value) {
        return value.isTextual() ? value.textValue().strip() : "";
    }

    /** Whether a body speaks of an error, whatever its HTTP status: any one sign is enough. */
    static boolean saysError(AnswerTree answer) {
        JsonNode root = answer.root();
        String status = AsciiCase.lower(textOf(root.path("status")));
        return isFalse(root.path("isSuccess"))
                || isFalse(answer.data().path("success"))
                || status.equals("error")
                || status.equals("failed")
                || status.equals("fail")
                || root.hasNonNull("errorCode")
                || answer.data().hasNonNull("errorCode")
                || answer.data().hasNonNull("errorcode")
                || answer.data().hasNonNull("error")
                || !root.path("errors").isEmpty();
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }
}
