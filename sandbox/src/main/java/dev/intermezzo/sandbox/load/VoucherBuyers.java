package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.check.Visit.Ending;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.load.Browser.Reply;
import dev.intermezzo.sandbox.load.Place.AtEnd;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.SignedForm;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Buyers who pay with vouchers, one after the other. No provider's page is opened and no webhook comes, so that nothing of a
 * plan's scenarios and faults fits them.
 */
public final class VoucherBuyers {

    private static final BigDecimal AMOUNT = new BigDecimal("12.50");
    private static final Duration LOOK = Duration.ofMillis(100);

    private final SimulatedShop shop;
    private final SimulatedCashier cashier;
    private final InstantSource clock;
    private final Duration patience;

    /** @param patience of each buyer, and then with the notification to the shop */
    public VoucherBuyers(SimulatedShop shop, SimulatedCashier cashier, InstantSource clock, Duration patience) {
        this.shop = shop;
        this.cashier = cashier;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * What came of them.
     *
     * @param paid orders whose voucher was redeemed once, whose buyer saw success and whose shop was told
     */
    public record Outcome(int paid, List<String> problems) {
        public Outcome {
            problems = List.copyOf(problems);
        }
    }

    /** Sends that many. */
    public Outcome carryOut(int count) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient http = Demo.client(threads)) {
            for (int number = 1; number <= count; number++) {
                problems.addAll(pay(number, new Browser(http, patience)));
            }
        }
        return new Outcome(count - problems.size(), problems);
    }

    /** What is wrong with one buyer's payment: nothing, or the first thing. */
    private List<String> pay(int number, Browser browser) throws InterruptedException {
        // A voucher is redeemed once, and the same simulator may have served others before.
        Market market = Market.ofVoucher("1%013d%02d".formatted(clock.millis(), number % 100));
        String email = "voucher-buyer-" + number + '-' + clock.millis() + "@example.com";
        OrderSnapshot order =
                shop.newOrder(AMOUNT, market.currency(), market.buyer(email).withPhone(market.phone()), FaultPlan.NONE);
        Walk walk = new Walk(browser, market, shop.base(), cashier.base(), clock, patience);
        try {
            SignedForm form = shop.signedForm(order);
            Reply accepted = browser.post(form.action(), form.encoded());
            Place end = walk.toProvider(walk.follow(accepted), Set.of());
            if (!(end instanceof AtEnd(Ending ending)) || ending != Ending.SUCCESS) {
                return wrong(order, "its buyer came to " + end);
            }
        } catch (JourneyException | IOException e) {
            return wrong(order, String.valueOf(e.getMessage()));
        }
        long redeemed = cashier.redeemedVouchers().stream()
                .filter(voucher -> voucher.email().equals(email))
                .count();
        if (redeemed != 1) {
            return wrong(order, redeemed + " vouchers were redeemed for it");
        }
        return told(order) ? List.of() : wrong(order, "the shop never heard of it");
    }

    private boolean told(OrderSnapshot order) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!heard(order) && System.nanoTime() < end) {
            Thread.sleep(LOOK);
        }
        return heard(order);
    }

    private boolean heard(OrderSnapshot order) {
        return shop.journal().stream()
                .anyMatch(call -> call.orderUuid().equals(order.uuid())
                        && call.effect() == NotifyEffect.CHANGED
                        && call.status().equals("approved"));
    }

    private static List<String> wrong(OrderSnapshot order, String what) {
        return List.of("order " + order.uuid() + ", paid with a voucher: " + what);
    }
}
