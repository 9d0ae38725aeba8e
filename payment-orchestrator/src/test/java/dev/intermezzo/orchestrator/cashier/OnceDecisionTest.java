package dev.intermezzo.orchestrator.cashier;

import static dev.intermezzo.orchestrator.cashier.OnceDecision.Spending.ABOVE;
import static dev.intermezzo.orchestrator.cashier.OnceDecision.Spending.WITHIN;
import static dev.intermezzo.orchestrator.cashier.OnceDecision.Standing.ANOTHERS;
import static dev.intermezzo.orchestrator.cashier.OnceDecision.Standing.NOT_SEEN;
import static dev.intermezzo.orchestrator.cashier.OnceDecision.Standing.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.cashier.OnceDecision.Act;
import dev.intermezzo.orchestrator.cashier.OnceDecision.AlreadyClaimed;
import dev.intermezzo.orchestrator.cashier.OnceDecision.Execute;
import dev.intermezzo.orchestrator.cashier.OnceDecision.Refuse;
import dev.intermezzo.orchestrator.cashier.OnceDecision.Spending;
import dev.intermezzo.orchestrator.cashier.OnceDecision.Standing;
import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.runtime.http.HttpCall;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OnceDecisionTest {
    private static final Instant CLAIMED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = CLAIMED.plusSeconds(120);
    private static final Preparation.Ready PAY_OUT = ready(Operation.PAYOUT);
    private static final Preparation.Ready PAY_IN = ready(Operation.PAYIN);
    private static final Preparation.Impossible EXPIRED = new Preparation.Impossible("command-expired");

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("new and possible", false, PAY_OUT, WITHIN, new Execute(PAY_OUT)),
                Arguments.of("new and expired", false, EXPIRED, WITHIN, new Refuse("command-expired")),
                Arguments.of("new, the day is spent", false, PAY_OUT, ABOVE, new Refuse("pay-out-day-limit")),
                Arguments.of("opens a page", false, PAY_IN, WITHIN, new Refuse("operation-opens-page")),
                Arguments.of("claimed and possible", true, PAY_OUT, WITHIN, new AlreadyClaimed()),
                Arguments.of("claimed, the day is spent", true, PAY_OUT, ABOVE, new AlreadyClaimed()),
                Arguments.of("claimed and expired", true, EXPIRED, WITHIN, new AlreadyClaimed()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void a_command_is_claimed_once_and_of_a_claimed_one_nobody_says_that_it_was_not_executed(
            String name, boolean claimed, Preparation preparation, Spending spending, OnceDecision expected) {
        assertThat(OnceDecision.onCommand(claimed, preparation, spending)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void a_refusal_is_told_by_the_first_claim_only(Standing standing) {
        assertThat(OnceDecision.onRefusalClaimed(standing, "command-expired"))
                .isEqualTo(
                        switch (standing) {
                            case OURS -> new Act.Drop("command-expired");
                            case ANOTHERS -> new Act.Yield();
                            case NOT_SEEN -> new Act.Unsure();
                        });
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                Arguments.of("at once", OURS, LATE, 0, new Act.Call(Duration.ofSeconds(5))),
                Arguments.of("after two seconds", OURS, LATE, 2_000, new Act.Call(Duration.ofSeconds(3))),
                Arguments.of("after five seconds", OURS, LATE, 5_000, new Act.Drop("claim-expired")),
                Arguments.of("a clock set back", OURS, LATE, -60_000, new Act.Call(Duration.ofSeconds(5))),
                Arguments.of("near its end", OURS, CLAIMED.plusSeconds(1), 0, new Act.Call(Duration.ofSeconds(1))),
                Arguments.of("after its end", OURS, CLAIMED.minusMillis(1), 0, new Act.Drop("claim-expired")),
                Arguments.of("another was first", ANOTHERS, LATE, 0, new Act.Yield()),
                Arguments.of("another was first, late", ANOTHERS, LATE, 60_000, new Act.Yield()),
                Arguments.of("nobody knows", NOT_SEEN, LATE, 0, new Act.Unsure()),
                Arguments.of("nobody knows, late", NOT_SEEN, LATE, 60_000, new Act.Unsure()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void only_the_first_claim_calls_and_only_within_its_time(
            String name, Standing standing, Instant notAfter, long millis, Act expected) {
        assertThat(OnceDecision.onClaimed(standing, WITHIN, CLAIMED, notAfter, CLAIMED.plusMillis(millis)))
                .isEqualTo(expected);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of("ours, within", OURS, WITHIN, new Act.Call(Duration.ofSeconds(5))),
                Arguments.of("ours, above", OURS, ABOVE, new Act.Drop("pay-out-day-limit")),
                Arguments.of("ours, not known", OURS, Spending.NOT_SEEN, new Act.Drop("pay-out-sum-not-seen")),
                Arguments.of("another's, above", ANOTHERS, ABOVE, new Act.Yield()),
                Arguments.of("nobody knows whose, above", NOT_SEEN, ABOVE, new Act.Unsure()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void a_claim_above_the_limit_of_the_day_is_dropped_and_of_anothers_claim_nothing_is_said(
            String name, Standing standing, Spending spending, Act expected) {
        assertThat(OnceDecision.onClaimed(standing, spending, CLAIMED, LATE, CLAIMED))
                .isEqualTo(expected);
    }

    private static Preparation.Ready ready(Operation operation) {
        return new Preparation.Ready(
                HttpCall.postJson(URI.create("https://cashier.example.com"), "{}"),
                ProviderCatalogue.bundled()
                        .operation(new PspType("PAYONE"), operation)
                        .orElseThrow(),
                AccountSettings.DEFAULTS,
                null);
    }
}
