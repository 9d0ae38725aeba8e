package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.merchants.ConnectionMarks;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The {@code merchants} topic as it is now.
 *
 * @param records by key
 * @param unreadable keys whose value this build cannot read
 */
public record StoredRecords(SortedMap<String, MerchantRecord> records, SortedSet<String> unreadable) {

    /** Reads the whole topic. */
    public static StoredRecords read(KafkaSettings kafka, WriterSchemas schemas) {
        StoredRecords stored = new StoredRecords(new TreeMap<>(), new TreeSet<>());
        Codec<MerchantRecord> codec = Codec.of(MerchantRecord.class);
        new TopicScan(kafka, Topics.MERCHANTS).all(record -> stored.take(record, codec, schemas));
        return stored;
    }

    /** The record's sealed secrets; a merchant has none. */
    public static List<SealedSecret> secrets(MerchantRecord record) {
        return switch (record.getBody()) {
            case CashierAccount account -> account.getSecrets();
            case Integration integration -> integration.getSecrets();
            default -> List.of();
        };
    }

    /**
     * An account.
     *
     * @throws CommandFailure {@code account-unknown}
     */
    public MerchantRecord account(String id) {
        MerchantRecord record = records.get(MerchantKeys.account(id));
        if (record == null) {
            throw new CommandFailure(
                    "account-unknown",
                    "No account " + id + " is stored. 'intermezzo merchants list' names those that are, and "
                            + "'merchants apply' stores one.");
        }
        return record;
    }

    /**
     * A merchant.
     *
     * @throws CommandFailure {@code merchant-unknown}
     */
    MerchantRecord merchant(String id) {
        MerchantRecord record = records.get(MerchantKeys.merchant(id));
        if (record == null) {
            throw new CommandFailure(
                    "merchant-unknown",
                    "No merchant " + id + " is stored; 'intermezzo merchants list' names those that are.");
        }
        return record;
    }

    /** The records that somebody declared: without the marks that stages and commands put beside connections. */
    public List<MerchantRecord> declared() {
        return records.values().stream().filter(record -> !isMark(record)).toList();
    }

    /** Whether a connection takes payments: it was installed, and nobody has disconnected it. */
    public boolean connected(String connection) {
        return records.containsKey(MerchantKeys.integration(ConnectionMarks.installed(connection)))
                && !records.containsKey(MerchantKeys.integration(ConnectionMarks.disconnected(connection)));
    }

    private static boolean isMark(MerchantRecord record) {
        return record.getBody() instanceof Integration integration && IntegrationKind.MARK.of(integration);
    }

    private void take(ConsumerRecord<String, byte[]> record, Codec<MerchantRecord> codec, WriterSchemas schemas) {
        String key = record.key() == null ? "" : record.key();
        records.remove(key);
        unreadable.remove(key);
        if (record.value() == null) {
            return;
        }
        try {
            MerchantRecord merchant = codec.decode(record.value(), schemas);
            if (MerchantKeys.key(merchant).equals(key)) {
                records.put(key, merchant);
            } else {
                unreadable.add(key);
            }
        } catch (UndecodableException | UnknownSchemaException | IllegalArgumentException e) {
            unreadable.add(key);
        }
    }
}
