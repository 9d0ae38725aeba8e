package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.partners.mozarto.UserTokenSettings;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.sealing.SessionKeys;
import dev.intermezzo.sandbox.cashier.BackOffice;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.web.LoopbackServer;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls of an account that sends session tokens, at a Cashier that asks whose session that is before it does anything. */
@SuppressWarnings("NullAway.Init") // set before all tests
class SessionExecutionTest {
    private static final String ACCOUNT = "session";
    private static final String COMPANY = "company-token-of-another";
    private static final AtomicInteger BUYERS = new AtomicInteger();

    private static World world;
    private static LoopbackServer users;
    private static volatile boolean vouching;

    @BeforeAll
    static void start() {
        world = new World(new CashierSettings(
                Duration.ofSeconds(3),
                true,
                UserTokenSettings.DEFAULTS,
                Duration.ofMinutes(20),
                PumpSettings.defaults()));
        users = LoopbackServer.start(0, routes -> routes.config().post("/users", SessionExecutionTest::verify));
        world.cashier.admit(
                COMPANY,
                "nobody signs with this key",
                new BackOffice(
                        URI.create("http://127.0.0.1:9/webhooks"),
                        URI.create("http://127.0.0.1:9/back"),
                        null,
                        URI.create(users.base() + "/users")));
        world.publish(World.record(
                ACCOUNT,
                CashierAccount.newBuilder()
                        .setBaseUrl(world.cashier.base().toString())
                        .setSecrets(List.of(new SecretSealer(world.keys)
                                .seal(
                                        MerchantKeys.account(ACCOUNT),
                                        "company-token",
                                        "1",
                                        COMPANY.getBytes(StandardCharsets.UTF_8))))
                        .setWebhookTokenDigests(List.of())
                        .setProviders(List.of(new AccountProvider("PAYONE", List.of(), List.of(), List.of())))
                        .setUserContext("SESSION")
                        .build()));
        await().atMost(Duration.ofSeconds(30)).until(world::ready);
    }

    @AfterAll
    static void stop() {
        world.close();
        users.close();
    }

    @Test
    void a_page_is_opened_once_the_session_was_vouched_for() {
        vouching = true;

        CashierResult result = executed(buyer());

        assertThat(result.getBody()).isInstanceOf(PageOpened.class);
    }

    @Test
    void a_session_that_nobody_vouches_for_is_the_accounts_matter_and_opens_nothing() {
        vouching = false;
        int before = world.cashier.transactions().size();

        CashierResult result = executed(buyer());

        assertThat(result.getBody())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.getCategory()).isEqualTo(RejectionCategory.ACCOUNT_AUTHENTICATION));
        assertThat(world.cashier.transactions()).hasSize(before);
    }

    @Test
    void a_verification_that_hangs_is_a_lost_answer_and_the_next_call_opens_a_page() {
        vouching = true;
        BuyerDetails buyer = buyer();
        world.cashier.expect(buyer.value(BuyerField.EMAIL).orElseThrow(), FaultPlan.of(CallFault.VERIFICATION_HANG));

        assertThat(executed(buyer).getBody()).isInstanceOf(AnswerLost.class);
        assertThat(executed(buyer).getBody()).isInstanceOf(PageOpened.class);
    }

    private static CashierResult executed(BuyerDetails buyer) {
        // The account's record may still be on its way when the first command is sent.
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> sent(buyer), result -> !result.toString().contains("account-unknown"));
    }

    private static CashierResult sent(BuyerDetails buyer) {
        CashierCommand command = world.command(buyer).setAccount(ACCOUNT).build();
        world.send(command);
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> world.results().get(command.getId()), Objects::nonNull);
    }

    /** As the edge does it, which is not here. */
    private static void verify(Context context) {
        String token = Objects.requireNonNull(context.header("Authorization")).replaceFirst("^Bearer ", "");
        boolean valid = new SessionTokens(SessionKeys.of(world.keys)).read(ACCOUNT, token, Instant.now())
                instanceof SessionTokens.Reading.Valid;
        context.status(valid && vouching ? 200 : 401)
                .contentType("application/json")
                .result("{\"userId\":\"x\"}");
    }

    private static BuyerDetails buyer() {
        return BuyerDetails.of(
                "session-" + BUYERS.incrementAndGet() + "@example.com", "Anna", "Example", "14165550100", "CA");
    }
}
