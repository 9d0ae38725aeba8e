package dev.intermezzo.sandbox.shop;

import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.web.LoopbackServer;
import dev.intermezzo.sandbox.web.Page;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.math.BigDecimal;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A Mozello shop with product page, signed checkout form, order page and notify endpoint,
 * written from Mozello's Payment API document and sharing no code with the bridge.
 *
 * <p>Invented, because the document does not say: the answers of the notify endpoint (see {@link NotifyEndpoint}), and
 * the optional field {@code billing_phone} (undocumented, seen in a third-party integration; sent only for buyers that
 * have a number, after {@code billing_company_vat}).
 */
public final class SimulatedShop implements AutoCloseable {

    private static final AtomicLong INVOICES = new AtomicLong();

    private final ShopSettings settings;
    private final PaymentSignature signature;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    /** Orders that are paid through the public listing. */
    private final Set<String> listed = ConcurrentHashMap.newKeySet();

    private final Platform platform;
    private final StoreApi store;
    private final NotifyEndpoint notify;
    private final LoopbackServer server;
    private volatile URI gateway;

    private SimulatedShop(ShopSettings settings, URI gateway, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.signature = new PaymentSignature(settings.paymentKey());
        this.gateway = gateway;
        this.clock = clock;
        this.random = random;
        this.platform = new Platform(orders, settings.alias(), random, settings.listing());
        this.store = new StoreApi(orders, settings.alias(), clock, settings.hang());
        this.notify = new NotifyEndpoint(orders, this::signatureOf, clock, settings.hang(), store::changed);
        this.server = LoopbackServer.start(settings.listening(), this::routes);
    }

    /**
     * Starts a shop.
     *
     * @param gateway the payment gateway's address up to the path, as in {@code http://127.0.0.1:8080}
     * @param clock when things happen, for the journal
     * @param random order ids and invoice numbers
     */
    public static SimulatedShop start(ShopSettings settings, URI gateway, InstantSource clock, RandomGenerator random) {
        return new SimulatedShop(settings, gateway, clock, random);
    }

    /** The shop's address, without a slash at the end. */
    public URI base() {
        return server.base();
    }

    /** Changes the gateway's address, as the owner would in the store settings. */
    public void payThrough(URI newGateway) {
        this.gateway = newGateway;
    }

    /** A new pending order of an invented buyer. */
    public OrderSnapshot newOrder(BigDecimal amount, String currency, FaultPlan faults) {
        return newOrder(amount, currency, Buyer.example("buyer@example.com"), faults);
    }

    /**
     * A new pending order.
     *
     * @param amount total in major units; sent as written
     * @param faults what the shop does to this order's notifications
     */
    public OrderSnapshot newOrder(BigDecimal amount, String currency, Buyer buyer, FaultPlan faults) {
        String uuid = uuid();
        String invoice = "M-%010d-%010d"
                .formatted(clock.instant().getEpochSecond(), INVOICES.incrementAndGet() % 10_000_000_000L);
        Order order = new Order(uuid, invoice, amount, currency, buyer, faults, clock.instant());
        orders.put(uuid, order);
        return order.snapshot();
    }

    /** A new pending order that is paid through the gateway's public listing. */
    public OrderSnapshot newListedOrder(BigDecimal amount, String currency, Buyer buyer, FaultPlan faults) {
        if (platform.listing().isEmpty()) {
            throw new IllegalStateException("the shop uses no public listing");
        }
        OrderSnapshot order = newOrder(amount, currency, buyer, faults);
        listed.add(order.uuid());
        return order;
    }

    /** The public listing as the owner has entered it; empty when the shop uses none. */
    public Optional<PublicListing> listing() {
        return platform.listing();
    }

    /** Whether an order is paid through the public listing. */
    public boolean isListed(String uuid) {
        return listed.contains(uuid);
    }

    /** How many orders that came through the public listing are paid. */
    public int listedAndPaid() {
        return (int) listed.stream()
                .map(this::order)
                .flatMap(Optional::stream)
                .filter(order -> order.status() == PaymentStatus.PAID)
                .count();
    }

    /** The checkout form of an order: the documented fields in the documented order, signed. */
    public SignedForm signedForm(OrderSnapshot order) {
        String path = isListed(order.uuid()) ? "/mozello/checkout" : "/mozello/" + settings.integration() + "/checkout";
        return new SignedForm(
                URI.create(gateway + path),
                CheckoutFields.signed(order, base(), settings.alias(), signatureOf(order.uuid())));
    }

    /** The base of what this world's Mozello offers to public gateways, with a slash at its end. */
    public URI api() {
        return URI.create(base() + "/api/v1/");
    }

    /** The owner begins to use the public listing: Mozello tells the gateway. */
    public WebhookCall install() {
        return platform.send(URI.create(gateway + "/mozello/install"));
    }

    /** The owner enters other values for the listing's fields and saves: Mozello tells the gateway. */
    public WebhookCall enter(PublicListing changed) {
        platform.enter(changed);
        return platform.send(URI.create(gateway + "/mozello/settings"));
    }

    /** From now on Mozello's API answers with this status; 0: as usual. */
    public void failApi(int status) {
        platform.fail(status);
    }

    /** How often the gateway asked whose order it is. */
    public int settingsQuestions() {
        return platform.questions();
    }

    /**
     * The owner creates a Store API key, and lets the gateway hear of changed payments.
     *
     * @param key never shown
     */
    public void openStoreApi(String key) {
        store.open(key, URI.create(gateway + "/mozello/" + settings.integration() + "/notifications"));
    }

    /** What the Store API does from now on. */
    public void failStoreApi(StoreApiFault fault) {
        store.fail(fault);
    }

    /** How often the gateway asked for an order, with the right key. */
    public int storeQuestions() {
        return store.questions();
    }

    /** How often it asked faster than the Store API allows. */
    public int storeQuestionsTooMany() {
        return store.tooMany();
    }

    /** What the shop told of its own accord, in order of the answers. */
    public List<StoreNotificationCall> storeNotifications() {
        return store.sent();
    }

    /** The owner sets an order's payment by hand, which is told to the gateway. */
    public void setByHand(String uuid, PaymentStatus status) {
        Order order = known(uuid);
        order.set(status);
        store.changed(order);
    }

    /** The owner changes what an order costs, of which nothing is told. */
    public void changeTotal(String uuid, BigDecimal total) {
        known(uuid).cost(total);
    }

    /** An order as it stands, if the shop knows it. */
    public Optional<OrderSnapshot> order(String uuid) {
        return Optional.ofNullable(orders.get(uuid)).map(Order::snapshot);
    }

    /** Every POST to the notify address so far, in order of arrival. */
    public List<NotifyCall> journal() {
        return notify.journal();
    }

    /** Stops serving; orders and journal can still be read. */
    @Override
    public void close() {
        server.close();
        platform.close();
        store.close();
    }

    private void routes(LoopbackServer.Routes routes) {
        routes.config().get("/", context -> show(context, ShopPages.products()));
        routes.config().post("/checkout", this::checkout);
        routes.config().get("/orders/{uuid}", this::orderPage);
        routes.config().get("/success", context -> landing(context, true));
        routes.config().get("/failure", context -> landing(context, false));
        platform.routes(routes, order -> CheckoutFields.addresses(order.snapshot(), base(), settings.alias()));
        store.routes(routes);
        routes.config().post("/notify/{alias}", context -> notify.handle(context, routes.mischief()));
    }

    private Order known(String uuid) {
        Order order = orders.get(uuid);
        if (order == null) {
            throw new IllegalArgumentException("the shop has no order " + uuid);
        }
        return order;
    }

    private PaymentSignature signatureOf(String uuid) {
        return platform.listing()
                .filter(listing -> isListed(uuid))
                .map(listing -> new PaymentSignature(listing.globalKey()))
                .orElse(signature);
    }

    private void checkout(Context context) {
        Optional<Catalogue.Product> product = Catalogue.product(form(context, "product"));
        if (product.isEmpty()) {
            notFound(context);
            return;
        }
        String language = form(context, "language");
        String currency = product.get().currency();
        Buyer buyer = new Buyer(
                form(context, "first_name"),
                form(context, "last_name"),
                form(context, "email"),
                "",
                Catalogue.country(currency),
                language.isEmpty() ? "en" : language);
        OrderSnapshot order = newOrder(product.get().price(), currency, buyer, FaultPlan.NONE);
        show(context, ShopPages.leaving(signedForm(order)));
    }

    private void orderPage(Context context) {
        Optional<OrderSnapshot> order = order(context.pathParam("uuid"));
        if (order.isEmpty()) {
            notFound(context);
            return;
        }
        show(context, ShopPages.order(order.get()));
    }

    private void landing(Context context, boolean success) {
        @Nullable String uuid = context.queryParam("order");
        if (uuid == null || !orders.containsKey(uuid)) {
            notFound(context);
            return;
        }
        show(context, ShopPages.landing(success, uuid));
    }

    private static void notFound(Context context) {
        context.status(HttpStatus.NOT_FOUND);
        show(context, ShopPages.notFound());
    }

    private static void show(Context context, Page page) {
        context.header("Content-Security-Policy", page.policy());
        context.header("Cache-Control", "no-store");
        context.html(page.html());
    }

    private static String form(Context context, String name) {
        @Nullable String value = context.formParam(name);
        return value == null ? "" : value;
    }

    private synchronized String uuid() {
        long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new java.util.UUID(high, low).toString().toLowerCase(Locale.ROOT);
    }
}
