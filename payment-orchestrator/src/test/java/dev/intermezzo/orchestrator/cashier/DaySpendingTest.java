package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.cashier.OnceDecision.Spending;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaySpendingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PayOutLimits A_DAY = PayOutLimits.newBuilder()
            .setEnabledBy(List.of("anna", "ben"))
            .setCurrency("CAD")
            .setPerPayOut(new BigDecimal("20.0000"))
            .setPerDay(new BigDecimal("25.0000"))
            .build();

    private final DaySpending spending = new DaySpending();

    @ParameterizedTest
    @CsvSource({"5.00, WITHIN", "5.01, ABOVE"})
    void the_limit_itself_may_be_reached(String more, Spending expected) {
        spending.take(claim("one", NOON, null));

        assertThat(with(more, "shop", NOON)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "NotSent, WITHIN",
        "NotExecuted, WITHIN",
        "AnsweredAtOnce, ABOVE",
        "AnswerLost, ABOVE",
        "Rejected, ABOVE",
        ", ABOVE"
    })
    void what_was_claimed_counts_unless_it_is_known_that_nothing_was_sent(String outcome, Spending expected) {
        spending.take(claim("one", NOON, null));
        spending.take(claim("one", NOON, outcome));

        assertThat(with("10.00", "shop", NOON)).isEqualTo(expected);
    }

    @Test
    void each_merchant_and_each_day_has_a_sum_of_its_own() {
        spending.take(claim("one", NOON, null));

        assertThat(with("10.00", "other", NOON)).isEqualTo(Spending.WITHIN);
        assertThat(with("10.00", "shop", NOON.plus(Duration.ofHours(12)))).isEqualTo(Spending.WITHIN);
        assertThat(with("10.00", "shop", NOON.plus(Duration.ofHours(11)))).isEqualTo(Spending.ABOVE);
    }

    @Test
    void yesterday_is_remembered_beside_today_and_what_is_older_is_not() {
        spending.take(claim("one", NOON, null));
        spending.take(claim("two", NOON.plus(Duration.ofDays(1)), null));
        assertThat(with("10.00", "shop", NOON)).isEqualTo(Spending.ABOVE);

        spending.take(claim("three", NOON.plus(Duration.ofDays(2)), null));

        assertThat(with("10.00", "shop", NOON)).isEqualTo(Spending.WITHIN);
    }

    @Test
    void a_destination_has_a_limit_of_its_own_beside_that_of_the_day() {
        PayOutLimits limits = PayOutLimits.newBuilder(A_DAY)
                .setPerDay(new BigDecimal("100.0000"))
                .setPerDestination(new BigDecimal("25.0000"))
                .build();
        spending.take(to("supplier", "one"));

        assertThat(spending.with(wanted("supplier", "5.00"), limits)).isEqualTo(Spending.WITHIN);
        assertThat(spending.with(wanted("supplier", "5.01"), limits)).isEqualTo(Spending.ABOVE_FOR_DESTINATION);
        assertThat(spending.with(wanted("another", "25.00"), limits)).isEqualTo(Spending.WITHIN);
        assertThat(spending.with(wanted("", "80.00"), limits)).as("a refund").isEqualTo(Spending.WITHIN);
        assertThat(spending.with(wanted("another", "80.01"), limits)).isEqualTo(Spending.ABOVE);
    }

    private static DaySpending.Wanted wanted(String destination, String more) {
        return new DaySpending.Wanted(new BigDecimal(more), "shop", NOON, destination);
    }

    private static ExecutionClaim to(String destination, String command) {
        return ExecutionClaim.newBuilder(claim(command, NOON, null))
                .setDestination(destination)
                .build();
    }

    @Test
    void a_call_without_limits_has_none() {
        assertThat(spending.with(new DaySpending.Wanted(new BigDecimal("1000000"), "shop", NOON, ""), null))
                .isEqualTo(Spending.WITHIN);
    }

    private Spending with(String more, String merchant, Instant at) {
        return spending.with(new DaySpending.Wanted(new BigDecimal(more), merchant, at, ""), A_DAY);
    }

    private static ExecutionClaim claim(String command, Instant at, @Nullable String outcome) {
        return ExecutionClaim.newBuilder()
                .setCommandId(command)
                .setPaymentId("payment of " + command)
                .setMerchantId("shop")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(at)
                .setExecutor("test")
                .setAmount(new Money(new BigDecimal("20.00"), "CAD"))
                .setOutcome(outcome)
                .build();
    }
}
