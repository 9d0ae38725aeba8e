package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.faults.WebhookFault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a demonstration does: every payment's true outcome and misfortunes, fixed by the seed before anything runs.
 *
 * <p>The first {@link #WHOLE_MIX} payments hold every scenario and fault once; the rest is drawn, mostly plain
 * approvals. A plan shorter than that holds only part of the mix. The order is shuffled.
 *
 * @param seed what it was drawn from
 * @param payments in the order in which they begin
 */
public record DemoPlan(long seed, List<PlannedPayment> payments) {

    private record Entry(Scenario scenario, FaultPlan faults) {}

    private static final List<Entry> MIX = List.of(
            new Entry(Scenario.APPROVED, FaultPlan.NONE),
            new Entry(Scenario.DECLINED, FaultPlan.NONE),
            new Entry(Scenario.SURPLUS, FaultPlan.NONE),
            new Entry(Scenario.WRONG_AMOUNT, FaultPlan.of(WebhookFault.WRONG_AMOUNT)),
            new Entry(Scenario.DECLINED_THEN_APPROVED, FaultPlan.NONE),
            new Entry(Scenario.APPROVED, FaultPlan.of(WebhookFault.DUPLICATE)),
            new Entry(Scenario.APPROVED, FaultPlan.of(CallFault.WEBHOOK_BEFORE_ANSWER)),
            new Entry(Scenario.APPROVED, FaultPlan.of(CallFault.LOST_ANSWER)),
            new Entry(Scenario.APPROVED, FaultPlan.of(NotifyFault.ERROR_500, 1)),
            new Entry(Scenario.APPROVED, FaultPlan.of(NotifyFault.LOST_ANSWER, 1)),
            new Entry(Scenario.APPROVED, FaultPlan.of(WebhookFault.UNKNOWN_STATUS)),
            new Entry(Scenario.APPROVED, FaultPlan.of(WebhookFault.REORDERED)),
            new Entry(Scenario.APPROVED, FaultPlan.of(WebhookFault.UNKNOWN_TRANSACTION)),
            new Entry(Scenario.APPROVED, FaultPlan.of(CallFault.ERROR_500)),
            new Entry(Scenario.APPROVED, FaultPlan.of(CallFault.DELAY)),
            new Entry(Scenario.DOUBLE_CLICK, FaultPlan.NONE),
            new Entry(Scenario.DETAILS_MISSING, FaultPlan.NONE),
            new Entry(Scenario.DECLINED, FaultPlan.of(WebhookFault.DUPLICATE)),
            new Entry(Scenario.DECLINED, FaultPlan.of(NotifyFault.ERROR_500, 1)));

    /** From this many payments on, a plan holds every scenario and fault. */
    public static final int WHOLE_MIX = MIX.size();

    /** Out of 100 drawn payments; the others are approvals with faults drawn switch by switch. */
    private static final int PLAIN = 60;

    private static final int OTHER_SCENARIOS = 20;

    /** Of so many plain payments one goes elsewhere. */
    private static final int EVERY_OTHER = 3;

    private static final List<Psp> OTHERS = List.of(Psp.TRUST, Psp.FORUMPAY, Psp.CLEO, Psp.GIGADAT, Psp.WORLDPAY_EU);

    private static final int SMALLEST_CENTS = 500;
    private static final int LARGEST_CENTS = 25_000;

    public DemoPlan {
        payments = List.copyOf(payments);
    }

    /** The payments that begin first. */
    public DemoPlan first(int count) {
        return new DemoPlan(seed, payments.subList(0, count));
    }

    /**
     * Draws a plan; the same arguments always give the same one.
     *
     * @param count how many payments, at least 1
     */
    public static DemoPlan of(long seed, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A plan has at least one payment.");
        }
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>(MIX.subList(0, Math.min(count, MIX.size())));
        while (entries.size() < count) {
            entries.add(drawn(random));
        }
        Collections.shuffle(entries, random);
        List<PlannedPayment> payments = new ArrayList<>(count);
        for (Entry entry : entries) {
            payments.add(new PlannedPayment(payments.size() + 1, entry.scenario(), entry.faults(), amount(random)));
        }
        return new DemoPlan(seed, payments);
    }

    /**
     * The same payments with the same outcomes, and about every third of the plain ones by another provider in turn. From
     * {@link #WHOLE_MIX} payments on, each provider has one that is approved. What is not plain stays where it was: what two
     * pages of one payment do, for instance, is no matter of the provider.
     */
    public DemoPlan throughEveryProvider() {
        Map<Scenario, Integer> met = new EnumMap<>(Scenario.class);
        return new DemoPlan(
                seed,
                payments.stream()
                        .map(payment -> isPlain(payment)
                                ? payment.through(provider(met.merge(payment.scenario(), 1, Integer::sum) - 1))
                                : payment)
                        .toList());
    }

    /**
     * A webhook of a transaction that nobody opened repeats the user id, which at some providers names the attempt: there it
     * would be a second payment of it.
     */
    private static boolean isPlain(PlannedPayment payment) {
        return (payment.scenario() == Scenario.APPROVED || payment.scenario() == Scenario.DECLINED)
                && payment.faults().webhook() != WebhookFault.UNKNOWN_TRANSACTION;
    }

    /** Each of the others at once, so that a short plan has them all; then one in turn now and again. */
    private static Psp provider(int plainBefore) {
        if (plainBefore < OTHERS.size()) {
            return OTHERS.get(plainBefore);
        }
        return plainBefore % EVERY_OTHER == 0 ? OTHERS.get(plainBefore / EVERY_OTHER % OTHERS.size()) : Psp.PAYONE;
    }

    private static Entry drawn(Random random) {
        int draw = random.nextInt(100);
        if (draw < PLAIN) {
            return MIX.getFirst();
        }
        if (draw < PLAIN + OTHER_SCENARIOS) {
            return MIX.get(1 + random.nextInt(MIX.size() - 1));
        }
        return new Entry(Scenario.APPROVED, FaultPlan.drawn(random));
    }

    private static BigDecimal amount(Random random) {
        return BigDecimal.valueOf(SMALLEST_CENTS + random.nextInt(LARGEST_CENTS - SMALLEST_CENTS), 2);
    }
}
