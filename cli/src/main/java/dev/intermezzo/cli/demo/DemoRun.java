package dev.intermezzo.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.check.PayOutVerdict;
import dev.intermezzo.sandbox.load.Demo;
import dev.intermezzo.sandbox.load.DemoSettings;
import dev.intermezzo.sandbox.load.VoucherBuyers;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Sends planned buyers through an installation, wherever its stages run, and prints how every payment ended. */
public final class DemoRun {
    /** Warm-up payments are numbered apart, so that no journal confuses them with the measured ones. */
    private static final int WARM_UP_NUMBERS = 1_000_000;

    /** Buyers at once in a warm-up: enough to keep two cores busy, too few to make a queue. */
    private static final int WARM_UP_AT_ONCE = 16;

    /** The auditor is as fast as the pipeline; this is for a machine that is busy with other things. */
    private static final Duration AUDITED = Duration.ofSeconds(60);

    private static final int VOUCHERS = 2;
    private static final Duration VOUCHER_PATIENCE = Duration.ofSeconds(60);

    private final Load load;
    private final Output output;
    private final RoutableOperations operations = new RoutableOperations(ProviderCatalogue.bundled());
    private int paidInWarmUp;

    /**
     * How many buyers come, and how.
     *
     * @param payments those that are judged, at least 1
     * @param rate of them each second, at least 1
     * @param seed fixes every true outcome
     * @param warmUp payments before them, not counted
     * @param seedWrong let one buyer act against the plan: the run must then fail
     */
    public record Load(int payments, int rate, long seed, int warmUp, boolean seedWrong) {
        public Load {
            if (payments < 1 || rate < 1 || warmUp < 0) {
                throw new CommandFailure("demo-options", "--payments and --rate are at least 1, --warm-up at least 0.");
            }
        }
    }

    public DemoRun(Load load, Output output) {
        this.load = load;
        this.output = output;
    }

    /**
     * What the judges say.
     *
     * @param vouchers payments with one, when the buyers were home; empty when too few payments were planned for any
     * @param refunds ordered after them; empty when too few payments were planned for any
     * @param payOuts that belong to no payment, after them; empty when too few payments were planned for any
     * @param neverTaken operations of the catalogue that could have been used and were not; none when too few payments were
     *     planned
     * @param auditors empty: nobody asked them
     * @param publicPaid orders through the public listing that were paid; empty when the shop uses none, or too few
     *     payments were planned for one
     */
    public record Judged(
            DemoReport report,
            Optional<VoucherBuyers.Outcome> vouchers,
            Optional<DemoRefunds.Outcome> refunds,
            Optional<PayOutVerdict> payOuts,
            List<String> neverTaken,
            Optional<AuditorsWord> auditors,
            OptionalInt publicPaid) {
        public Judged {
            neverTaken = List.copyOf(neverTaken);
        }

        /**
         * Every payment, refund and pay-out ended as it should, no rule of money is broken, both kinds of integration were paid and
         * every operation was taken.
         */
        public boolean ok() {
            return report.ok()
                    && vouchers.stream().allMatch(outcome -> outcome.problems().isEmpty())
                    && refunds.stream().allMatch(DemoRefunds.Outcome::ok)
                    && payOuts.stream().allMatch(PayOutVerdict::ok)
                    && neverTaken.isEmpty()
                    && auditors.stream().allMatch(AuditorsWord::ok)
                    && publicPaid.orElse(1) > 0;
        }
    }

    /**
     * Runs to the end.
     *
     * @param partners known to the installation
     * @param kafka the installation's, for its ledger
     * @param api the installation's merchant API, on loopback; empty: an instance of it is started here
     * @param auditors management addresses of all that the installation has; none: they are not asked
     */
    public Judged run(Partners partners, KafkaSettings kafka, Optional<URI> api, List<URI> auditors)
            throws InterruptedException {
        try (LedgerFacts facts = new LedgerFacts(kafka)) {
            facts.start();
            DemoPlan plan = DemoPlan.of(load.seed(), load.payments()).throughEveryProvider();
            DemoReport report = run(plan, partners, facts);
            boolean whole = load.payments() >= DemoPlan.WHOLE_MIX;
            Optional<VoucherBuyers.Outcome> vouchers = whole ? Optional.of(vouchers(partners)) : Optional.empty();
            Optional<DemoRefunds.Outcome> refunds =
                    whole ? Optional.of(refunds(plan, partners, facts, kafka)) : Optional.empty();
            Optional<PayOutVerdict> payOuts =
                    whole ? Optional.of(payOuts(partners, facts, kafka, api)) : Optional.empty();
            return new Judged(
                    report,
                    vouchers,
                    refunds,
                    payOuts,
                    whole ? neverTaken(report, vouchers, refunds, payOuts) : List.of(),
                    auditors.isEmpty()
                            ? Optional.empty()
                            : Optional.of(AuditorsWord.ask(kafka, facts.last(), auditors, AUDITED)),
                    whole && partners.shop().listing().isPresent()
                            ? OptionalInt.of(partners.shop().listedAndPaid() - paidInWarmUp)
                            : OptionalInt.empty());
        }
    }

    private List<String> neverTaken(
            DemoReport report,
            Optional<VoucherBuyers.Outcome> vouchers,
            Optional<DemoRefunds.Outcome> refunds,
            Optional<PayOutVerdict> payOuts) {
        Map<Psp, Integer> paidOut = new TreeMap<>();
        refunds.ifPresent(made -> paidOut.putAll(made.paid()));
        payOuts.ifPresent(made -> made.paid().forEach((psp, count) -> paidOut.merge(psp, count, Integer::sum)));
        return operations.neverTaken(
                report.providers(), vouchers.map(VoucherBuyers.Outcome::paid).orElse(0), paidOut);
    }

    private VoucherBuyers.Outcome vouchers(Partners partners) throws InterruptedException {
        tell(VOUCHERS + " payments with vouchers");
        return new VoucherBuyers(partners.shop(), partners.cashier(), InstantSource.system(), VOUCHER_PATIENCE)
                .carryOut(VOUCHERS);
    }

    private DemoRefunds.Outcome refunds(DemoPlan plan, Partners partners, LedgerFacts facts, KafkaSettings kafka)
            throws InterruptedException {
        tell("refunds of some payments");
        return new DemoRefunds(partners, facts, operations.refunders()).carryOut(plan, kafka);
    }

    private PayOutVerdict payOuts(Partners partners, LedgerFacts facts, KafkaSettings kafka, Optional<URI> api)
            throws InterruptedException {
        tell("pay-outs that belong to no payment");
        DemoPayOuts payOuts = new DemoPayOuts(partners, facts, operations.payers());
        if (api.isPresent()) {
            return payOuts.carryOut(api.get(), kafka);
        }
        try (ApiInstance own = ApiInstance.start(kafka)) {
            return payOuts.carryOut(own.address(), kafka);
        }
    }

    /**
     * For people on standard output; beside a script's JSON on standard error, so that a failed run can be understood.
     *
     * @return the exit code
     */
    public int conclude(Judged judged) {
        PrintWriter people = output.isJson() ? output.err() : output.out();
        Summary.of(judged).forEach(people::println);
        people.flush();
        if (output.isJson()) {
            ObjectNode json = judged.report().json();
            judged.refunds().ifPresent(refunds -> write(refunds, json));
            judged.payOuts().ifPresent(payOuts -> write(payOuts, json));
            judged.vouchers().ifPresent(vouchers -> write(vouchers, json));
            ArrayNode neverTaken = json.putArray("never_taken");
            judged.neverTaken().forEach(neverTaken::add);
            json.put("breaches", judged.auditors().map(AuditorsWord::breaches).orElse(null));
            json.put(
                    "public_paid",
                    judged.publicPaid().isPresent() ? judged.publicPaid().getAsInt() : null);
            output.out().println(json);
            output.out().flush();
        }
        return judged.ok() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    /** The counts of the contract hold for payments, refunds and other pay-outs together. */
    private static void write(DemoRefunds.Outcome refunds, ObjectNode json) {
        add(json, "payouts_executed", refunds.verdict().executed());
        add(json, "double_payouts", refunds.verdict().doubles());
        add(json, "duplicated", refunds.verdict().doubles());
        add(json, "wrong", refunds.verdict().problems().size());
        ObjectNode paid = json.putObject("pay_outs");
        refunds.paid().forEach((provider, count) -> paid.put(provider.name(), count));
    }

    private static void write(PayOutVerdict payOuts, ObjectNode json) {
        add(json, "payouts_executed", payOuts.executed());
        add(json, "double_payouts", payOuts.doubles());
        add(json, "duplicated", payOuts.doubles());
        add(json, "wrong", payOuts.problems().size());
        ObjectNode paid = json.putObject("free_pay_outs");
        payOuts.paid().forEach((provider, count) -> paid.put(provider.name(), count));
    }

    private static void write(VoucherBuyers.Outcome vouchers, ObjectNode json) {
        json.put("vouchers_paid", vouchers.paid());
        add(json, "wrong", vouchers.problems().size());
    }

    private static void add(ObjectNode json, String count, int more) {
        json.put(count, json.get(count).intValue() + more);
    }

    private DemoReport run(DemoPlan measured, Partners partners, LedgerFacts facts) throws InterruptedException {
        URI back = partners.returnAddress();
        DemoSettings settings = DemoSettings.of(back, load.rate());
        if (load.warmUp() > 0) {
            tell("warm-up with " + load.warmUp() + " payments");
            DemoPlan plan = apart(DemoPlan.of(load.seed(), load.warmUp()).throughEveryProvider());
            carryOut(partners, facts, settings.asFastAsTheyComeBack(WARM_UP_AT_ONCE), plan);
            CompilerQuiet.await();
        }
        paidInWarmUp = partners.shop().listedAndPaid();
        tell(load.payments() + " payments at " + load.rate() + " per second, seed " + load.seed());
        return carryOut(partners, facts, load.seedWrong() ? settings.withSeededWrong() : settings, measured);
    }

    private DemoReport carryOut(Partners partners, LedgerFacts facts, DemoSettings settings, DemoPlan plan)
            throws InterruptedException {
        ProgressBar bar = new ProgressBar(output.err(), Boolean.getBoolean("intermezzo.terminal"));
        DemoReport report =
                new Demo(partners.shop(), partners.cashier(), facts, settings, InstantSource.system()).run(plan, bar);
        bar.done();
        return report;
    }

    private static DemoPlan apart(DemoPlan plan) {
        return new DemoPlan(
                plan.seed(),
                plan.payments().stream()
                        .map(payment -> payment.numbered(payment.number() + WARM_UP_NUMBERS))
                        .toList());
    }

    private void tell(String what) {
        output.err().println("Starting " + what + " ...");
        output.err().flush();
    }
}
