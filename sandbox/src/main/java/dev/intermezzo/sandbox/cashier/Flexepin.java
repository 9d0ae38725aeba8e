package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.sandbox.cashier.Answers.Answer;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Flexepin: a voucher that is redeemed in one call, at most once, whose answer is the result; no page, no webhook.
 *
 * <p>Documented are the request, that a refused voucher (bad PIN, wrong currency, wrong amount, already redeemed) is a 400
 * without {@code errorCode} with the reason in {@code message}, and the error bodies. <b>Assumed</b>: that a redeemed voucher
 * is answered 200 with {@code Approved} in {@code data.status}, as the catalogue's assumptions say. <b>Invented</b>: the
 * wording of the reasons, that a PIN has sixteen digits (the example has), and which vouchers there are. A voucher is worth
 * what is asked for, and its first digit tells what becomes of it:
 *
 * <ul>
 *   <li>{@code 0}: there is none of this PIN
 *   <li>{@code 5}: it is redeemed, and the answer is an error 500
 *   <li>{@code 7}: it is redeemed, and the answer is the one of 2026-05 that says {@code PENDING}
 *   <li>{@code 8}: it is in another currency
 *   <li>{@code 9}: it is for another amount
 *   <li>any other: it is redeemed
 * </ul>
 */
final class Flexepin {

    private static final String CODE = "FLEXEPIN";
    private static final Pattern PIN = Pattern.compile("[0-9]{16}");

    private final ObjectMapper json;
    private final Answers answers;
    private final InstantSource clock;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final List<VoucherRedemption> redeemed = new CopyOnWriteArrayList<>();

    Flexepin(ObjectMapper json, Answers answers, InstantSource clock) {
        this.json = json;
        this.answers = answers;
        this.clock = clock;
    }

    /** Whether a request is for this provider. */
    static boolean takes(JsonNode request) {
        return PayInRequest.text(request, "pspType").equals(CODE)
                && PayInRequest.text(request, "type").equals("PAYIN");
    }

    /** Every voucher that was redeemed, in order: each is money that moved. */
    List<VoucherRedemption> redeemed() {
        return List.copyOf(redeemed);
    }

    /** Redeems the voucher of an authorised request, or says why not. */
    Answer redeem(JsonNode request) {
        List<String> problems = problems(request);
        if (!problems.isEmpty()) {
            return answers.refused(400, "Validation failed", problems);
        }
        String pin = PayInRequest.text(request, "voucherPin");
        if (!PIN.matcher(pin).matches()) {
            return rejected("Invalid voucher PIN");
        }
        return switch (pin.charAt(0)) {
            case '0' -> rejected("Invalid voucher PIN");
            case '8' -> rejected("Voucher currency does not match");
            case '9' -> rejected("Voucher amount does not match");
            default -> used.add(pin) ? redeemed(request, pin) : rejected("Voucher already redeemed");
        };
    }

    private Answer redeemed(JsonNode request, String pin) {
        String id = "fx-" + (redeemed.size() + 1) + '-' + Long.toHexString(clock.millis());
        redeemed.add(new VoucherRedemption(
                id,
                PayInRequest.text(request, "userId"),
                PayInRequest.text(request, "email"),
                request.path("baseamount").decimalValue(),
                PayInRequest.text(request, "currency"),
                clock.instant()));
        return switch (pin.charAt(0)) {
            case '5' -> answers.internalError();
            case '7' -> pending(id);
            default -> approved(id, request.path("baseamount").decimalValue());
        };
    }

    private Answer approved(String id, BigDecimal amount) {
        ObjectNode root = success();
        ObjectNode data = root.putObject("data");
        data.put("status", "Approved");
        data.put("transactionId", id);
        data.put("amount", amount);
        return new Answer(200, answers.text(root));
    }

    /** The only 200 that the "Flexepin" page shows. */
    private Answer pending(String id) {
        ObjectNode root = success();
        ObjectNode data = root.putObject("data");
        data.put("status", "PENDING");
        data.put("sessionId", id);
        return new Answer(200, answers.text(root));
    }

    private ObjectNode success() {
        ObjectNode root = json.createObjectNode();
        root.put("status", "success");
        root.put("isSuccess", true);
        return root;
    }

    /** Error shape 5: no code, the reason in the message. */
    private Answer rejected(String reason) {
        ObjectNode root = json.createObjectNode();
        root.put("status", "error");
        root.put("message", reason);
        root.put("isSuccess", false);
        return new Answer(400, answers.text(root));
    }

    private static List<String> problems(JsonNode request) {
        List<String> problems = new ArrayList<>();
        if (!request.path("baseamount").isNumber()
                || request.path("baseamount").decimalValue().signum() <= 0) {
            problems.add("amount must not be empty");
        }
        for (String name : List.of("voucherPin", "currency", "currencyCode", "userId", "email")) {
            if (PayInRequest.text(request, name).isBlank()) {
                problems.add(name + " must not be empty");
            }
        }
        return problems;
    }
}
