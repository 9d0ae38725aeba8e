package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.http.Listening;
import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.views.PaymentViews;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RenewableProducer;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.ApiRequest;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The role {@code merchant-api}, a process of its own beside the edge: a merchant's system reads its payments and asks for
 * refunds and other pay-outs. It holds no keyset, and reaches nobody but Kafka. It listens once it knows the merchants, hears the views and has
 * read every request that was kept, so that a repeat is never taken for a first.
 */
public final class MerchantApiService implements Stage {

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS = List.of(
            Topics.PAYMENT_EVENTS, Topics.OPERATOR_ACTS, Topics.API_REQUESTS, Topics.PAYMENT_VIEWS, Topics.MERCHANTS);

    private static final String STAGE = "merchant-api";
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);

    private final SchemaTopic schemas;
    private final MerchantDirectory merchants;
    private final PaymentViews views;
    private final RenewableProducer producer;
    private final TypedProducer<PaymentEvent> events;
    private final TypedProducer<OperatorAct> acts;
    private final TypedProducer<ApiRequest> asked;
    private final KeptRequests requests;
    private final ApiServer server;
    private final Listening listening = new Listening("merchant API");

    public MerchantApiService(MerchantApiSettings settings, KafkaSettings kafka, InstantSource clock) {
        this.schemas = new SchemaTopic(kafka);
        this.merchants = new MerchantDirectory(kafka, schemas);
        this.views = new PaymentViews(kafka, schemas);
        this.producer = new RenewableProducer(kafka, STAGE);
        this.events = new TypedProducer<>(producer, kafka);
        this.acts = new TypedProducer<>(producer, kafka);
        this.asked = new TypedProducer<>(producer, kafka);
        this.requests = new KeptRequests(kafka, schemas, asked, settings.maxKeptRequests(), clock);
        // It seals nothing, so of the publisher's two producers the one for buyers' keys is never used.
        EventPublisher publisher = new EventPublisher(events, new TypedProducer<>(producer, kafka), clock);
        PaymentLookup payments = new PaymentLookup(new Shops(merchants), views, publisher, settings.answerWait());
        RefundActs decided = new RefundActs(acts, views, requests);
        this.server = new ApiServer(
                settings,
                new ApiKeys(merchants),
                new KeyRates(settings.requestsPerSecond(), System::nanoTime),
                new ReadHandlers(payments, requests),
                new RefundHandler(
                        ProviderCatalogue.bundled(), payments, requests, decided, clock, settings.answerWait()),
                new PayOutHandler(payments, requests, decided, clock, settings.answerWait()));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public String name() {
        return STAGE;
    }

    @Override
    public void measure(MeterRegistry meters) {
        server.measure(meters);
        schemas.measure(meters, STAGE);
        merchants.measure(meters, STAGE);
        views.measure(meters, STAGE);
        requests.measure(meters, STAGE);
    }

    @Override
    public void start() {
        listening.begin();
        schemas.start();
        merchants.start();
        views.start();
        requests.start();
        listening.listenWhen(
                this::prepare, () -> merchants.ready() && views.ready() && requests.ready(), server::start);
    }

    /** Publishes the schemas and fetches the producers' metadata. */
    private void prepare() {
        schemas.publish();
        events.warmUp(Topics.PAYMENT_EVENTS);
        acts.warmUp(Topics.OPERATOR_ACTS);
        asked.warmUp(Topics.API_REQUESTS);
    }

    @Override
    public boolean ready() {
        return listening.isListening();
    }

    @Override
    public String notReadyBecause() {
        return listening.notListeningBecause(() -> merchants.ready()
                ? "The views or the kept requests are not followed yet."
                : merchants.notReadyBecause());
    }

    @Override
    public boolean alive() {
        return !listening.hasFailed();
    }

    /** What is being served is finished before that is closed which it is served with. */
    @Override
    public void close() {
        if (!listening.end(Duration.ZERO, server::stop)) {
            return;
        }
        producer.close(LAST_SENDS);
        requests.close();
        views.close();
        merchants.close();
        schemas.close();
    }
}
