package dev.intermezzo.orchestrator.cashier;

import static dev.intermezzo.orchestrator.cashier.OnceDecision.Standing.ANOTHERS;
import static dev.intermezzo.orchestrator.cashier.OnceDecision.Standing.NOT_SEEN;
import static dev.intermezzo.orchestrator.cashier.OnceDecision.Standing.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.cashier.OnceDecision.Act;
import dev.intermezzo.orchestrator.cashier.OnceDecision.AlreadyClaimed;
import dev.intermezzo.orchestrator.cashier.OnceDecision.Claim;
import dev.intermezzo.orchestrator.cashier.OnceDecision.Refuse;
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
import org.junit.jupiter.params.provider.MethodSource;

class OnceDecisionTest {
    private static final Instant CLAIMED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = CLAIMED.plusSeconds(120);
    private static final Preparation.Ready PAY_OUT = ready(Operation.PAYOUT);
    private static final Preparation.Impossible EXPIRED = new Preparation.Impossible("command-expired");

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("new and possible", false, PAY_OUT, new Claim(PAY_OUT)),
                Arguments.of("new and expired", false, EXPIRED, new Refuse("command-expired")),
                Arguments.of("opens a page", false, ready(Operation.PAYIN), new Refuse("operation-opens-page")),
                Arguments.of("claimed and possible", true, PAY_OUT, new AlreadyClaimed()),
                Arguments.of("claimed and expired", true, EXPIRED, new AlreadyClaimed()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void a_command_is_claimed_once_and_of_a_claimed_one_nobody_says_that_it_was_not_executed(
            String name, boolean claimed, Preparation preparation, OnceDecision expected) {
        assertThat(OnceDecision.onCommand(claimed, preparation)).isEqualTo(expected);
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                Arguments.of("at once", OURS, LATE, 0, new Act.Call(Duration.ofSeconds(5))),
                Arguments.of("after two seconds", OURS, LATE, 2_000, new Act.Call(Duration.ofSeconds(3))),
                Arguments.of("after five seconds", OURS, LATE, 5_000, new Act.TooLate()),
                Arguments.of("a clock set back", OURS, LATE, -60_000, new Act.Call(Duration.ofSeconds(5))),
                Arguments.of("near its end", OURS, CLAIMED.plusSeconds(1), 0, new Act.Call(Duration.ofSeconds(1))),
                Arguments.of("after its end", OURS, CLAIMED.minusMillis(1), 0, new Act.TooLate()),
                Arguments.of("another was first", ANOTHERS, LATE, 0, new Act.Yield()),
                Arguments.of("another was first, late", ANOTHERS, LATE, 60_000, new Act.Yield()),
                Arguments.of("nobody knows", NOT_SEEN, LATE, 0, new Act.Unsure()),
                Arguments.of("nobody knows, late", NOT_SEEN, LATE, 60_000, new Act.Unsure()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void only_the_first_claim_calls_and_only_within_its_time(
            String name, Standing standing, Instant notAfter, long millis, Act expected) {
        assertThat(OnceDecision.onClaimed(standing, CLAIMED, notAfter, CLAIMED.plusMillis(millis)))
                .isEqualTo(expected);
    }

    private static Preparation.Ready ready(Operation operation) {
        return new Preparation.Ready(
                HttpCall.postJson(URI.create("https://cashier.example.com"), "{}"),
                ProviderCatalogue.bundled()
                        .operation(new PspType("PAYONE"), operation)
                        .orElseThrow(),
                AccountSettings.DEFAULTS);
    }
}
