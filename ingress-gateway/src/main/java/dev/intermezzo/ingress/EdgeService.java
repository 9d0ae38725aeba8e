package dev.intermezzo.ingress;

import dev.intermezzo.ingress.checkout.BuyerAnswers;
import dev.intermezzo.ingress.checkout.CheckoutAcceptance;
import dev.intermezzo.ingress.checkout.CheckoutHandler;
import dev.intermezzo.ingress.checkout.FormRules;
import dev.intermezzo.ingress.checkout.PaymentPlanner;
import dev.intermezzo.ingress.checkout.PublicCheckoutHandler;
import dev.intermezzo.ingress.checkout.ReturnAddresses;
import dev.intermezzo.ingress.http.Guarded;
import dev.intermezzo.ingress.http.Listening;
import dev.intermezzo.ingress.listing.InstallHandler;
import dev.intermezzo.ingress.pages.Assets;
import dev.intermezzo.ingress.pages.DetailsPages;
import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.PaymentPages;
import dev.intermezzo.ingress.pages.RefusalPages;
import dev.intermezzo.ingress.pages.Renderer;
import dev.intermezzo.ingress.pages.ReturnPages;
import dev.intermezzo.ingress.pay.BuyerActs;
import dev.intermezzo.ingress.pay.LanguageSwitch;
import dev.intermezzo.ingress.pay.PageComposer;
import dev.intermezzo.ingress.pay.PayPage;
import dev.intermezzo.ingress.pay.SharedTries;
import dev.intermezzo.ingress.pay.StatePoll;
import dev.intermezzo.ingress.pay.Visits;
import dev.intermezzo.ingress.pay.VoucherIntake;
import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.ProviderPages;
import dev.intermezzo.ingress.payments.ShopAddress;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.returns.ReturnHandler;
import dev.intermezzo.ingress.spool.WebhookOutbox;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.verification.UserVerificationHandler;
import dev.intermezzo.ingress.views.PaymentViews;
import dev.intermezzo.ingress.views.PipelineDelay;
import dev.intermezzo.ingress.views.ViewRequests;
import dev.intermezzo.ingress.webhook.StoreNotificationHandler;
import dev.intermezzo.ingress.webhook.StoreNotificationRecords;
import dev.intermezzo.ingress.webhook.WebhookGate;
import dev.intermezzo.ingress.webhook.WebhookHandler;
import dev.intermezzo.ingress.webhook.WebhookRecords;
import dev.intermezzo.partners.mozarto.MerchantReference;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RenewableProducer;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.sealing.AddressNames;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.IdentityKeys;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.sealing.SessionKeys;
import dev.intermezzo.runtime.sealing.SpoolSealer;
import dev.intermezzo.runtime.sealing.TokenSealer;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.PaymentEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The role {@code edge} of the ingress: checkouts, webhooks and buyers' pages over HTTP on one side, topics on the other.
 * It decides nothing about a payment. It listens once it knows the merchants and hears the views, so that nobody who
 * reaches it is refused for its own start.
 */
public final class EdgeService implements Stage {

    /** The keysets this role holds: it seals what buyers say and cannot open it. */
    public static final Set<Keyset> KEYSETS = EnumSet.of(
            Keyset.MERCHANT_SECRETS,
            Keyset.REDIRECTS,
            Keyset.REFERENCES,
            Keyset.TOKENS,
            Keyset.SESSIONS,
            Keyset.EXECUTOR_PUBLIC,
            Keyset.VAULT_PUBLIC);

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS = List.of(
            Topics.PAYMENT_EVENTS,
            Topics.BUYER_KEYS,
            Topics.WEBHOOK_INBOX,
            Topics.PAYMENT_VIEWS,
            Topics.MERCHANTS,
            Topics.VOUCHER_TRIES,
            Topics.DEAD_LETTERS);

    /** What is still unsent when the edge closes was answered 503 already. */
    private static final Duration LAST_SENDS = Duration.ofSeconds(2);

    private final SchemaTopic schemas;
    private final MerchantDirectory merchants;
    private final PipelineDelay delay;
    private final PaymentViews views;
    private final SharedTries tries;
    private final RenewableProducer producer;
    private final TypedProducer<PaymentEvent> events;
    private final TypedProducer<BuyerKey> keys;
    private final WebhookOutbox outbox;
    private final KafkaSettings kafka;
    private final EdgeSettings.Stop stop;
    private final TypedProducer<PaymentEvent> webhookEvents;
    private final TypedProducer<InboxWebhook> inbox;
    private final PublicListing listing;
    private final EdgeServer server;
    private final Listening listening = new Listening("edge");

    /**
     * @param sealing at least {@link #KEYSETS}
     */
    public EdgeService(EdgeSettings settings, KafkaSettings kafka, SealingKeys sealing, InstantSource clock) {
        SealingKeys held = sealing.only(KEYSETS);
        this.schemas = new SchemaTopic(kafka);
        this.merchants = new MerchantDirectory(kafka, schemas);
        this.delay = new PipelineDelay(settings.mostBehind(), settings.answerWithin(), clock);
        this.views = new PaymentViews(kafka, schemas, view -> delay.answered(view.getPaymentId(), view.getAnswers()));
        this.producer = new RenewableProducer(kafka, "ingress");
        this.events = new TypedProducer<>(producer, kafka);
        this.keys = new TypedProducer<>(producer, kafka);
        this.tries = new SharedTries(
                kafka,
                schemas,
                new TypedProducer<>(producer, kafka),
                new AddressNames(held)::of,
                settings.limits().maxVoucherTries(),
                clock);
        RenewableProducer webhooks = new RenewableProducer(kafka, "ingress-webhooks");
        this.webhookEvents = new TypedProducer<>(webhooks, kafka);
        this.inbox = new TypedProducer<>(webhooks, kafka);
        this.outbox = new WebhookOutbox(settings.spool(), webhooks, new SpoolSealer(held), clock);
        this.listing = new PublicListing(settings, kafka, producer, merchants, held, clock);
        this.kafka = kafka;
        this.stop = settings.stop();

        Assets assets = Assets.load();
        Renderer renderer = new Renderer(assets);
        this.server = new EdgeServer(
                settings,
                new Responder(new RefusalPages(renderer), assets.styleSource(), settings.https()),
                handlers(settings, held, clock, assets, renderer));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public String name() {
        return "ingress";
    }

    @Override
    public List<String> notes() {
        return outbox.notes();
    }

    @Override
    public void measure(MeterRegistry meters) {
        server.measure(meters);
        outbox.measure(meters);
        listing.measure(meters);
        schemas.measure(meters, name());
        merchants.measure(meters, name());
        views.measure(meters, name());
        tries.measure(meters, name());
        Gauge.builder(
                        "intermezzo.ingress.pipeline.delay",
                        delay,
                        pipeline -> pipeline.oldest().toMillis() / 1000.0)
                .description("Age of the oldest fact of a buyer that the orchestrator has not answered.")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("intermezzo.ingress.unanswered", delay, PipelineDelay::unanswered)
                .description("Facts of buyers that the orchestrator has not answered.")
                .register(meters);
        shed(meters, "pipeline-behind", PipelineDelay::turnedAwayBehind);
        shed(meters, "pipeline-full", PipelineDelay::turnedAwayFull);
    }

    private void shed(MeterRegistry meters, String kind, ToDoubleFunction<PipelineDelay> turnedAway) {
        FunctionCounter.builder("intermezzo.ingress.shed", delay, turnedAway)
                .description("Requests for which there was no place: 503.")
                .tag("kind", kind)
                .register(meters);
    }

    @Override
    public void start() {
        listening.begin();
        schemas.start();
        merchants.start();
        views.start();
        tries.start();
        outbox.start();
        listening.listenWhen(this::prepare, () -> merchants.ready() && views.ready() && tries.ready(), server::start);
    }

    /** Publishes the schemas and fetches the producers' metadata. */
    private void prepare() {
        schemas.publish();
        delay.begin(events.warmUp(Topics.PAYMENT_EVENTS));
        keys.warmUp(Topics.BUYER_KEYS);
        tries.warmUp();
        webhookEvents.warmUp(Topics.PAYMENT_EVENTS);
        inbox.warmUp(Topics.WEBHOOK_INBOX);
        listing.warmUp();
    }

    @Override
    public boolean ready() {
        return listening.isListening();
    }

    @Override
    public String notReadyBecause() {
        return listening.notListeningBecause(() -> merchants.ready()
                ? "The views and the tries of vouchers are not followed yet."
                : merchants.notReadyBecause());
    }

    @Override
    public boolean alive() {
        return !listening.hasFailed();
    }

    /** What is being served is finished before that is closed which it is served with. */
    @Override
    public void close() {
        if (!listening.end(stop.notice(), server::stop)) {
            return;
        }
        listing.close();
        outbox.close();
        producer.close(LAST_SENDS);
        tries.close();
        views.close();
        merchants.close();
        schemas.close();
    }

    private EdgeServer.Handlers handlers(
            EdgeSettings settings, SealingKeys sealing, InstantSource clock, Assets assets, Renderer renderer) {
        EventPublisher publisher = new EventPublisher(events, keys, clock);
        Shops shops = new Shops(merchants);
        SecretSealer secrets = new SecretSealer(sealing);
        BuyerSealer buyers = new BuyerSealer(sealing);
        TokenSealer tokenSealer = new TokenSealer(sealing);
        PageTokens tokens = new PageTokens(tokenSealer, clock);
        BuyerCookies cookies = new BuyerCookies(tokenSealer, clock, settings.https());
        ProviderPages providers = new ProviderPages(new RedirectSealer(sealing), clock);
        ViewRequests requests = new ViewRequests(views, delay, publisher, clock);
        BuyerAnswers answers = new BuyerAnswers(publisher, views, delay, settings.viewWait());
        PaymentPlanner planner = new PaymentPlanner(
                ProviderCatalogue.bundled(), shops, new ReturnAddresses(settings.publicUrl(), tokens));
        Visits visits = new Visits(tokens, cookies, shops);
        PageComposer composer = new PageComposer(providers, new ShopAddress(settings.sandboxAddresses()), planner);
        DetailsPages details = new DetailsPages(renderer);
        PaymentPages pages = new PaymentPages(renderer);
        LanguageSwitch languages = new LanguageSwitch(tokens, cookies);
        BuyerActs acts = new BuyerActs(
                visits,
                requests,
                composer,
                pages,
                details,
                planner,
                new VoucherIntake(planner, buyers, tries),
                buyers,
                answers,
                cookies,
                languages,
                settings.checkoutDeadline());
        PayPage page = new PayPage(visits, requests, composer, pages, details, planner, cookies, languages);
        FormRules rules = new FormRules(secrets, clock, settings.sandboxAddresses());
        CheckoutAcceptance acceptance = new CheckoutAcceptance(
                shops, planner, buyers, answers, providers, tokens, cookies, clock, settings.pageLifetime());
        CheckoutHandler checkout = new CheckoutHandler(shops, rules, acceptance, clock, settings.checkoutDeadline());
        PublicCheckoutHandler publicCheckout = listing.checkout(rules, acceptance);
        InstallHandler installs = listing.installs();
        ReturnHandler returning = new ReturnHandler(shops, requests, new ReturnPages(renderer), tokens, cookies);
        WebhookGate gate = new WebhookGate(shops, secrets, clock);
        WebhookHandler webhook = new WebhookHandler(
                gate,
                new WebhookRecords(
                        shops,
                        new MerchantReference(IdentityKeys.references(sealing)),
                        publisher,
                        kafka,
                        new Vault(sealing)),
                outbox,
                settings.webhookNetworks(),
                settings.webhookDeadline());
        StoreNotificationHandler notifications = new StoreNotificationHandler(
                shops,
                secrets,
                new StoreNotificationRecords(kafka, new Vault(sealing), clock),
                outbox,
                clock,
                settings.webhookDeadline());
        return new EdgeServer.Handlers(
                new Guarded(checkout, checkout::turnAway),
                new Guarded(publicCheckout, publicCheckout::turnAway),
                installs.install(),
                installs.settings(),
                page,
                page::seePage,
                new StatePoll(visits, views, requests, composer, cookies, settings.longPoll()),
                new Guarded(acts::details, request -> acts.turnAway(request, PageAddresses::details)),
                new Guarded(acts::again, request -> acts.turnAway(request, PageAddresses::again)),
                new Guarded(acts::back, request -> acts.turnAway(request, PageAddresses::back)),
                returning,
                returning::seeAsGet,
                webhook,
                new UserVerificationHandler(
                        gate, new SessionTokens(SessionKeys.of(sealing)), settings.verifiedUser(), clock),
                notifications,
                assets);
    }
}
