package dev.intermezzo.cli.merchants;

import dev.intermezzo.partners.money.AmountReading;
import dev.intermezzo.partners.money.Amounts;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Reads what a merchant may pay out. Without the section nothing is; with it, two persons have put their names to the
 * limits. Without a limit of one destination only refunds are. Who may edit the file is the operator's own affair: the names are a record, not a proof.
 */
final class PayOutsReader {
    private static final int PERSONS = 2;
    private static final int STORED_SCALE = 4;

    private PayOutsReader() {}

    static PayOutLimits read(Section section) {
        List<String> persons = section.texts("enabled-by");
        if (persons.stream().distinct().count() < PERSONS) {
            section.problem("enabled-by", "second-person-needed", "must name two different persons");
        }
        String currency = section.required("currency");
        BigDecimal perPayOut = limit(section, "per-pay-out", currency);
        BigDecimal perDay = limit(section, "per-day", currency);
        if (perPayOut.compareTo(perDay) > 0) {
            section.problem("per-day", "maximum-below-minimum", "is below the limit of one pay-out");
        }
        BigDecimal perDestination =
                section.text("per-destination").isPresent() ? limit(section, "per-destination", currency) : null;
        if (perDestination != null && perDestination.compareTo(perDay) > 0) {
            section.problem("per-day", "maximum-below-minimum", "is below the limit of one destination");
        }
        section.end();
        return new PayOutLimits(persons, currency, perPayOut, perDay, perDestination);
    }

    private static BigDecimal limit(Section section, String key, String currency) {
        return switch (Amounts.parse(section.required(key), currency)) {
            // The scale of the stored form, so that what is read back compares equal.
            case AmountReading.Valid(var money) -> money.getAmount().setScale(STORED_SCALE, RoundingMode.UNNECESSARY);
            case AmountReading.Refused refused -> {
                section.problem(key, "not-an-amount", refused.sentence());
                yield BigDecimal.ZERO.setScale(STORED_SCALE);
            }
        };
    }
}
