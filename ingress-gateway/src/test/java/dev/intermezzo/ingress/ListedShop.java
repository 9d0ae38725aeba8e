package dev.intermezzo.ingress;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.merchants.ConnectionMarks;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PublicListing;
import dev.intermezzo.sandbox.shop.ShopSettings;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * An edge with a public listing that two merchants are connected to, and a simulated shop of the first with its Mozello.
 * Everything is of this world alone: its tests change how connections stand.
 */
final class ListedShop implements AutoCloseable {

    static final String LISTING = "our-listing";
    static final String GLOBAL_KEY = "TEST-global-key-of-the-listing";
    static final String FIRST = "first-connection";
    static final String FIRST_SECRET = "TEST-secret-of-the-first-merchant";
    static final String SECOND = "second-connection";
    static final String SECOND_SECRET = "TEST-secret-of-the-second-merchant";
    static final PublicListing ENTERED = new PublicListing(GLOBAL_KEY, FIRST, FIRST_SECRET);

    final SimulatedShop shop;
    final World world;
    final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    /** Revisions of the marks that connections are installed, in the order in which they were written. */
    final List<String> installations = new CopyOnWriteArrayList<>();

    private final TopicTail tail;
    private final TopicTail marks;
    private final SecretSealer sealer;

    ListedShop(EmbeddedBroker broker) {
        shop = SimulatedShop.start(
                ShopSettings.of(0, "unused", "TEST-key-of-a-private-shop").using(ENTERED),
                URI.create("http://127.0.0.1:1"),
                InstantSource.system(),
                new Random());
        world = new World(
                broker,
                Map.of(
                        "mozello.api", shop.api().toString(),
                        "mozello.api-deadline", "10s",
                        "ingress.checkout-deadline", "10s",
                        "ingress.view-wait", "9s",
                        "ingress.webhook-deadline", "8s",
                        "sandbox.loopback", "true"));
        shop.payThrough(URI.create("http://127.0.0.1:" + world.edge.port()));
        sealer = new SecretSealer(world.keys);
        Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
        tail = new TopicTail(
                () -> KafkaClients.tail(world.kafka, "test"),
                world.kafka.topic(Topics.DEAD_LETTERS),
                TopicTail.From.BEGINNING,
                record -> letters.add(codec.decode(record.value(), WriterSchemas.compiledIn())));
        tail.start();
        Codec<MerchantRecord> merchants = Codec.of(MerchantRecord.class);
        marks = new TopicTail(
                () -> KafkaClients.tail(world.kafka, "test"),
                world.kafka.topic(Topics.MERCHANTS),
                TopicTail.From.BEGINNING,
                record -> {
                    if (record.value() != null && record.key().startsWith("integration:installed~")) {
                        installations.add(merchants
                                .decode(record.value(), WriterSchemas.compiledIn())
                                .getRevision());
                    }
                });
        marks.start();
        publish(LISTING, "PUBLIC", "", "mozello-key", GLOBAL_KEY, Environment.SANDBOX);
        publish(FIRST, "CONNECTION", TestMerchants.SHOP, "connection-secret", FIRST_SECRET, Environment.SANDBOX);
        publish(SECOND, "CONNECTION", TestMerchants.EURO_SHOP, "connection-secret", SECOND_SECRET, Environment.SANDBOX);
        world.publish(ConnectionMarks.mark(
                ConnectionMarks.installed(SECOND), Environment.SANDBOX, Instant.now(), "operator"));
        // The edge follows the topic; its order is the order of these records only within a partition.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::isListingKnown);
    }

    void publish(String id, String kind, String merchant, String purpose, String secret, Environment environment) {
        Integration integration = Integration.newBuilder()
                .setMerchant(merchant)
                .setKind(kind)
                .setSecrets(List.of(sealer.seal(
                        MerchantKeys.integration(id), purpose, "main", secret.getBytes(StandardCharsets.UTF_8))))
                .setInvoicePattern("M-\\d{10}-\\d{10}")
                .setFormLayout("order_uuid,invoice_id,amount,currency")
                .setCurrencies(List.of("CAD", "EUR"))
                .setNotifyHosts(List.of("www.mozello.com"))
                .setShopHosts(List.of("shop.example"))
                .setPhoneField("billing_phone")
                .build();
        world.publish(new MerchantRecord(id, environment, Instant.EPOCH, "r1", integration));
    }

    /** The owner installs, until the edge has heard of it. */
    void connected() {
        shop.enter(ENTERED);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> post(newOrder()).statusCode(), status -> status == 303);
    }

    OrderSnapshot newOrder() {
        Buyer buyer = Buyer.example("anna@example.com").withPhone("+14165550123");
        return shop.newListedOrder(new BigDecimal("149.90"), "CAD", buyer, FaultPlan.NONE);
    }

    /** Brings an order's form as a buyer's browser does. */
    HttpResponse<String> post(OrderSnapshot order) {
        return post(shop.signedForm(order).encoded());
    }

    HttpResponse<String> post(String form) {
        return world.http.post("/mozello/checkout", EdgeClient.FORM, form, "Accept", "application/problem+json");
    }

    /** The checkouts of an order that were published, whatever connection they were taken for. */
    List<CheckoutReceived> published(OrderSnapshot order) {
        for (String connection : List.of(FIRST, SECOND, LISTING, TestMerchants.SHOP)) {
            world.awaitQuiet(connection + '~' + order.uuid());
        }
        return world.events.stream()
                .filter(event -> event.getPaymentId().endsWith('~' + order.uuid()))
                .map(event -> event.getBody())
                .filter(CheckoutReceived.class::isInstance)
                .map(CheckoutReceived.class::cast)
                .toList();
    }

    /** A form of this order's, with whatever else it says, signed with the global key. */
    static Order formOf(OrderSnapshot order) {
        return Order.fresh().with("order_uuid", order.uuid()).with("invoice_id", order.invoice());
    }

    private boolean isListingKnown() {
        HttpResponse<String> answer = post(newOrder());
        // Until then no key is known, or no connection.
        return answer.statusCode() == 303 || answer.body().contains("connection-not-active");
    }

    @Override
    public void close() {
        tail.close();
        marks.close();
        world.close();
        shop.close();
    }
}
