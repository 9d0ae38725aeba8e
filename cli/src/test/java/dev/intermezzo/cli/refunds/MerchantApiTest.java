package dev.intermezzo.cli.refunds;

import static dev.intermezzo.cli.refunds.MerchantSystem.assertProblem;
import static dev.intermezzo.cli.refunds.MerchantSystem.json;
import static dev.intermezzo.cli.refunds.MerchantSystem.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.audit.AuditCommand;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.sandbox.check.Checker;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the merchant API beside a whole installation: the orders are bought by buyers, the state machine decides,
 * the Cashier pays out.
 */
@Tag("full")
@SuppressWarnings("NullAway.Init") // set before the tests
class MerchantApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static RefundApi api;

    @BeforeAll
    static void start() {
        api = RefundApi.start(folder);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void a_refund_is_paid_once_and_its_repeat_is_answered_alike_by_every_instance_and_after_a_restart()
            throws Exception {
        PlannedPayment planned = PaidOrders.planned(1, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(api.world, planned);

        HttpResponse<String> asked = api.refund(api.one, payment, "first", "7.50", "Damaged parcel");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        String address = asked.headers().firstValue("Location").orElseThrow();
        await().atMost(PATIENCE)
                .until(() ->
                        json(api.get(api.one, address)).get("state").asText().equals("paid"));
        HttpResponse<String> elsewhere = api.refund(api.two, payment, "first", "7.5", "Damaged parcel");
        HttpResponse<String> other = api.refund(api.two, payment, "first", "7.51", "Damaged parcel");
        MerchantApiService restarted = MerchantSystem.api(api.world.kafka(), 1_000);
        HttpResponse<String> later;
        HttpResponse<String> otherLater;
        JsonNode shown;
        try {
            later = api.refund(restarted, payment, "first", "7.50", "Damaged parcel");
            otherLater = api.refund(restarted, payment, "first", "7.50", "Another reason");
            shown = json(api.get(restarted, "/api/v1/payments/" + payment));
        } finally {
            restarted.close();
        }

        assertThat(Stream.of(elsewhere, later)).allSatisfy(repeat -> {
            assertThat(repeat.statusCode()).isEqualTo(202);
            assertThat(repeat.body()).isEqualTo(asked.body());
            assertThat(repeat.headers().firstValue("Location")).contains(address);
        });
        assertProblem(other, 422, "idempotency-key-reused");
        assertProblem(otherLater, 422, "idempotency-key-reused");
        assertThat(api.payOuts(planned))
                .singleElement()
                .satisfies(payOut -> assertThat(payOut.amount()).isEqualByComparingTo("7.50"));
        assertThat(shown.get("state").asText()).isEqualTo("approved");
        assertThat(shown.get("approved").asText()).isEqualTo("20.00");
        assertThat(shown.get("refunded").asText()).isEqualTo("7.50");
        assertThat(shown.get("refunds")).singleElement().isEqualTo(json(api.get(api.two, address)));
        CommandRun story = api.run(new AuditCommand(), "show", payment, "--json");
        assertThat(story.out()).contains("with API key key-", "refund of 7.50 CAD");
        assertThat(api.run(new AuditCommand(), "verify", "--json").exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void many_requests_under_one_key_at_once_are_one_refund() throws Exception {
        PlannedPayment planned = PaidOrders.planned(2, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(api.world, planned);

        List<HttpResponse<String>> answers = together(IntStream.range(0, 8)
                .mapToObj(each -> api.request(each % 2 == 0 ? api.one : api.two, payment, "race", "5.00", "Twice"))
                .toList());

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(202));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        String address = answers.getFirst().headers().firstValue("Location").orElseThrow();
        await().atMost(PATIENCE)
                .until(() ->
                        json(api.get(api.two, address)).get("state").asText().equals("paid"));
        assertThat(api.payOuts(planned)).hasSize(1);
    }

    @Test
    void of_two_bodies_that_race_for_one_key_one_is_refused() throws Exception {
        PlannedPayment planned = PaidOrders.planned(3, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(api.world, planned);

        List<HttpResponse<String>> answers = together(List.of(
                api.request(api.one, payment, "bodies", "5.00", "One"),
                api.request(api.two, payment, "bodies", "6.00", "Two")));

        assertThat(answers.stream().map(HttpResponse::statusCode)).containsExactlyInAnyOrder(202, 422);
        assertThat(api.payment(payment).get("refunds")).hasSizeLessThanOrEqualTo(1);
        await().atMost(PATIENCE).until(() -> api.payOuts(planned).size() == 1);
    }

    @Test
    void two_refunds_that_race_never_pass_what_was_approved_and_the_api_tells_which_was_refused() throws Exception {
        PlannedPayment planned = PaidOrders.planned(4, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(api.world, planned);

        List<HttpResponse<String>> answers = together(List.of(
                api.request(api.one, payment, "left", "15.00", "One"),
                api.request(api.two, payment, "right", "15.00", "Two")));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(202));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers.stream()
                                .map(answer -> api.payOut(answer).get("state").asText()))
                        .containsExactlyInAnyOrder("paid", "refused"));
        assertThat(answers.stream().map(answer -> api.payOut(answer).get("code").asText()))
                .containsAnyOf("refund-in-flight", "refund-exceeds-approved");
        assertThat(api.payOuts(planned)).hasSize(1);
        assertThat(Checker.doublePayOuts(api.world.cashier().payOuts())).isZero();
    }

    @Test
    void more_than_was_paid_is_refused_by_the_payment_and_stays_refused_when_repeated() throws Exception {
        PlannedPayment planned = PaidOrders.planned(5, Scenario.APPROVED, "20.00");
        String payment = PaidOrders.bought(api.world, planned);

        HttpResponse<String> asked = api.refund(api.one, payment, "too-much", "20.01", "All and more");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(api.payOut(asked).get("code").asText()).isEqualTo("refund-exceeds-approved"));
        HttpResponse<String> again = api.refund(api.two, payment, "too-much", "20.01", "All and more");

        assertThat(again.body()).isEqualTo(asked.body());
        assertThat(api.payOut(again).get("state").asText()).isEqualTo("refused");
        assertThat(api.payment(payment).get("refunds")).isEmpty();
        assertThat(api.payOuts(planned)).isEmpty();
    }
}
