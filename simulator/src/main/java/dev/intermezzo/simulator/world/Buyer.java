package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.journal.OrderJournal.ShopStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A buyer: comes with a form, looks at the page now and then, and does one of the things that buyers do. */
final class Buyer {
    private static final int MOST_LOOKS = 14;
    private static final List<Duration> THINKING = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30),
            Duration.ofHours(30));

    /** A shop is asked again and again for about so long. */
    private static final Duration SHOP_ASKED = Duration.ofSeconds(10);

    private final World world;
    private final Edge edge;
    private final Cashier cashier;
    private final Operators operators;
    private final Script script;
    private final OrderJournal order;
    private final String place;
    private int looks;
    private int visited;

    Buyer(World world, Edge edge, Cashier cashier, Operators operators, Script script) {
        this.world = world;
        this.edge = edge;
        this.cashier = cashier;
        this.operators = operators;
        this.script = script;
        this.order = script.journal();
        this.place = "buyer/" + script.number();
    }

    /** Posts the shop's form for the first time. A few orders are only ever heard of through their money. */
    void checkOut() {
        if (world.chance().permille(20, place)) {
            cashier.payUnknown(order);
            return;
        }
        edge.buyerKey(order);
        post(false);
        if (world.chance().permille(40, place)) {
            world.agenda().after(think(), () -> cashier.forge(order));
        }
        lookLater();
    }

    /** The page does not come: the buyer goes back to the shop and begins again. */
    void waitsInVain() {
        if (world.chance().permille(800, place)) {
            Duration patience = world.chance().between(Duration.ofSeconds(2), Duration.ofSeconds(40), place);
            Duration pause = world.chance().between(Duration.ofSeconds(2), Duration.ofMinutes(2), place);
            world.agenda().after(patience, this::giveUp);
            world.agenda().after(patience.plus(pause), () -> edge.buyer(order, "checkout", script::formToCompare));
        }
    }

    private void look() {
        PaymentView view = world.view(order.payment());
        if (view == null) {
            lookLater();
            return;
        }
        int drawn = world.chance().below(100, place);
        boolean goesOn = switch (view.getState()) {
            case AWAITING_BUYER -> awaited(view, drawn);
            case IN_PROGRESS -> inProgress(view, drawn);
            case NOT_PAID -> notPaid(view, drawn);
            case VERIFYING -> verifying(drawn);
            case UNDER_REVIEW, OTHER -> drawn < 80;
            case APPROVED -> approved(drawn);
        };
        if (goesOn) {
            meddle();
            lookLater();
        }
    }

    private boolean awaited(PaymentView view, int drawn) {
        if (drawn < 45) {
            details(view, method(view));
        } else if (drawn < 65) {
            askAgain(view, true, method(view));
        } else if (drawn < 75) {
            post(false);
        } else if (drawn < 83) {
            giveUp();
        } else {
            return drawn < 92;
        }
        return true;
    }

    private boolean inProgress(PaymentView view, int drawn) {
        ViewedAttempt last =
                view.getAttempts().isEmpty() ? null : view.getAttempts().getLast();
        boolean page = last != null && last.getStatus() == AttemptStatus.AT_PROVIDER && last.getRedirect() != null;
        int number = last == null ? 0 : last.getNumber();
        if (page && drawn < 55 && number != visited) {
            visited = number;
            cashier.visit(order, visited);
        } else if (drawn < 65) {
            askAgain(view, world.chance().permille(600, place), null);
        } else if (drawn < 75) {
            post(world.chance().permille(200, place));
        } else if (drawn < 85) {
            giveUp();
        }
        return true;
    }

    private boolean notPaid(PaymentView view, int drawn) {
        if (view.getMayAskAgain() && drawn < 35) {
            askAgain(view, world.chance().permille(500, place), method(view));
        } else if (drawn < 60) {
            giveUp();
        } else if (drawn < 90) {
            post(false);
        } else {
            return false;
        }
        return true;
    }

    private boolean verifying(int drawn) {
        if (drawn < 20) {
            giveUp();
        } else if (drawn < 30) {
            post(false);
        } else if (drawn < 50) {
            // While the shop is being asked, somebody pays in another way and its owner notes that.
            world.agenda().after(world.chance().between(Duration.ZERO, SHOP_ASKED, place), this::ownerChangesTheOrder);
        }
        return true;
    }

    private boolean approved(int drawn) {
        if (drawn < 20) {
            post(false);
        } else if (drawn < 35) {
            cashier.payOldPage(order, Duration.ofSeconds(1));
        }
        return drawn < 50;
    }

    /** At the same moment something happens elsewhere: an old page is paid, or money comes by another way. */
    private void meddle() {
        int drawn = world.chance().below(100, place);
        Duration soon = world.chance().between(Duration.ZERO, Duration.ofSeconds(20), place);
        if (drawn < 14) {
            cashier.payOldPage(order, soon);
        } else if (drawn < 19 && world.view(order.payment()) != null) {
            operators.attachLater(order, cashier.payByLink(order), soon);
        } else if (drawn < 25) {
            world.agenda().after(soon, this::ownerChangesTheOrder);
        }
    }

    /** The shop's owner marks the order as paid by hand, or takes that back, of which the shop tells. */
    private void ownerChangesTheOrder() {
        if (order.shopStatus() == ShopStatus.PENDING) {
            order.ownerSets(ShopStatus.PAID);
            edge.shopTells(order, script.invoice(), "paid");
        } else if (order.shopStatus() == ShopStatus.PAID && order.touchedByOwner()) {
            order.ownerSets(ShopStatus.PENDING);
            edge.shopTells(order, script.invoice(), "pending");
        }
    }

    private void post(boolean changed) {
        edge.buyer(order, "checkout", () -> script.form(changed));
        if (world.chance().permille(80, place)) {
            world.agenda()
                    .after(
                            Duration.ofMillis(300),
                            () -> edge.buyer(order, "checkout, double click", () -> script.form(false)));
        }
    }

    private void details(PaymentView view, @Nullable String provider) {
        edge.buyer(
                order,
                "details",
                () -> BuyerDetailsSubmitted.newBuilder()
                        .setProvider(provider)
                        .setBuyer(script.details("details"))
                        .setPlan(script.plan())
                        .setAttempt(next(view))
                        .build());
    }

    private void askAgain(PaymentView view, boolean confirmed, @Nullable String provider) {
        edge.buyer(
                order,
                confirmed ? "again, confirmed" : "again",
                () -> BuyerAskedAgain.newBuilder()
                        .setConfirmed(confirmed)
                        .setProvider(provider)
                        .setPlan(script.plan())
                        .setAttempt(next(view))
                        .build());
    }

    /** The attempt that a page with this view is shown for; now and then it was left open in another tab since the one before. */
    private int next(PaymentView view) {
        int known = view.getAttempts().size();
        return known > 0 && world.chance().permille(60, place) ? known : known + 1;
    }

    private void giveUp() {
        edge.buyer(order, "back to the shop", BuyerGaveUp::new);
        if (world.chance().permille(350, place)) {
            // In the other tab the payment goes through just then.
            cashier.payOldPage(order, world.chance().between(Duration.ZERO, Duration.ofSeconds(6), place));
        }
    }

    private @Nullable String method(PaymentView view) {
        List<String> methods = view.getMethods();
        return methods.isEmpty() || world.chance().permille(300, place)
                ? null
                : methods.get(world.chance().below(methods.size(), place));
    }

    private void lookLater() {
        if (++looks <= MOST_LOOKS) {
            world.agenda().after(think(), this::look);
        }
    }

    private Duration think() {
        Duration most = THINKING.get(world.chance().below(THINKING.size(), place));
        return world.chance().between(Duration.ofMillis(200), most, place);
    }
}
