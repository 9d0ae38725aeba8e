package dev.intermezzo.sandbox.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The misfortunes of one payment.
 *
 * @param call what happens to its first Cashier call
 * @param webhook what happens to its webhooks
 * @param notification what the shop does to its first notifications
 * @param notificationTimes how many notifications that strikes, 0 to 10; 0 exactly when {@code notification} is {@code NONE}
 */
public record FaultPlan(CallFault call, WebhookFault webhook, NotifyFault notification, int notificationTimes) {

    private static final int MOST_NOTIFY_FAULTS = 10;

    /** Everything goes well. */
    public static final FaultPlan NONE = new FaultPlan(CallFault.NONE, WebhookFault.NONE, NotifyFault.NONE, 0);

    public FaultPlan {
        if (notificationTimes < 0 || notificationTimes > MOST_NOTIFY_FAULTS) {
            throw new IllegalArgumentException("notificationTimes must be 0 to " + MOST_NOTIFY_FAULTS);
        }
        if ((notification == NotifyFault.NONE) != (notificationTimes == 0)) {
            throw new IllegalArgumentException("notificationTimes must be 0 exactly when no notify fault is planned");
        }
    }

    /** Only the Cashier call is struck. */
    public static FaultPlan of(CallFault call) {
        return new FaultPlan(call, WebhookFault.NONE, NotifyFault.NONE, 0);
    }

    /** Only the webhooks are struck. */
    public static FaultPlan of(WebhookFault webhook) {
        return new FaultPlan(CallFault.NONE, webhook, NotifyFault.NONE, 0);
    }

    /** Only the first {@code times} notifications are struck. */
    public static FaultPlan of(NotifyFault notification, int times) {
        return new FaultPlan(CallFault.NONE, WebhookFault.NONE, notification, times);
    }

    /**
     * Draws one, each switch by itself and mostly off. Hangs are left out: a single one costs a sender's whole deadline.
     * So is the wrong amount, which changes the outcome and therefore belongs to whoever plans outcomes.
     */
    public static FaultPlan drawn(RandomGenerator random) {
        CallFault call = drawn(random, CallFault.NONE, CallFault.DELAY, CallFault.ERROR_500, CallFault.LOST_ANSWER);
        WebhookFault webhook = drawn(
                random,
                WebhookFault.NONE,
                WebhookFault.DUPLICATE,
                WebhookFault.REORDERED,
                WebhookFault.UNKNOWN_STATUS,
                WebhookFault.UNKNOWN_TRANSACTION);
        NotifyFault notification = drawn(random, NotifyFault.NONE, NotifyFault.ERROR_500, NotifyFault.LOST_ANSWER);
        return new FaultPlan(call, webhook, notification, notification == NotifyFault.NONE ? 0 : 1);
    }

    /** The report names of what is switched on. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        if (call != CallFault.NONE) {
            ids.add(call.id());
        }
        if (webhook != WebhookFault.NONE) {
            ids.add(webhook.id());
        }
        if (notification != NotifyFault.NONE) {
            ids.add(notification.id());
        }
        return List.copyOf(ids);
    }

    /** Off in nine of ten draws, otherwise one of the others with equal chance. */
    @SafeVarargs
    private static <T> T drawn(RandomGenerator random, T none, T... others) {
        return random.nextInt(10) > 0 ? none : others[random.nextInt(others.length)];
    }
}
