package dev.intermezzo.runtime.merchants;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Accounts, merchants and integrations as they are now, in memory; ready once the topic has been read to its end.
 *
 * <p>Lookups may come from any thread. A record that cannot be read leaves the former one in force and is logged.
 */
public final class MerchantDirectory implements Stage {
    private final Codec<MerchantRecord> codec = Codec.of(MerchantRecord.class);
    private final Map<String, MerchantRecord> records = new ConcurrentHashMap<>();
    /** Few, and looked at for every order that comes through one of them. */
    private final Map<String, MerchantRecord> listings = new ConcurrentSkipListMap<>();

    private final WriterSchemas schemas;
    private final TopicTail tail;

    public MerchantDirectory(KafkaSettings kafka, WriterSchemas schemas) {
        this.schemas = schemas;
        this.tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "merchants"),
                kafka.topic(Topics.MERCHANTS),
                TopicTail.From.BEGINNING,
                this::receive);
    }

    public Optional<Versioned<CashierAccount>> account(String id) {
        return find(MerchantKeys.account(id), CashierAccount.class);
    }

    public Optional<Versioned<Merchant>> merchant(String id) {
        return find(MerchantKeys.merchant(id), Merchant.class);
    }

    public Optional<Versioned<Integration>> integration(String id) {
        return find(MerchantKeys.integration(id), Integration.class);
    }

    /** All of them, by key. */
    public List<MerchantRecord> all() {
        return records.values().stream()
                .sorted(Comparator.comparing(MerchantKeys::key))
                .toList();
    }

    /** All integrations, by id. */
    public Collection<Versioned<Integration>> integrations() {
        return all().stream()
                .flatMap(record -> typed(record, Integration.class).stream())
                .toList();
    }

    /** The public listings, by id. */
    public Collection<Versioned<Integration>> listings() {
        return listings.values().stream()
                .flatMap(record -> typed(record, Integration.class).stream())
                .toList();
    }

    /** Whether a connection takes payments: it was installed, and no operator has disconnected it. */
    public boolean connected(String connection) {
        return integration(ConnectionMarks.installed(connection)).isPresent() && !disconnected(connection);
    }

    /** Whether an operator has disconnected a connection. */
    public boolean disconnected(String connection) {
        return integration(ConnectionMarks.disconnected(connection)).isPresent();
    }

    /**
     * Registers how many records were passed over.
     *
     * @param stage label: whose directory it is
     */
    public void measure(MeterRegistry meters, String stage) {
        tail.measure(meters, stage, Topics.MERCHANTS.name());
    }

    @Override
    public String name() {
        return "merchants";
    }

    @Override
    public void start() {
        tail.start();
    }

    @Override
    public boolean ready() {
        return tail.caughtUp();
    }

    @Override
    public String notReadyBecause() {
        return ready() ? "" : "The merchants topic has not been read to its end yet.";
    }

    @Override
    public void close() {
        tail.close();
    }

    private <B> Optional<Versioned<B>> find(String key, Class<B> type) {
        return Optional.ofNullable(records.get(key)).flatMap(record -> typed(record, type));
    }

    private static <B> Optional<Versioned<B>> typed(MerchantRecord record, Class<B> type) {
        return type.isInstance(record.getBody())
                ? Optional.of(new Versioned<>(record, type.cast(record.getBody())))
                : Optional.empty();
    }

    /** Takes a record; one that cannot be read is passed over by the tail, and the former one stays in force. */
    private void receive(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            records.remove(record.key());
            listings.remove(record.key());
            return;
        }
        MerchantRecord merchant = codec.decode(record.value(), schemas);
        if (!MerchantKeys.key(merchant).equals(record.key())) {
            throw new UndecodableException("the record is not the one its key names");
        }
        records.put(record.key(), merchant);
        if (merchant.getBody() instanceof Integration integration && IntegrationKind.PUBLIC.of(integration)) {
            listings.put(record.key(), merchant);
        } else {
            listings.remove(record.key());
        }
    }
}
