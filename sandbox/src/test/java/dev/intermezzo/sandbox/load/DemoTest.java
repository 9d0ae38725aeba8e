package dev.intermezzo.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.sandbox.cashier.BackOffice;
import dev.intermezzo.sandbox.cashier.CashierSettings;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.shop.ShopSettings;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final int PAYMENTS = 60;

    @Test
    void against_a_bridge_that_does_right_the_whole_mix_happens_and_nothing_is_wrong() throws Exception {
        // Given
        AtomicInteger settled = new AtomicInteger();

        // When
        DemoReport report = run(false, false, PAYMENTS, (begun, arrived, now, payments) -> settled.set(now));

        // Then
        assertThat(report.problems()).isEmpty();
        assertThat(report.missing()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.payments()).isEqualTo(PAYMENTS);
        assertThat(report.surplus()).isPositive();
        assertThat(report.underReview()).isPositive();
        assertThat(report.redirect().p50()).isNotNull();
        assertThat(report.settled().p99()).isNotNull();
        assertThat(settled).hasValue(PAYMENTS);
    }

    @Test
    void one_payment_that_goes_against_the_plan_makes_the_report_fail() throws Exception {
        // When
        DemoReport report = run(false, true, DemoPlan.WHOLE_MIX, (begun, arrived, now, payments) -> {});

        // Then
        assertThat(report.ok()).isFalse();
        assertThat(report.wrong()).isEqualTo(1);
        assertThat(report.contradicted()).isEqualTo(1);
        assertThat(report.duplicated()).isEqualTo(1);
    }

    @Test
    void a_bridge_that_never_tells_the_shop_loses_every_message() throws Exception {
        // When
        DemoReport report = run(true, false, DemoPlan.WHOLE_MIX, (begun, arrived, now, payments) -> {});

        // Then: all but the one under review, of which the shop must not hear
        assertThat(report.lost()).isEqualTo(DemoPlan.WHOLE_MIX - 1);
        assertThat(report.wrong()).isEqualTo(DemoPlan.WHOLE_MIX - 1);
        assertThat(report.ok()).isFalse();
    }

    @Test
    void buyers_who_would_begin_after_the_time_do_not_come_and_are_not_judged() throws Exception {
        int planned = 1_000;

        DemoReport report = run(
                false,
                false,
                planned,
                (begun, arrived, now, payments) -> {},
                usual -> usual.within(Duration.ofMillis(300), 2));

        assertThat(report.payments()).isBetween(1, planned - 1);
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok()).isTrue();
    }

    private static DemoReport run(boolean forgetful, boolean seedWrong, int payments, Progress progress)
            throws InterruptedException {
        return run(forgetful, seedWrong, payments, progress, usual -> usual);
    }

    private static DemoReport run(
            boolean forgetful, boolean seedWrong, int payments, Progress progress, UnaryOperator<DemoSettings> settled)
            throws InterruptedException {
        InstantSource clock = InstantSource.system();
        try (ToyBridge bridge = new ToyBridge(forgetful);
                SimulatedShop shop = SimulatedShop.start(
                        ShopSettings.of(0, "demo-shop", ToyBridge.KEY), bridge.base(), clock, new Random(1));
                SimulatedCashier cashier = SimulatedCashier.start(
                        CashierSettings.of(0, ToyBridge.COMPANY, ToyBridge.SECRET),
                        new BackOffice(
                                URI.create(bridge.base() + "/hook"),
                                URI.create(bridge.base() + "/return/sandbox-account"),
                                null),
                        clock,
                        new Random(2))) {
            bridge.payWith(cashier.base());
            DemoSettings settings = new DemoSettings(
                    URI.create(bridge.base() + "/return/sandbox-account"),
                    50,
                    Duration.ofMinutes(1),
                    40,
                    Duration.ofSeconds(40),
                    forgetful ? Duration.ofSeconds(1) : Duration.ofSeconds(40),
                    Duration.ofMillis(200),
                    seedWrong);
            return new Demo(shop, cashier, bridge, settled.apply(settings), clock)
                    .run(DemoPlan.of(1, payments), progress);
        }
    }
}
