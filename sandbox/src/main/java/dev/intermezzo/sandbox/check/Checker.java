package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Compares a plan with the evidence, payment by payment. What the counts mean:
 *
 * <ul>
 *   <li><em>lost</em>: accepted, but the expected message neither reached the shop nor is parked;
 *   <li><em>duplicated</em>: a second charge, pay-out or status change; a repeated POST after a lost answer is not one;
 *   <li><em>contradicted</em>: the shop's final status differs from the truth;
 *   <li><em>wrong</em>: any payment that did not end as expected, the buyer's last page and open cases included.
 * </ul>
 */
public final class Checker {

    private Checker() {}

    /** The verdict on everything. */
    public static DemoReport check(DemoPlan plan, Evidence evidence) {
        Judge judge = new Judge(evidence);
        List<PaymentVerdict> verdicts =
                plan.payments().stream().map(judge::judge).toList();
        int doubles = doublePayOuts(evidence.payOuts());
        Timings timings = new Timings(evidence);
        return new DemoReport(
                plan.payments().size(),
                count(verdicts, verdict -> verdict.actual().equals(Outcome.APPROVED.id())),
                count(verdicts, verdict -> verdict.actual().equals(Outcome.FAILED.id())),
                count(verdicts, PaymentVerdict::lost),
                count(verdicts, PaymentVerdict::duplicated) + doubles,
                count(verdicts, PaymentVerdict::contradicted),
                count(verdicts, PaymentVerdict::wrong),
                tally(verdicts.stream()
                        .map(verdict -> verdict.planned().scenario().outcome().id())
                        .toList()),
                tally(verdicts.stream().map(PaymentVerdict::actual).toList()),
                withCase(plan, evidence, Judge.UNDER_REVIEW),
                parked(plan, evidence),
                withCase(plan, evidence, Judge.SURPLUS),
                evidence.payOuts().size(),
                doubles,
                ProviderTally.of(plan, evidence),
                Misfortunes.counted(plan, evidence),
                evidence.visits().values().stream().mapToInt(Visit::turnedAway).sum(),
                timings.redirects(plan),
                timings.settlements(plan),
                problems(verdicts, evidence),
                wrongOrders(verdicts, evidence));
    }

    /** How many payments have not ended as expected and still may; a driver waits until there are none. */
    public static int open(DemoPlan plan, Evidence evidence) {
        Judge judge = new Judge(evidence);
        return (int) plan.payments().stream()
                .map(judge::judge)
                .filter(verdict -> verdict.wrong() && !verdict.irreparable())
                .count();
    }

    private static int count(List<PaymentVerdict> verdicts, Predicate<PaymentVerdict> which) {
        return (int) verdicts.stream().filter(which).count();
    }

    private static Map<String, Integer> tally(List<String> names) {
        Map<String, Integer> tally = new TreeMap<>();
        names.forEach(name -> tally.merge(name, 1, Integer::sum));
        return tally;
    }

    private static int withCase(DemoPlan plan, Evidence evidence, String name) {
        return (int) plan.payments().stream()
                .map(payment -> evidence.visits().get(payment.number()))
                .filter(visit -> visit != null
                        && evidence.cases()
                                .getOrDefault(visit.orderUuid(), Set.of())
                                .contains(name))
                .count();
    }

    private static int parked(DemoPlan plan, Evidence evidence) {
        return (int) plan.payments().stream()
                .map(payment -> evidence.visits().get(payment.number()))
                .filter(visit -> visit != null && evidence.parked().contains(visit.orderUuid()))
                .count();
    }

    /**
     * Pay-outs beyond the first of each user: the user id of a pay-out names the refund that it carries out, so a second one
     * is the same money sent twice.
     */
    public static int doublePayOuts(List<TransactionSnapshot> payOuts) {
        long refunds =
                payOuts.stream().map(TransactionSnapshot::userId).distinct().count();
        return payOuts.size() - (int) refunds;
    }

    /** Where a person looks up the story of what is wrong. */
    private static List<String> wrongOrders(List<PaymentVerdict> verdicts, Evidence evidence) {
        return verdicts.stream()
                .filter(PaymentVerdict::wrong)
                .map(verdict -> evidence.visits().get(verdict.planned().number()))
                .filter(Objects::nonNull)
                .map(Visit::orderUuid)
                .toList();
    }

    private static String order(PaymentVerdict verdict, Evidence evidence) {
        Visit visit = evidence.visits().get(verdict.planned().number());
        return visit == null ? "" : ", order " + visit.orderUuid();
    }

    private static List<String> problems(List<PaymentVerdict> verdicts, Evidence evidence) {
        return verdicts.stream()
                .filter(PaymentVerdict::wrong)
                .map(verdict -> "payment " + verdict.planned().number() + order(verdict, evidence) + " ("
                        + verdict.planned().scenario().id() + ", "
                        + verdict.planned().faults().ids() + "): " + String.join("; ", verdict.problems()))
                .toList();
    }
}
