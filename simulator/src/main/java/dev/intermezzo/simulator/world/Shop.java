package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SendOutcome;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.journal.OrderJournal.ShopStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The simulated shop: takes messages well, badly, or not at all, and may have a will of its own. */
final class Shop {

    /**
     * How a POST ended.
     *
     * @param reached the shop got it
     * @param applied its status is the order's from now on
     * @param said the status that the shop names when it refuses
     */
    record Reply(
            SendOutcome outcome,
            boolean reached,
            boolean applied,
            @Nullable String said,
            @Nullable Integer retryAfterSeconds) {}

    private enum Mood {
        WELL,
        FLAKY,
        DEAD,
        WILLFUL
    }

    /** A mood, and until when. */
    private record Shift(Mood mood, Instant until) {}

    private static final List<ShopStatus> OWNERS_CHOICE =
            List.of(ShopStatus.PAID, ShopStatus.FAILED, ShopStatus.CANCELLED);

    private final World world;
    private final Map<String, Shift> moods = new HashMap<>();

    Shop(World world) {
        this.world = world;
    }

    /** Takes a message. */
    Reply take(OrderJournal order, NotificationRequest request) {
        String place = "post/" + request.getId();
        return switch (mood(order)) {
            case WELL -> well(order, request);
            case WILLFUL -> {
                if (order.shopStatus() == ShopStatus.PENDING) {
                    order.ownerSets(OWNERS_CHOICE.get(world.chance().below(OWNERS_CHOICE.size(), place)));
                    world.tell(order, "shop's owner", "set the order to " + order.shopStatus());
                }
                yield well(order, request);
            }
            case DEAD ->
                world.chance().permille(500, place)
                        ? reply(SendOutcome.NOT_SENT, false, null)
                        : new Reply(SendOutcome.FAILED, true, false, null, null);
            case FLAKY -> flaky(order, request, place);
        };
    }

    private Reply flaky(OrderJournal order, NotificationRequest request, String place) {
        int drawn = world.chance().below(100, place);
        if (drawn < 25) {
            return new Reply(SendOutcome.FAILED, true, false, null, drawn < 6 ? 40 : null);
        }
        if (drawn < 45) {
            boolean applied = world.chance().permille(600, place);
            return new Reply(SendOutcome.UNANSWERED, true, applied && apply(order, request), null, null);
        }
        if (drawn < 55) {
            return reply(SendOutcome.NOT_SENT, false, null);
        }
        if (drawn < 62) {
            return new Reply(SendOutcome.ERROR_UNREADABLE, true, false, null, null);
        }
        if (drawn < 70) {
            return new Reply(SendOutcome.DEFERRED, false, false, null, 2);
        }
        return well(order, request);
    }

    private Reply well(OrderJournal order, NotificationRequest request) {
        if (apply(order, request)) {
            return new Reply(SendOutcome.DELIVERED, true, true, null, null);
        }
        String said = switch (order.shopStatus()) {
            case PAID -> "paid";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case PENDING -> throw new IllegalStateException("a pending order takes every status");
        };
        return new Reply(SendOutcome.NOT_PENDING, true, false, said, null);
    }

    /** With check_pending the shop changes a pending order only. */
    private static boolean apply(OrderJournal order, NotificationRequest request) {
        if (request.getCheckPending() && order.shopStatus() != ShopStatus.PENDING) {
            return false;
        }
        order.shopStatus(request.getStatus() == NotifyStatus.APPROVED ? ShopStatus.PAID : ShopStatus.FAILED);
        return true;
    }

    private static Reply reply(SendOutcome outcome, boolean reached, @Nullable String said) {
        return new Reply(outcome, reached, false, said, null);
    }

    private Mood mood(OrderJournal order) {
        String place = "mood/" + order.number();
        Shift shift = moods.computeIfAbsent(order.payment(), first -> {
            int drawn = world.chance().below(100, place);
            Mood drawnMood = drawn < 55 ? Mood.WELL : drawn < 82 ? Mood.FLAKY : drawn < 92 ? Mood.DEAD : Mood.WILLFUL;
            Duration most = Duration.ofHours(world.chance().permille(500, place) ? 2 : 120);
            return new Shift(
                    drawnMood, world.agenda().instant().plus(world.chance().between(Duration.ZERO, most, place)));
        });
        boolean over = shift.mood() == Mood.DEAD && !world.agenda().instant().isBefore(shift.until());
        return over ? Mood.WELL : shift.mood();
    }
}
