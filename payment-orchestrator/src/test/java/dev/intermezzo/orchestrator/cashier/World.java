package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.sandbox.cashier.BackOffice;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.OpenPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** A broker, a simulated Cashier and a running executor between them. */
final class World implements AutoCloseable {
    static final String ACCOUNT = "account";
    /** An account whose Cashier takes connections and says nothing. */
    static final String HANGING = "hanging";

    static final String MERCHANT = "merchant";
    private static final String COMPANY_TOKEN = "company-token-of-the-test";
    private static final String USER_TOKEN_SECRET = "user-token-secret-of-the-test-32b";

    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Topics.DEFAULT_PREFIX, "test");
    private final Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
    private final Map<String, CashierResult> results = new ConcurrentHashMap<>();
    final SealingKeys keys = SealingKeys.generate();
    final SimulatedCashier cashier;
    private final ServerSocket silence = silence();
    private final TopicTail tail;
    private final CashierExecutorService executor;

    World(CashierSettings settings) {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(Topics.ALL);
        }
        cashier = SimulatedCashier.start(
                dev.intermezzo.sandbox.cashier.CashierSettings.of(0, COMPANY_TOKEN, USER_TOKEN_SECRET),
                new BackOffice(URI.create("http://127.0.0.1:9/webhooks"), URI.create("http://127.0.0.1:9/back"), null),
                InstantSource.system(),
                new Random(1));
        publish(account(COMPANY_TOKEN, ACCOUNT, cashier.base()));
        publish(account("another-token", "wrong-token", cashier.base()));
        publish(account(COMPANY_TOKEN, HANGING, URI.create("http://127.0.0.1:" + silence.getLocalPort())));
        publish(merchant(MERCHANT, true));
        publish(merchant("disabled", false));
        tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "test-results"),
                kafka.topic(Topics.CASHIER_RESULTS),
                TopicTail.From.BEGINNING,
                this::received);
        tail.start();
        executor = new CashierExecutorService(
                settings, kafka, keys, AddressPolicy.allowingLoopback(), InstantSource.system());
        executor.start();
    }

    boolean ready() {
        return executor.ready();
    }

    Map<String, CashierResult> results() {
        return results;
    }

    /** A command for a new payment; changed by the caller as a test needs. */
    CashierCommand.Builder command(BuyerDetails buyer) {
        String payment = Ids.payment("shop", UUID.randomUUID().toString());
        SealedBuyer sealed =
                new BuyerSealer(keys).seal(payment, BuyerDetailsJson.PURPOSE, BuyerDetailsJson.write(buyer));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return CashierCommand.newBuilder()
                .setId(Ids.decided(payment, 1, 1))
                .setPaymentId(payment)
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(now)
                .setAttempt(1)
                .setProvider("PAYONE")
                .setAccount(ACCOUNT)
                .setAmount(new Money(new BigDecimal("10.00"), "CAD"))
                .setSettings(List.of())
                .setUserIdPerAttempt(false)
                .setNotAfter(now.plus(Duration.ofMinutes(2)))
                .setBuyer(List.of(sealed.data()))
                .setBuyerKeys(List.of(sealed.key()))
                .setBody(new OpenPage((String) null));
    }

    void send(CashierCommand command) {
        new TypedProducer<CashierCommand>(producer, kafka)
                .send(Topics.CASHIER_COMMANDS, command.getPaymentId(), command)
                .join();
    }

    @Override
    public void close() {
        executor.close();
        tail.close();
        cashier.close();
        producer.close();
        broker.close();
        try {
            silence.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket silence() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void received(ConsumerRecord<String, byte[]> record) {
        CashierResult result = Codec.of(CashierResult.class).decode(record.value(), WriterSchemas.compiledIn());
        results.put(result.getCommandId(), result);
    }

    void publish(MerchantRecord record) {
        new TypedProducer<MerchantRecord>(producer, kafka)
                .send(Topics.MERCHANTS, MerchantKeys.key(record), record)
                .join();
    }

    private MerchantRecord account(String companyToken, String id, URI base) {
        SecretSealer secrets = new SecretSealer(keys);
        String owner = MerchantKeys.account(id);
        return record(
                id,
                CashierAccount.newBuilder()
                        .setBaseUrl(base.toString())
                        .setSecrets(List.of(
                                secrets.seal(owner, "company-token", "1", utf8(companyToken)),
                                secrets.seal(owner, "user-token-secret", "1", utf8(USER_TOKEN_SECRET))))
                        .setWebhookTokenDigests(List.of())
                        .setProviders(List.of(new AccountProvider("PAYONE", List.of(), List.of(), List.of())))
                        .build());
    }

    private static MerchantRecord merchant(String id, boolean enabled) {
        return record(
                id,
                Merchant.newBuilder()
                        .setName(id)
                        .setAccount(ACCOUNT)
                        .setEnabled(enabled)
                        .setTestShop(true)
                        .setRoutes(List.of())
                        .setOrderTimeSeconds(86_400)
                        .setNoWord(NoWordPolicy.FAILED)
                        .setBuyerChooses(false)
                        .build());
    }

    static MerchantRecord record(String id, SpecificRecordBase body) {
        return MerchantRecord.newBuilder()
                .setId(id)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setRevision("1")
                .setBody(body)
                .build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
