package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.HoldReason;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.kernel.Chance;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is fixed about one order before its buyer comes: the order, its shop, and how plans for it are drawn. */
final class Script {
    static final String MERCHANT = "sim-shop";
    static final String CURRENCY = "CAD";

    private static final List<HoldReason> COMPARE = List.of(new HoldReason("compare-order", ""));
    private static final List<HoldReason> COMPARE_IF_REACHABLE =
            List.of(new HoldReason("compare-order-if-reachable", ""));
    private static final int SCALE = 4;

    private final Chance chance;
    private final int number;
    private final UUID order;
    private final OrderJournal journal;
    private final NoWordPolicy noWord;
    private final Duration orderTime;

    private Script(Chance chance, int number) {
        this.chance = chance;
        this.number = number;
        this.order = new UUID(0x5151_0000_4000L | number, 0x8000_0000_0000_0000L | number);
        String place = "script/" + number;
        BigDecimal amount =
                BigDecimal.valueOf(1 + chance.below(50_000, place), 2).setScale(SCALE);
        this.journal = new OrderJournal(
                number, Ids.payment(MERCHANT, order.toString()), amount, CURRENCY, !chance.permille(150, place));
        this.noWord = chance.permille(850, place) ? NoWordPolicy.FAILED : NoWordPolicy.NOTHING;
        this.orderTime = List.of(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofHours(24))
                .get(chance.below(3, place));
    }

    static Script draw(Chance chance, int number) {
        return new Script(chance, number);
    }

    OrderJournal journal() {
        return journal;
    }

    int number() {
        return number;
    }

    String payment() {
        return journal.payment();
    }

    String invoice() {
        return "M-%010d-%010d".formatted(1, number);
    }

    /** The signed form, verified by the edge. */
    CheckoutReceived form(boolean changed) {
        return form(changed, holds("form/" + number));
    }

    /** The same form, whose order the shop has to confirm. */
    CheckoutReceived formToCompare() {
        return form(false, COMPARE);
    }

    private CheckoutReceived form(boolean changed, List<HoldReason> holds) {
        String place = "form/" + number;
        BigDecimal amount = changed ? journal.amount().add(BigDecimal.ONE) : journal.amount();
        return CheckoutReceived.newBuilder()
                .setOrderUuid(order.toString())
                .setInvoiceId(invoice())
                .setAmount(new Money(amount, CURRENCY))
                .setIntegrationId(MERCHANT)
                .setMozelloKeyId(chance.permille(900, place) ? "key-1" : "key-2")
                .setLanguageCode("en")
                .setShopName("Simulated shop")
                .setSuccessUrl("https://shop.example/success")
                .setFailureUrl("https://shop.example/failure")
                .setNotifyUrl("https://shop.example/notify")
                .setContentDigest(ByteBuffer.wrap(bytes(payment() + amount)))
                .setBuyer(details("form"))
                .setHolds(holds)
                .setPlan(plan())
                .build();
    }

    SealedData details(String part) {
        return new SealedData("buyer-key-" + number, "buyer-details", ByteBuffer.wrap(bytes(part)));
    }

    private List<HoldReason> holds(String place) {
        int drawn = chance.below(100, place);
        if (drawn < 60) {
            return List.of();
        }
        if (drawn < 70) {
            return COMPARE_IF_REACHABLE;
        }
        return drawn < 92 ? COMPARE : List.of(new HoldReason("host-not-listed", "x.example"));
    }

    /** The merchant's ways to pay, as the edge planned them for one attempt. */
    PaymentPlan plan() {
        String place = "plan/" + number;
        boolean none = chance.permille(60, place);
        List<PlannedRoute> routes = new ArrayList<>();
        List<ProviderKind> kinds = new ArrayList<>(List.of(ProviderKind.values()));
        int most = 1 + chance.below(3, place);
        while (routes.size() < most) {
            ProviderKind kind = kinds.remove(chance.below(kinds.size(), place));
            List<String> missing = chance.permille(150, place) ? List.of("phone") : List.of();
            routes.add(kind.route(!none, missing, Duration.ofHours(1 + chance.below(48, place))));
        }
        return PaymentPlan.newBuilder()
                .setSettingsRevision("1")
                .setCatalogueVersion("1")
                .setRoutes(routes)
                .setOrderTimeSeconds((int) orderTime.toSeconds())
                .setNoWord(noWord)
                .setTestShop(journal.testShop())
                .setBuyerChooses(chance.permille(300, place))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
