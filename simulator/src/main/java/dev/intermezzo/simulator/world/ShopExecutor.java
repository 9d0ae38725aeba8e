package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.OrderDiffers;
import dev.intermezzo.schemas.avro.OrderMatches;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.ShopUnreachable;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** Asks the shop whether its order is the one that the form names: matches, differs, cannot be reached, never answers. */
final class ShopExecutor {
    private static final String PROCESS = "shop-executor";
    private static final Duration LEAST = Duration.ofMillis(20);
    private static final Duration MOST = Duration.ofSeconds(25);

    private final World world;

    ShopExecutor(World world) {
        this.world = world;
    }

    void start() {
        new CommandReader<>(world, PROCESS, Topics.SHOP_COMMANDS, this::handle).start();
    }

    private void handle(ShopCommand command, Work work) {
        String place = "compare/" + command.getId();
        if (work.diesBy(world, FaultKind.CRASH_BEFORE_CALL)) {
            return;
        }
        int drawn = world.chance().below(100, place);
        if (drawn >= 82) {
            work.finish();
            return;
        }
        SpecificRecordBase fact = drawn < 55
                ? new OrderMatches()
                : drawn < 67 ? new OrderDiffers(List.of("total")) : new ShopUnreachable("connect");
        world.agenda()
                .after(
                        world.chance().between(LEAST, MOST, place),
                        () -> work.run(() -> report(command, fact, work, place)));
    }

    private void report(ShopCommand command, SpecificRecordBase fact, Work work, String place) {
        if (work.diesBy(world, FaultKind.CRASH_AFTER_CALL)) {
            return;
        }
        ShopResult result = ShopResult.newBuilder()
                .setId(Ids.result(command.getId()))
                .setPaymentId(command.getPaymentId())
                .setMerchantId(command.getMerchantId())
                .setEnvironment(command.getEnvironment())
                .setOccurredAt(world.clockOf(PROCESS))
                .setCommandId(command.getId())
                .setBody(fact)
                .build();
        work.report(world, place, () -> world.append(Topics.SHOP_RESULTS, command.getPaymentId(), result));
    }
}
