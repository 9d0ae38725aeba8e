package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CashierExecutorServiceTest {
    private static final AtomicInteger BUYERS = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static World world;

    @BeforeAll
    static void start() {
        world = new World(CashierSettings.sandbox());
        await().atMost(Duration.ofSeconds(30)).until(world::ready);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void a_page_is_opened_once_and_its_address_is_sealed_for_the_ingress() {
        CashierCommand command = world.command(buyer()).build();

        CashierResult result = executed(command);

        PageOpened page = (PageOpened) result.getBody();
        URI address = new RedirectSealer(world.keys).open(command.getPaymentId(), 1, page.getRedirect());
        assertThat(address.toString()).startsWith(world.cashier.base() + "/provider/payone/");
        assertThat(page.getTransactionIds()).hasSize(1);
        assertThat(world.cashier.transaction(page.getTransactionIds().getFirst()))
                .isPresent();
        assertThat(result.getHttpStatus()).isEqualTo(200);
    }

    @Test
    void the_answer_is_kept_sealed_with_the_payments_key() {
        CashierCommand command = world.command(buyer()).build();

        CashierResult result = executed(command);

        byte[] raw = new BuyerOpener(world.keys)
                .open(command.getPaymentId(), Objects.requireNonNull(result.getRawAnswer()), command.getBuyerKeys());
        assertThat(new String(raw, StandardCharsets.UTF_8)).contains("\"redirect_url\"");
    }

    @Test
    void details_that_the_provider_would_refuse_are_not_sent() {
        CashierCommand wrong =
                world.command(buyer().with(BuyerField.PHONE, "12")).build();

        assertThat(fact(executed(wrong), NotExecuted.class).getCode()).isEqualTo("details-missing");
    }

    @Test
    void an_answer_that_never_comes_is_lost_and_not_a_refusal() {
        BuyerDetails buyer = buyer();
        world.cashier.expect(buyer.value(BuyerField.EMAIL).orElseThrow(), FaultPlan.of(CallFault.LOST_ANSWER));

        AnswerLost lost = fact(executed(world.command(buyer).build()), AnswerLost.class);

        assertThat(lost.getCode()).isEqualTo("connection-lost");
    }

    @Test
    void an_error_of_the_cashier_itself_is_indeterminate() {
        BuyerDetails buyer = buyer();
        world.cashier.expect(buyer.value(BuyerField.EMAIL).orElseThrow(), FaultPlan.of(CallFault.ERROR_500));

        CashierResult result = executed(world.command(buyer).build());

        assertThat(result.getBody()).isInstanceOf(AnswerLost.class);
        assertThat(result.getHttpStatus()).isEqualTo(500);
    }

    @Test
    void refused_credentials_are_the_accounts_matter() {
        CashierResult result =
                executed(world.command(buyer()).setAccount("wrong-token").build());

        assertThat(fact(result, Rejected.class).getCategory()).isEqualTo(RejectionCategory.ACCOUNT_AUTHENTICATION);
    }

    @Test
    void an_expired_command_is_reported_and_not_run() {
        assertNotExecuted("command-expired", command -> command.setNotAfter(Instant.EPOCH));
    }

    @Test
    void a_disabled_merchant_opens_no_page() {
        assertNotExecuted("merchant-disabled", command -> command.setMerchantId("disabled"));
    }

    @Test
    void an_account_of_another_environment_is_not_used() {
        assertNotExecuted("environment-differs", command -> command.setEnvironment(Environment.PRODUCTION));
    }

    @Test
    void an_unknown_account_or_provider_is_named() {
        assertNotExecuted("account-unknown", command -> command.setAccount("nobody"));
        assertNotExecuted("provider-unknown", command -> command.setProvider("NOBODY"));
    }

    @Test
    void a_forgotten_buyer_is_not_guessed() {
        assertNotExecuted("details-not-openable", command -> command.setBuyerKeys(List.of()));
    }

    @Test
    void a_page_on_a_host_that_is_not_listed_is_never_handed_out() {
        try (World strict = new World(CashierSettings.defaults())) {
            await().atMost(Duration.ofSeconds(30)).until(strict::ready);
            CashierCommand command = strict.command(buyer()).build();

            strict.send(command);
            CashierResult result = await().atMost(Duration.ofSeconds(10))
                    .until(() -> strict.results().get(command.getId()), Objects::nonNull);

            AnswerLost lost = fact(result, AnswerLost.class);
            assertThat(lost.getCode()).isEqualTo("redirect-not-https");
            assertThat(lost.getTransactionIds())
                    .as("it exists and stays payable")
                    .hasSize(1);
        }
    }

    @Test
    void a_provider_that_hangs_slows_nobody_else() {
        CashierSettings usual = CashierSettings.sandbox();
        CashierSettings narrow = new CashierSettings(
                usual.callDeadline(),
                usual.loopbackPages(),
                usual.userToken(),
                usual.sessionLifetime(),
                usual.pump().withMaxInFlight(8));
        try (World world = new World(narrow)) {
            await().atMost(Duration.ofSeconds(30)).until(world::ready);
            for (int n = 0; n < 20; n++) {
                world.send(world.command(buyer()).setAccount(World.HANGING).build());
            }
            CashierCommand other = world.command(buyer()).build();

            world.send(other);

            CashierResult result = await().atMost(narrow.callDeadline().dividedBy(2))
                    .until(() -> world.results().get(other.getId()), Objects::nonNull);
            assertThat(result.getBody()).isInstanceOf(PageOpened.class);
            assertThat(world.results()).as("the others still hang").hasSize(1);
        }
    }

    private static void assertNotExecuted(String code, Consumer<CashierCommand.Builder> change) {
        int before = world.cashier.calls().size();
        CashierCommand.Builder command = world.command(buyer());
        change.accept(command);

        CashierResult result = executed(command.build());

        assertThat(fact(result, NotExecuted.class).getCode()).isEqualTo(code);
        assertThat(world.cashier.calls()).hasSize(before);
    }

    private static CashierResult executed(CashierCommand command) {
        world.send(command);
        return await().atMost(Duration.ofSeconds(10))
                .until(() -> world.results().get(command.getId()), Objects::nonNull);
    }

    private static <T extends SpecificRecordBase> T fact(CashierResult result, Class<T> type) {
        assertThat(result.getBody()).isInstanceOf(type);
        return type.cast(result.getBody());
    }

    private static BuyerDetails buyer() {
        return BuyerDetails.of(
                "executor-" + BUYERS.incrementAndGet() + "@example.com", "Anna", "Example", "14165550100", "CA");
    }
}
