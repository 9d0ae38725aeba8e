package dev.intermezzo.ingress.api;

import dev.intermezzo.partners.money.AmountReading;
import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.ViewedRefund;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * The body of a request for a refund: exactly {@code amount}, {@code currency} and {@code reason}, each a text. A number is
 * refused where money is meant: many writers of JSON make 0.1 + 0.2 of it.
 */
record RefundBody(Money amount, String reason) {

    static final int LONGEST_REASON = 200;

    private static final List<String> FIELDS = List.of("amount", "currency", "reason");

    /** What became of reading one. */
    sealed interface Reading {
        record Read(RefundBody body) implements Reading {}

        /** @param detail what is wrong; names fields and never repeats a value */
        record Unreadable(String detail) implements Reading {}
    }

    /** Reads it; every body that is not exactly right is refused. */
    static Reading read(byte[] bytes) {
        return switch (TextFields.read(bytes, FIELDS, List.of())) {
            case TextFields.Reading.Unreadable(String detail) -> new Reading.Unreadable(detail);
            case TextFields.Reading.Read(Map<String, String> texts) -> of(texts);
        };
    }

    /** Whether a refund that stands is what this asks for. */
    boolean asksFor(ViewedRefund standing) {
        return WireMoney.read(standing.getAmount()).equals(amount);
    }

    private static Reading of(Map<String, String> texts) {
        String reason = texts.getOrDefault("reason", "");
        if (reason.isBlank() || !TextFields.printable(reason, LONGEST_REASON)) {
            return new Reading.Unreadable(
                    "The field reason has 1 to 200 characters, none of them a control character.");
        }
        return switch (Amounts.parse(texts.getOrDefault("amount", ""), texts.getOrDefault("currency", ""))) {
            case AmountReading.Valid valid -> new Reading.Read(new RefundBody(valid.money(), reason));
            case AmountReading.Refused refused -> new Reading.Unreadable(refused.sentence());
        };
    }
}
