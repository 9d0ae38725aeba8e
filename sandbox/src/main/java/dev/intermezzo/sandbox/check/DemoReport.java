package dev.intermezzo.sandbox.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.sandbox.cashier.Psp;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration found; {@link Checker} says what the counts mean.
 *
 * @param expected payments by true outcome
 * @param actual payments by what became of them at the shop
 * @param payoutsExecuted by the Cashier's own journal
 * @param doublePayouts those that sent one refund's money again; counted in {@code duplicated} too
 * @param providers pages that were planned, opened and paid, by provider
 * @param faults how often each fault of the mix really happened; 0 for one that was planned and did not
 * @param turnedAway how often a busy edge asked a buyer to come back (503)
 * @param redirect checkout sent to redirect received, minus the Cashier's own time
 * @param settled approving webhook received to first notify attempt started
 * @param problems one sentence for each wrong payment; not in the JSON
 * @param wrongOrders their {@code order_uuid}s, as far as they have one
 */
public record DemoReport(
        int payments,
        int approved,
        int failed,
        int lost,
        int duplicated,
        int contradicted,
        int wrong,
        Map<String, Integer> expected,
        Map<String, Integer> actual,
        int underReview,
        int parked,
        int surplus,
        int payoutsExecuted,
        int doublePayouts,
        Map<Psp, ProviderTally> providers,
        Map<String, Integer> faults,
        int turnedAway,
        Percentiles redirect,
        Percentiles settled,
        List<String> problems,
        List<String> wrongOrders) {

    public DemoReport {
        problems = List.copyOf(problems);
        wrongOrders = List.copyOf(wrongOrders);
    }

    /**
     * Whether the demonstration succeeded: nothing wrong, nothing paid out, and every outcome and fault of the mix
     * happened.
     */
    public boolean ok() {
        return wrong == 0 && payoutsExecuted == 0 && missing().isEmpty();
    }

    /** Outcomes, providers and faults that the plan promised and that never happened. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        expected.keySet().stream()
                .filter(outcome -> actual.getOrDefault(outcome, 0) == 0)
                .forEach(missing::add);
        providers.forEach((provider, tally) -> {
            if (tally.missed()) {
                missing.add("a payment by " + provider);
            }
        });
        faults.forEach((fault, times) -> {
            if (times == 0) {
                missing.add(fault);
            }
        });
        return List.copyOf(missing);
    }

    /** One line of JSON with the keys of the command contract; times in milliseconds, null without a sample. */
    public String toJson() {
        return json().toString();
    }

    /** The same, for whoever has more to say. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("payments", payments);
        json.put("approved", approved);
        json.put("failed", failed);
        json.put("lost", lost);
        json.put("duplicated", duplicated);
        json.put("contradicted", contradicted);
        json.put("wrong", wrong);
        expected.forEach(json.putObject("expected")::put);
        actual.forEach(json.putObject("actual")::put);
        json.put("under_review", underReview);
        json.put("parked", parked);
        json.put("surplus", surplus);
        json.put("payouts_executed", payoutsExecuted);
        json.put("double_payouts", doublePayouts);
        ObjectNode tallies = json.putObject("providers");
        providers.forEach((provider, tally) -> tallies.putObject(provider.name())
                .put("planned", tally.planned())
                .put("opened", tally.opened())
                .put("approved", tally.approved()));
        faults.forEach(json.putObject("faults")::put);
        json.put("turned_away", turnedAway);
        write(json.putObject("redirect_ms"), redirect);
        write(json.putObject("settled_ms"), settled);
        return json;
    }

    private static void write(ObjectNode json, Percentiles times) {
        json.put("p50", millis(times.p50()));
        json.put("p99", millis(times.p99()));
    }

    private static @Nullable BigDecimal millis(@Nullable Duration time) {
        return time == null ? null : BigDecimal.valueOf(time.toNanos() / 100_000, 1);
    }
}
