package dev.intermezzo.cli.audit;

import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds a payment's ledger entries by its id, its order's uuid, or the beginning of either. */
final class PaymentSearch {
    /** Most payments named when a beginning fits several; also how many are kept in memory. */
    private static final int MAX_CANDIDATES = 10;

    private static final int SHORTEST = 4;
    private static final Pattern WHOLE_ID =
            Pattern.compile("[a-z0-9-]{1,40}~([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|orphan~.+)");

    private final String wanted;
    private final Map<String, List<ConsumerRecord<String, byte[]>>> exact = new TreeMap<>();
    private final Map<String, List<ConsumerRecord<String, byte[]>>> beginning = new TreeMap<>();
    private boolean more;

    private PaymentSearch(String wanted) {
        this.wanted = wanted;
    }

    /** A payment and its records, in the order of their offsets. */
    record Found(String payment, List<ConsumerRecord<String, byte[]>> records) {}

    /** @throws CommandFailure {@code payment-not-found}, {@code payment-ambiguous} or {@code id-too-short} */
    static Found find(KafkaSettings kafka, String id) {
        PaymentSearch search = new PaymentSearch(id.strip().toLowerCase(Locale.ROOT));
        if (search.wanted.length() < SHORTEST) {
            throw new CommandFailure("id-too-short", "Give at least " + SHORTEST + " characters of the id.");
        }
        TopicScan ledger = new TopicScan(kafka, Topics.PAYMENT_LEDGER);
        // An orphan's id ends with a transaction id, whose case matters.
        String whole = id.contains("~orphan~") ? id.strip() : search.wanted;
        if (WHOLE_ID.matcher(whole).matches()) {
            ledger.whereKeyIs(whole, search::take);
        } else {
            ledger.all(search::take);
        }
        return search.result(id);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        String key = record.key() == null ? "" : record.key();
        String lower = key.toLowerCase(Locale.ROOT);
        String order = lower.substring(lower.indexOf('~') + 1);
        if (lower.equals(wanted) || order.equals(wanted)) {
            exact.computeIfAbsent(key, unseen -> new ArrayList<>()).add(record);
        } else if (lower.startsWith(wanted) || order.startsWith(wanted)) {
            if (beginning.containsKey(key) || beginning.size() < MAX_CANDIDATES) {
                beginning.computeIfAbsent(key, unseen -> new ArrayList<>()).add(record);
            } else {
                more = true;
            }
        }
    }

    private Found result(String id) {
        Map<String, List<ConsumerRecord<String, byte[]>>> found = exact.isEmpty() ? beginning : exact;
        if (found.isEmpty()) {
            throw new CommandFailure("payment-not-found", "The ledger has no payment " + Words.plain(id) + ".");
        }
        if (found.size() > 1) {
            throw new CommandFailure(
                    "payment-ambiguous",
                    "Several payments begin so: " + String.join(", ", found.keySet())
                            + (more && exact.isEmpty() ? " and others." : "."));
        }
        Map.Entry<String, List<ConsumerRecord<String, byte[]>>> only =
                found.entrySet().iterator().next();
        return new Found(only.getKey(), only.getValue());
    }
}
