package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.specific.SpecificRecordBase;

/** Names new revisions of records and writes them to the {@code merchants} topic. */
final class RecordWriter {
    private static final int REVISION_BYTES = 6;

    private final KafkaSettings kafka;
    private final SchemaTopic schemas;
    private final InstantSource clock;
    private final Codec<MerchantRecord> codec = Codec.of(MerchantRecord.class);

    RecordWriter(KafkaSettings kafka, SchemaTopic schemas, InstantSource clock) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.clock = clock;
    }

    /** The hash covers sealed secrets only, so a revision, which payment plans name, tells nothing about them. */
    MerchantRecord revision(String id, Environment environment, SpecificRecordBase body) {
        MerchantRecord unnamed = new MerchantRecord(id, environment, Instant.EPOCH, "", body);
        return MerchantRecord.newBuilder(unnamed)
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setRevision(HexFormat.of().formatHex(sha256(codec.encode(unnamed)), 0, REVISION_BYTES))
                .build();
    }

    /**
     * Writes the records and returns when the brokers hold them.
     *
     * @throws CommandFailure {@code merchants-not-written}
     */
    void write(List<MerchantRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        schemas.publish();
        try (var producer = KafkaClients.producer(kafka, "merchants")) {
            TypedProducer<MerchantRecord> typed = new TypedProducer<>(producer, kafka);
            List<CompletableFuture<?>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(typed.send(Topics.MERCHANTS, MerchantKeys.key(record), record)));
            sent.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new CommandFailure(
                    "merchants-not-written",
                    "Kafka did not take every record; the same command again writes what is missing.",
                    e);
        }
    }

    /**
     * Removes a record and returns when the brokers have forgotten it.
     *
     * @throws CommandFailure {@code merchants-not-written}
     */
    void forget(String key) {
        try (var producer = KafkaClients.producer(kafka, "merchants")) {
            new TypedProducer<MerchantRecord>(producer, kafka)
                    .forget(Topics.MERCHANTS, key)
                    .join();
        } catch (CompletionException e) {
            throw new CommandFailure("merchants-not-written", "Kafka did not take it; the same command again does.", e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
