package dev.intermezzo.runtime.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.Broker;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class MerchantDirectoryTest {
    private final KafkaSettings kafka;

    MerchantDirectoryTest(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void createTopic() {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(List.of(Topics.MERCHANTS));
        }
    }

    @Test
    void what_was_written_before_is_there_when_it_is_ready() {
        write(account("sandbox-account", "r1"));
        write(integration("demo-shop", "r1"));
        try (MerchantDirectory directory = started()) {
            assertThat(directory.account("sandbox-account")).hasValueSatisfying(account -> {
                assertThat(account.revision()).isEqualTo("r1");
                assertThat(account.environment()).isEqualTo(Environment.SANDBOX);
                assertThat(account.body().getBaseUrl()).isEqualTo("https://cashier.example");
            });
            assertThat(directory.integrations()).extracting(Versioned::id).containsExactly("demo-shop");
            assertThat(directory.merchant("demo-shop")).isEmpty();
            assertThat(directory.account("demo-shop")).isEmpty();
        }
    }

    @Test
    void edits_and_removals_are_followed() {
        write(account("sandbox-account", "r1"));
        try (MerchantDirectory directory = started()) {
            write(account("sandbox-account", "r2"));
            await().until(() -> directory
                    .account("sandbox-account")
                    .filter(account -> account.revision().equals("r2"))
                    .isPresent());

            try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
                new TypedProducer<MerchantRecord>(producer, kafka)
                        .forget(Topics.MERCHANTS, MerchantKeys.account("sandbox-account"))
                        .join();
            }
            await().until(() -> directory.account("sandbox-account").isEmpty());
        }
    }

    @Test
    void a_record_that_cannot_be_read_leaves_the_former_one_in_force() throws Exception {
        write(account("sandbox-account", "r1"));
        try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            producer.send(new ProducerRecord<>(
                            kafka.topic(Topics.MERCHANTS), MerchantKeys.account("sandbox-account"), new byte[] {1, 2}))
                    .get();
            new TypedProducer<MerchantRecord>(producer, kafka)
                    .send(Topics.MERCHANTS, MerchantKeys.account("sandbox-account"), account("another", "r9"))
                    .join();
        }

        MeterRegistry meters = new SimpleMeterRegistry();
        try (MerchantDirectory directory = started()) {
            directory.measure(meters, "test");
            assertThat(directory.account("sandbox-account"))
                    .hasValueSatisfying(
                            account -> assertThat(account.revision()).isEqualTo("r1"));
            assertThat(directory.account("another")).isEmpty();
        }
        assertThat(meters.get("intermezzo.records.passed.over")
                        .tag("stage", "test")
                        .tag("topic", "merchants")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void listings_are_told_apart_from_shops_and_followed() {
        write(integration("our-listing", "r1", "PUBLIC"));
        write(integration("demo-shop", "r1", "PRIVATE"));
        try (MerchantDirectory directory = started()) {
            assertThat(directory.listings()).extracting(Versioned::id).containsExactly("our-listing");

            write(integration("our-listing", "r2", "PRIVATE"));

            await().until(() -> directory.listings().isEmpty());
            assertThat(directory.integration("our-listing")).isPresent();
        }
    }

    @Test
    void a_connection_takes_payments_from_its_installation_until_an_operator_disconnects_it() {
        write(integration("shop-a", "r1", "CONNECTION"));
        try (MerchantDirectory directory = started()) {
            assertThat(directory.connected("shop-a")).isFalse();

            write(ConnectionMarks.mark(
                    ConnectionMarks.installed("shop-a"), Environment.SANDBOX, Instant.EPOCH, "install"));
            await().until(() -> directory.connected("shop-a"));
            write(ConnectionMarks.mark(
                    ConnectionMarks.disconnected("shop-a"), Environment.SANDBOX, Instant.EPOCH, "operator"));
            await().until(() -> !directory.connected("shop-a"));
            // A later installation lifts nothing.
            write(ConnectionMarks.mark(
                    ConnectionMarks.installed("shop-a"), Environment.SANDBOX, Instant.EPOCH, "again"));
            await().until(() -> directory
                    .integration(ConnectionMarks.installed("shop-a"))
                    .filter(mark -> mark.revision().equals("again"))
                    .isPresent());

            assertThat(directory.connected("shop-a")).isFalse();
            assertThat(directory.disconnected("shop-a")).isTrue();
            assertThat(directory.connected("shop-b")).isFalse();
        }
    }

    @Test
    void a_listings_key_is_told_from_a_shops_by_its_name() {
        ListingKeyId id = new ListingKeyId("our-listing", "key-1");

        assertThat(ListingKeyId.parse(id.text())).contains(id);
        assertThat(ListingKeyId.parse("key-1")).isEmpty();
    }

    private MerchantDirectory started() {
        MerchantDirectory directory = new MerchantDirectory(kafka, WriterSchemas.compiledIn());
        assertThat(directory.ready()).isFalse();
        assertThat(directory.notReadyBecause()).isNotEmpty();
        directory.start();
        await().until(directory::ready);
        assertThat(directory.notReadyBecause()).isEmpty();
        return directory;
    }

    private void write(MerchantRecord record) {
        try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            TypedProducer<MerchantRecord> typed = new TypedProducer<>(producer, kafka);
            typed.warmUp(Topics.MERCHANTS);
            typed.send(Topics.MERCHANTS, MerchantKeys.key(record), record).join();
        }
    }

    private static MerchantRecord account(String id, String revision) {
        CashierAccount account = CashierAccount.newBuilder()
                .setBaseUrl("https://cashier.example")
                .setSecrets(List.of())
                .setWebhookTokenDigests(List.of())
                .setProviders(List.of())
                .build();
        return record(id, revision, account);
    }

    private static MerchantRecord integration(String id, String revision) {
        return integration(id, revision, "PRIVATE");
    }

    private static MerchantRecord integration(String id, String revision, String kind) {
        Integration integration = Integration.newBuilder()
                .setMerchant("demo-shop")
                .setKind(kind)
                .setSecrets(List.of())
                .setInvoicePattern("M-\\d{10}-\\d{10}")
                .setFormLayout("documented")
                .setCurrencies(List.of("CAD"))
                .setNotifyHosts(List.of("www.mozello.com"))
                .setShopHosts(List.of("shop.example"))
                .build();
        return record(id, revision, integration);
    }

    private static MerchantRecord record(String id, String revision, Object body) {
        return new MerchantRecord(id, Environment.SANDBOX, Instant.EPOCH, revision, body);
    }
}
