package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.simulator.journal.OrderJournal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A merchant's own system at the merchant API: beside some orders it asks for a pay-out that belongs to none, and asks again
 * when it is not sure that it was heard. The API gives the same act each time, by the Idempotency-Key.
 */
final class MerchantSystem {
    private static final int SHARE_PERMILLE = 150;
    private static final int AGAIN_PERMILLE = 350;
    private static final int MOST_TIMES = 4;

    /** Pay-outs are numbered apart from the orders beside which they come. */
    private static final int NUMBERS = 1_000_000;

    private static final int MOST_CENTS = 50_000;
    private static final int SCALE = 4;
    private static final Duration WITHIN = Duration.ofMinutes(30);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofMinutes(3),
            Duration.ofHours(7),
            Duration.ofDays(29));

    private final World world;
    private final Edge edge;

    MerchantSystem(World world, Edge edge) {
        this.world = world;
        this.edge = edge;
    }

    /** The pay-out beside the order of this number, where there is one; it will be asked for. */
    Optional<OrderJournal> beside(int number) {
        String place = "pay-out-wanted/" + number;
        if (!world.chance().permille(SHARE_PERMILLE, place)) {
            return Optional.empty();
        }
        String hash = "%020x%012x".formatted(0, number);
        BigDecimal amount = BigDecimal.valueOf(1 + world.chance().below(MOST_CENTS, place), 2)
                .setScale(SCALE);
        OrderJournal payOut =
                OrderJournal.ofPayOut(NUMBERS + number, Ids.freePayOut(Script.MERCHANT, hash), amount, Script.CURRENCY);
        world.agenda().after(world.chance().between(Duration.ZERO, WITHIN, place), () -> {
            OperatorAct act = act(payOut, "api-" + hash);
            ask(payOut, act, place, 1);
        });
        return Optional.of(payOut);
    }

    private void ask(OrderJournal payOut, OperatorAct act, String place, int time) {
        edge.operator(payOut, act);
        if (time < MOST_TIMES && world.chance().permille(AGAIN_PERMILLE, place)) {
            Duration most = PAUSES.get(world.chance().below(PAUSES.size(), place));
            world.agenda()
                    .after(world.chance().between(Duration.ZERO, most, place), () -> ask(payOut, act, place, time + 1));
        }
    }

    /** The two persons who issued the key stand behind what it asks for. */
    private OperatorAct act(OrderJournal payOut, String request) {
        return OperatorAct.newBuilder()
                .setId(request)
                .setPaymentId(payOut.payment())
                .setMerchantId(Script.MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(world.clockOf("merchant-api"))
                .setOperator("olga with API key key-1")
                .setApprover("peter with API key key-1")
                .setBody(new RefundRequested(
                        request,
                        new Money(payOut.amount(), payOut.currency()),
                        ProviderKind.PAYONE.name(),
                        ProviderKind.ACCOUNT,
                        List.of(),
                        new DestinationRef("supplier", "revision-1")))
                .build();
    }
}
