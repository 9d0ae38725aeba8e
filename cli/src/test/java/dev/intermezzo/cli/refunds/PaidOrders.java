package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.check.PipelineFacts;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.load.Demo;
import dev.intermezzo.sandbox.load.DemoSettings;
import dev.intermezzo.sandbox.shop.PublicListing;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import dev.intermezzo.schemas.Ids;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Buyers of a sandbox world, one order each. */
public final class PaidOrders {
    private static final PipelineFacts NOTHING_OPEN = new PipelineFacts() {
        @Override
        public Set<String> parkedOrders() {
            return Set.of();
        }

        @Override
        public Map<String, Set<String>> openCases() {
            return Map.of();
        }
    };

    private PaidOrders() {}

    static PlannedPayment planned(int number, Scenario scenario, String price) {
        return new PlannedPayment(number, scenario, FaultPlan.NONE, new BigDecimal(price));
    }

    /** The buyer does what is planned, to its end; the payment's id. */
    static String bought(SandboxWorld world, PlannedPayment planned) throws InterruptedException {
        carryOut(world, planned, NOTHING_OPEN);
        return payment(world.shop(), world.shop().journal().getLast().orderUuid());
    }

    /**
     * The same for a plan that leaves a case, of which the shop may never hear.
     *
     * @param facts who sees the case
     */
    public static String leavingACase(SandboxWorld world, PlannedPayment planned, PipelineFacts facts)
            throws InterruptedException {
        Set<String> before = facts.openCases().keySet();
        carryOut(world, planned, facts);
        String order = facts.openCases().keySet().stream()
                .filter(each -> !before.contains(each))
                .findFirst()
                .orElseThrow();
        return payment(world.shop(), order);
    }

    private static void carryOut(SandboxWorld world, PlannedPayment planned, PipelineFacts facts)
            throws InterruptedException {
        DemoSettings settings = DemoSettings.of(world.returnAddress(), 1);
        DemoReport report = new Demo(world.shop(), world.cashier(), facts, settings, InstantSource.system())
                .run(new DemoPlan(1, List.of(planned)), (begun, arrived, settled, payments) -> {});
        if (report.wrong() != 0) {
            throw new AssertionError(report.problems().toString());
        }
    }

    /** An order that came through the public listing belongs to the shop's connection. */
    private static String payment(SimulatedShop shop, String order) {
        String integration = shop.listing()
                .filter(listing -> shop.isListed(order))
                .map(PublicListing::connectionId)
                .orElse(SandboxWorld.SHOP);
        return Ids.payment(integration, order);
    }
}
