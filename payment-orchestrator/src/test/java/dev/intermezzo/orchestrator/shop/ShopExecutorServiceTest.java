package dev.intermezzo.orchestrator.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CompareOrder;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.ShopUnreachable;
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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

/** The executor with a broker and a shop that takes connections and says nothing. */
class ShopExecutorServiceTest {
    private static final String HANGING = "hanging-shop";
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(15);

    private final SealingKeys keys = SealingKeys.generate();
    private final Map<String, ShopResult> results = new ConcurrentHashMap<>();

    @Test
    void a_shop_that_hangs_slows_nobody_else() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                ServerSocket silence = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Topics.DEFAULT_PREFIX, "test");
            try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
                topics.apply(Topics.ALL);
            }
            ShopSettings narrow = new ShopSettings(
                    URI.create("http://127.0.0.1:" + silence.getLocalPort() + "/"),
                    CALL_DEADLINE,
                    PumpSettings.defaults().withMaxInFlight(8));
            try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
                    ShopExecutorService executor = new ShopExecutorService(
                            narrow, kafka, keys, AddressPolicy.allowingLoopback(), InstantSource.system());
                    TopicTail tail = results(kafka)) {
                new TypedProducer<MerchantRecord>(producer, kafka)
                        .send(Topics.MERCHANTS, MerchantKeys.integration(HANGING), hangingShop())
                        .join();
                executor.start();
                tail.start();
                await().atMost(Duration.ofSeconds(30)).until(executor::ready);
                TypedProducer<ShopCommand> commands = new TypedProducer<>(producer, kafka);
                for (int n = 0; n < 20; n++) {
                    commands.send(Topics.SHOP_COMMANDS, HANGING, command(HANGING))
                            .join();
                }
                ShopCommand other = command("another-shop");

                commands.send(Topics.SHOP_COMMANDS, "another-shop", other).join();

                ShopResult result = await().atMost(CALL_DEADLINE.dividedBy(2))
                        .until(() -> results.get(other.getId()), Objects::nonNull);
                assertThat(result.getBody()).isEqualTo(new ShopUnreachable("integration-unknown"));
                assertThat(results).as("the others still hang").hasSize(1);
            }
        }
    }

    private TopicTail results(KafkaSettings kafka) {
        return new TopicTail(
                () -> KafkaClients.tail(kafka, "test-results"),
                kafka.topic(Topics.SHOP_RESULTS),
                TopicTail.From.BEGINNING,
                record -> {
                    ShopResult result = Codec.of(ShopResult.class).decode(record.value(), WriterSchemas.compiledIn());
                    results.put(result.getCommandId(), result);
                });
    }

    private static ShopCommand command(String shop) {
        String payment = Ids.payment(shop, UUID.randomUUID().toString());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new ShopCommand(
                Ids.decided(payment, 1, 1),
                payment,
                shop,
                Environment.SANDBOX,
                now,
                now.plusSeconds(30),
                new CompareOrder("M-1", new Money(new BigDecimal("10.0000"), "EUR")));
    }

    private MerchantRecord hangingShop() {
        Integration shop = Integration.newBuilder()
                .setMerchant(HANGING)
                .setKind("PRIVATE")
                .setSecrets(List.of(new SecretSealer(keys)
                        .seal(
                                MerchantKeys.integration(HANGING),
                                StoreApiKey.PURPOSE,
                                "main",
                                "key".getBytes(StandardCharsets.UTF_8))))
                .setInvoicePattern("")
                .setFormLayout("")
                .setCurrencies(List.of("EUR"))
                .setNotifyHosts(List.of())
                .setShopHosts(List.of())
                .build();
        return new MerchantRecord(HANGING, Environment.SANDBOX, Instant.EPOCH, "r1", shop);
    }
}
