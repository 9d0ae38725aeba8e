package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.web.LoopbackServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The Mozarto Cashier with the providers of {@link Psp}: the API call, the providers' pages and the status webhooks,
 * written from Mozarto's document and sharing no code with the bridge.
 *
 * <p>The document leaves much open; what is made up here is marked where it is made up: the webhooks' retry pauses, the
 * answers to a wrong user token, the wording of most validation errors, the providers' pages, and in each provider's file
 * what it has of its own. Cancel sends no webhook unless the settings say so: nothing documented promises one. What pay-outs
 * assume is said at {@link PayOuts}.
 */
public final class SimulatedCashier implements AutoCloseable {

    private final ObjectMapper json = JsonMapper.builder()
            // 100.00 and 100.0 are different literals, and the difference is checked.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private final Webhooks webhooks;
    private final Provider provider;
    private final PayOuts payOuts;
    private final UserVerification verification;
    private final Company first;
    private final CashierEndpoint endpoint;
    private final ProviderPages pages;
    private final LoopbackServer server;

    private SimulatedCashier(
            CashierSettings settings, BackOffice backOffice, InstantSource clock, RandomGenerator random) {
        this.webhooks = new Webhooks(json, settings.webhookRetries(), clock);
        this.provider = new Provider(webhooks, clock, random, settings.webhookOnCancel());
        this.payOuts = new PayOuts(new Provider(webhooks, clock, random, settings.webhookOnCancel()));
        this.verification = new UserVerification(json);
        this.first = new Company(json, settings.secretKey(), backOffice);
        this.endpoint = new CashierEndpoint(settings, json, provider, payOuts, verification, clock, this::base);
        endpoint.admit(settings.companyToken(), first);
        this.pages = new ProviderPages(provider, clock, settings.trustPageLifetime());
        this.server = LoopbackServer.start(settings.listening(), this::routes);
    }

    /**
     * Starts a Cashier.
     *
     * @param backOffice where webhooks and browsers go
     * @param clock when things happen, for the journals
     * @param random transaction ids
     */
    public static SimulatedCashier start(
            CashierSettings settings, BackOffice backOffice, InstantSource clock, RandomGenerator random) {
        return new SimulatedCashier(settings, backOffice, clock, random);
    }

    /** The API's base address, without a slash at the end. */
    public URI base() {
        return server.base();
    }

    /** Changes the first company's back office settings; the next webhook and the next return use them. */
    public void configure(BackOffice settings) {
        first.configure(settings);
    }

    /**
     * Another company, with credentials and a back office of its own.
     *
     * @param secretKey signs its user tokens
     */
    public void admit(String companyToken, String secretKey, BackOffice settings) {
        endpoint.admit(companyToken, new Company(json, secretKey, settings));
    }

    /** How often a company has vouched for a buyer's session. */
    public int verifiedSessions() {
        return verification.verified();
    }

    /**
     * Where the provider of a page sends its buyer back to when its requests name no address: what the page's company set in
     * the back office. Empty: no transaction of ours has such a page.
     */
    public Optional<URI> siteUrlOf(URI page) {
        String path = page.getPath();
        return provider.transaction(path.substring(path.lastIndexOf('/') + 1))
                .map(transaction -> transaction.request().company().backOffice().siteUrl());
    }

    /** Plans the misfortunes of the buyer with this e-mail address, by which alone the Cashier knows a payment. */
    public void expect(String email, FaultPlan faults) {
        endpoint.expect(email, faults);
    }

    /**
     * From now on the first company has set this provider up in its back office. Those that it has not set up from the
     * beginning are simulated by assumptions that nobody has confirmed; each says which in its file.
     */
    public void setUp(Psp psp) {
        first.setUp(psp);
    }

    /** Plans what becomes of the voucher of the buyer with this e-mail address at {@link Psp#NEOSURF}. */
    public void expectVoucher(String email, TransactionStatus outcome) {
        endpoint.expectVoucher(email, outcome);
    }

    /** From now on Brite refuses each session, which is the one answer of it that is documented. */
    public void refuseBriteSessions() {
        endpoint.refuseBriteSessions();
    }

    /**
     * Plans the pay-outs to the person with this e-mail address.
     *
     * @param fault strikes the first call
     * @param outcome told by webhook; {@code PENDING}: none comes
     */
    public void expectPayOut(String email, CallFault fault, TransactionStatus outcome) {
        payOuts.expect(email, new PayOuts.Plan(fault, outcome));
    }

    /** Every pay-out that was begun, in no order: each is money that left. */
    public List<TransactionSnapshot> payOuts() {
        return payOuts.snapshots();
    }

    /** Every voucher that was redeemed, in order. */
    public List<VoucherRedemption> redeemedVouchers() {
        return endpoint.redeemedVouchers();
    }

    /** Every call of the API so far, in order of answer. */
    public List<CashierCall> calls() {
        return endpoint.journal();
    }

    /** Every attempt at a webhook so far, in order of completion. */
    public List<WebhookAttempt> webhookAttempts() {
        return webhooks.journal();
    }

    /** Every transaction, in no order. */
    public List<TransactionSnapshot> transactions() {
        return provider.snapshots();
    }

    /** One transaction, if it exists. */
    public Optional<TransactionSnapshot> transaction(String id) {
        return provider.transaction(id).map(Transaction::snapshot);
    }

    /** Ends the time of a Trust page now, as if its lifetime had passed. */
    public void endPageOf(String transactionId) {
        provider.transaction(transactionId).ifPresent(Transaction::endTime);
    }

    /** Stops serving and gives up undelivered webhooks; the journals can still be read. */
    @Override
    public void close() {
        webhooks.close();
        verification.close();
        server.close();
    }

    private void routes(LoopbackServer.Routes routes) {
        routes.config().post("/v1/api/mozarto/cashier", context -> endpoint.handle(context, routes.mischief()));
        String page = "/provider/{psp}/{id}";
        routes.config().get(page, pages::show);
        routes.config().post(page + "/approve", context -> pages.press(context, TransactionStatus.APPROVED));
        routes.config().post(page + "/decline", context -> pages.press(context, TransactionStatus.DECLINED));
        routes.config().post(page + "/cancel", context -> pages.press(context, TransactionStatus.CANCELLED));
    }
}
