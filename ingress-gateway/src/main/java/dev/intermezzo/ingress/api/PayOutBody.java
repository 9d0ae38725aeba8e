package dev.intermezzo.ingress.api;

import dev.intermezzo.partners.money.AmountReading;
import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.ViewedRefund;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * The body of a request for a pay-out that belongs to no payment: {@code amount}, {@code currency} and {@code destination},
 * and perhaps {@code reference}, each a text.
 *
 * @param destination the name of one of the merchant's destinations
 * @param reference the merchant's own note; empty when it gave none
 */
record PayOutBody(Money amount, String destination, String reference) {

    static final int LONGEST_REFERENCE = 200;

    private static final List<String> FIELDS = List.of("amount", "currency", "destination");

    /** What became of reading one. */
    sealed interface Reading {
        record Read(PayOutBody body) implements Reading {}

        /** @param detail what is wrong; names fields and never repeats a value */
        record Unreadable(String detail) implements Reading {}
    }

    /** Reads it; every body that is not exactly right is refused. */
    static Reading read(byte[] bytes) {
        return switch (TextFields.read(bytes, FIELDS, List.of("reference"))) {
            case TextFields.Reading.Unreadable(String detail) -> new Reading.Unreadable(detail);
            case TextFields.Reading.Read(Map<String, String> texts) -> of(texts);
        };
    }

    /** Whether a pay-out that stands is what this asks for. */
    boolean asksFor(ViewedRefund standing) {
        return WireMoney.read(standing.getAmount()).equals(amount)
                && standing.getDestination().equals(destination);
    }

    private static Reading of(Map<String, String> texts) {
        String destination = texts.getOrDefault("destination", "");
        if (!Ids.NAME.matcher(destination).matches()) {
            return new Reading.Unreadable(
                    "The field destination has 1 to 40 characters of small letters, digits and dashes.");
        }
        String reference = texts.getOrDefault("reference", "");
        if (!TextFields.printable(reference, LONGEST_REFERENCE)) {
            return new Reading.Unreadable(
                    "The field reference has at most 200 characters, none of them a control character.");
        }
        return switch (Amounts.parse(texts.getOrDefault("amount", ""), texts.getOrDefault("currency", ""))) {
            case AmountReading.Valid valid -> new Reading.Read(new PayOutBody(valid.money(), destination, reference));
            case AmountReading.Refused refused -> new Reading.Unreadable(refused.sentence());
        };
    }
}
