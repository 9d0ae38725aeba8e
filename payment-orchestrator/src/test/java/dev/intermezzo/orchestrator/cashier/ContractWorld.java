package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.CashierRequest;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.PayIn;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.UserToken;
import dev.intermezzo.partners.mozarto.UserTokenSettings;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.cashier.BackOffice;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.web.LoopbackServer;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PayOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Our requests and readers on one side, the simulated Cashier on the other: two readings of the same documents that share no
 * code.
 */
final class ContractWorld implements AutoCloseable {
    private static final String COMPANY_TOKEN = "company-token-of-the-test";
    private static final String USER_TOKEN_SECRET = "user-token-secret-of-the-test-32b";
    private static final String PAYMENT = "shop~0d4f9d1e-5a3b-4f0c-9c55-0a1b2c3d4e5f";
    private static final Map<String, String> SETTINGS = Map.of(
            "blocked",
            "false",
            "isVelocity",
            "false",
            "transactionCount",
            "0",
            "userBalance",
            "0.00",
            "partnerName",
            "Demo shop",
            AccountSettings.RETURN_ADDRESS,
            "http://127.0.0.1:9/return/a-token");
    private static final AtomicInteger BUYERS = new AtomicInteger();

    private final Queue<byte[]> webhooks = new ConcurrentLinkedQueue<>();
    private final LoopbackServer hook = LoopbackServer.start(
            0, routes -> routes.config().post("/hook", context -> webhooks.add(context.bodyAsBytes())));
    private final HttpClient http = HttpClient.newHttpClient();
    private final RedirectSealer redirects = new RedirectSealer(SealingKeys.generate());
    final SimulatedCashier cashier = SimulatedCashier.start(
            dev.intermezzo.sandbox.cashier.CashierSettings.of(0, COMPANY_TOKEN, USER_TOKEN_SECRET),
            new BackOffice(URI.create(hook.base() + "/hook"), URI.create("http://127.0.0.1:9/back"), null),
            InstantSource.system(),
            new Random(1));

    /** One whose company has set up this provider too, of which only a description is known. */
    static ContractWorld with(Psp described) {
        ContractWorld world = new ContractWorld();
        world.cashier.setUp(described);
        return world;
    }

    @Override
    public void close() {
        cashier.close();
        hook.close();
        http.close();
    }

    /**
     * What is asked of one operation: everything confirmed, every setting set, every detail of the buyer good.
     *
     * @param operation of the catalogue
     */
    record Case(ProviderOperation operation, PayIn asked) {
        static Case of(ProviderOperation operation) {
            String currency = operation.currencies().isEmpty()
                    ? "EUR"
                    : operation.currencies().getFirst();
            BuyerDetails buyer = BuyerDetails.of(
                            "contract-" + BUYERS.incrementAndGet() + "@example.com",
                            "Maya",
                            "Example",
                            "14165550142",
                            country(currency))
                    .with(BuyerField.ADDRESS_LINE, "1 Example Street")
                    .with(BuyerField.CITY, "Example City")
                    .with(BuyerField.REGION, "EX")
                    .with(BuyerField.POSTAL_CODE, "10000")
                    .with(BuyerField.BIRTH_DATE, "1990-01-15")
                    .with(BuyerField.GENDER, "female")
                    .with(BuyerField.IP_ADDRESS, "192.0.2.7");
            AccountSettings settings = new AccountSettings(
                    operation.assumptions().stream()
                            .map(ProviderOperation.Assumption::name)
                            .collect(Collectors.toSet()),
                    SETTINGS,
                    List.of());
            return new Case(
                    operation,
                    new PayIn(
                            org.joda.money.Money.parse(currency + " 25"),
                            buyer,
                            new Instrument.Wallet("BTC", "btc-1eda64a85da94d71a2ac5ed84e929553"),
                            "user-1",
                            "reference-1",
                            settings,
                            null,
                            true));
        }

        /** The Cashier knows a call by its buyer, and misfortune strikes a buyer once. */
        Case ofAnotherBuyer() {
            return of(operation);
        }

        private static String country(String currency) {
            return switch (currency) {
                case "CLP" -> "CL";
                case "EUR" -> "LV";
                default -> "CA";
            };
        }

        String email() {
            return asked.buyer().value(BuyerField.EMAIL).orElseThrow();
        }

        boolean opensPage() {
            return operation.kind() == ProviderOperation.Kind.OPENS_PAGE;
        }

        CashierCommand command() {
            return CashierCommand.newBuilder()
                    .setId(PAYMENT + "#1.1")
                    .setPaymentId(PAYMENT)
                    .setMerchantId("merchant")
                    .setEnvironment(Environment.SANDBOX)
                    .setOccurredAt(Instant.EPOCH)
                    .setAttempt(1)
                    .setProvider(operation.pspType().code())
                    .setAccount("account")
                    .setAmount(new Money(
                            asked.amount().getAmount(),
                            asked.amount().getCurrencyUnit().getCode()))
                    .setSettings(List.of())
                    .setUserIdPerAttempt(false)
                    .setNotAfter(Instant.EPOCH)
                    .setBuyer(List.of())
                    .setBuyerKeys(List.of())
                    .setBody(
                            operation.operation() == Operation.PAYIN
                                    ? new OpenPage((String) null)
                                    : new PayOut("refund", null))
                    .build();
        }

        @Override
        public String toString() {
            return operation.pspType() + " " + operation.title();
        }
    }

    /** The request as it is written for the real Cashier. */
    static byte[] body(Case of) {
        CashierRequest.Result result = switch (of.operation().operation()) {
            case PAYIN -> CashierRequest.payIn(of.operation(), of.asked());
            case PAYOUT -> CashierRequest.payOut(of.operation(), of.asked());
        };
        if (result instanceof CashierRequest.Result.Ready(CashierRequest request)) {
            return request.body();
        }
        throw new AssertionError(of + " is not written: " + result);
    }

    HttpResult.Answered call(Case of) {
        return call(of, body(of), COMPANY_TOKEN);
    }

    HttpResult.Answered callAsSomebodyElse(Case of) {
        return call(of, body(of), "another-token");
    }

    HttpResult.Answered call(Case of, String body) {
        return call(of, body.getBytes(StandardCharsets.UTF_8), COMPANY_TOKEN);
    }

    private HttpResult.Answered call(Case of, byte[] body, String companyToken) {
        UserToken.Result token = UserToken.make(
                of.operation(),
                of.asked().userId(),
                of.asked().buyer(),
                UserTokenSettings.DEFAULTS,
                USER_TOKEN_SECRET.getBytes(StandardCharsets.UTF_8),
                Instant.now());
        HttpResponse<byte[]> response = send(HttpRequest.newBuilder(URI.create(cashier.base() + CashierRequest.PATH))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + companyToken)
                .header(UserToken.HEADER, ((UserToken.Result.Ready) token).headerValue())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        return new HttpResult.Answered(
                response.statusCode(),
                response.headers().map().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(", ", header.getValue()))),
                response.body(),
                false);
    }

    /** The fact that the executor reports of this answer; pages of this machine are allowed, as in a sandbox. */
    SpecificRecordBase fact(Case of, HttpResult.Answered answer) {
        Preparation.Ready prepared = new Preparation.Ready(
                HttpCall.postJson(cashier.base(), "{}"),
                of.operation(),
                of.asked().settings(),
                null);
        return new AnswerReader(redirects, true).read(of.command(), prepared, answer);
    }

    void approve(URI page) {
        URI button = page.resolve(page.getPath() + "/approve");
        int status = send(HttpRequest.newBuilder(button).POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode();
        if (status != 303) {
            throw new AssertionError("the button answered " + status);
        }
    }

    /** Bodies of the webhooks that have come. */
    List<byte[]> webhooks() {
        return List.copyOf(webhooks);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
