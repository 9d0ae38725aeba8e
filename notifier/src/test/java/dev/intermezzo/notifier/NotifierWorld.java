package dev.intermezzo.notifier;

import dev.intermezzo.notifier.schedule.SchedulePolicy;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.StreamsSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.ShopSettings;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import dev.intermezzo.sandbox.web.Listening;
import dev.intermezzo.schemas.AvroSerde;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** A broker, simulated shops and the notifier's two services, which meet in topics only. */
final class NotifierWorld implements AutoCloseable {

    private static final InstantSource CLOCK = InstantSource.system();

    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "test.", "one");
    private final SealingKeys keys = SealingKeys.generate();
    private final Producer<String, byte[]> producer;
    private final Map<String, SimulatedShop> shops = new HashMap<>();
    private final AtomicInteger sequence = new AtomicInteger();
    private final ScheduleSettings scheduleSettings;
    private final SenderSettings senderSettings;
    private ScheduleService schedule;
    private SenderService sender;

    /** @param delays the waits between attempts, short enough for a test */
    NotifierWorld(Path stateDir, List<Duration> delays, Duration deadline) {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            Set<Topic<?>> wanted = new LinkedHashSet<>(ScheduleService.TOPICS);
            wanted.addAll(SenderService.TOPICS);
            if (!topics.apply(wanted).isEmpty()) {
                throw new IllegalStateException("the topics could not be made");
            }
        }
        producer = KafkaClients.producer(kafka, "test");
        scheduleSettings =
                new ScheduleSettings(stateDir, SchedulePolicy.standard().withDelays(delays), StreamsSettings.sandbox());
        SenderSettings usual = SenderSettings.defaults();
        senderSettings = new SenderSettings(deadline, usual.encoding(), usual.hosts(), usual.pump());
        schedule = newSchedule();
        sender = newSender();
    }

    void startServices() {
        schedule.start();
        sender.start();
    }

    void restartServices() {
        sender.close();
        schedule.close();
        schedule = newSchedule();
        sender = newSender();
        startServices();
    }

    boolean ready() {
        return schedule.ready() && sender.ready();
    }

    /** A shop whose key and notify host are in the merchants topic. */
    SimulatedShop openShop(String id) {
        String key = "MZL-P-0-invented-" + id;
        SimulatedShop shop = SimulatedShop.start(
                new ShopSettings(Listening.onLoopback(0), id, key, id, Duration.ofSeconds(3)),
                URI.create("http://127.0.0.1:1"),
                CLOCK,
                new Random(id.hashCode()));
        shops.put(id, shop);
        Integration body = Integration.newBuilder()
                .setMerchant(id)
                .setKind("PRIVATE")
                .setSecrets(List.of(new SecretSealer(keys)
                        .seal("integration:" + id, "mozello-key", "key-1", key.getBytes(StandardCharsets.UTF_8))))
                .setInvoicePattern("M-[0-9]+-[0-9]+")
                .setFormLayout("documented")
                .setCurrencies(List.of("CAD"))
                .setNotifyHosts(List.of(shop.base().getAuthority()))
                .setShopHosts(List.of())
                .build();
        new TypedProducer<MerchantRecord>(producer, kafka)
                .send(
                        Topics.MERCHANTS,
                        "integration:" + id,
                        new MerchantRecord(id, Environment.SANDBOX, now(), "r1", body))
                .join();
        return shop;
    }

    OrderSnapshot newOrder(SimulatedShop shop, FaultPlan faults) {
        return shop.newOrder(new BigDecimal("10.00"), "CAD", faults);
    }

    /** Asks, as the orchestrator does, for the shop to be told; returns the request's id. */
    String tell(String shopId, OrderSnapshot order, NotifyStatus status, boolean checkPending) {
        String payment = shopId + "~" + order.uuid();
        String id = payment + "#" + sequence.incrementAndGet() + ".0";
        SimulatedShop shop = Objects.requireNonNull(shops.get(shopId), "no such shop");
        NotificationRequest request = new NotificationRequest(
                id,
                payment,
                shopId,
                Environment.SANDBOX,
                now(),
                shopId,
                order.uuid(),
                shop.base() + "/notify/" + shopId,
                status,
                checkPending,
                "key-1",
                null);
        new TypedProducer<NotificationRequest>(producer, kafka)
                .send(Topics.NOTIFICATION_REQUESTS, payment, request)
                .join();
        return id;
    }

    /** Everything committed on a topic so far. */
    <T extends SpecificRecordBase> List<T> read(Topic<T> topic) {
        Deserializer<T> deserializer = new AvroSerde<>(topic, WriterSchemas.compiledIn()).deserializer();
        List<T> values = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = KafkaClients.tail(kafka, "test-reader")) {
            List<TopicPartition> partitions = consumer.partitionsFor(kafka.topic(topic)).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(deserializer.deserialize(record.topic(), record.value()));
                }
            }
        }
        return values;
    }

    @Override
    public void close() {
        sender.close();
        schedule.close();
        producer.close();
        shops.values().forEach(SimulatedShop::close);
        broker.close();
    }

    private ScheduleService newSchedule() {
        return new ScheduleService(scheduleSettings, kafka, keys, CLOCK);
    }

    private SenderService newSender() {
        return new SenderService(senderSettings, kafka, keys, AddressPolicy.allowingLoopback(), CLOCK);
    }

    private static Instant now() {
        return CLOCK.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
