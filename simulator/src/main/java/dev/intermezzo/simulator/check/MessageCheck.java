package dev.intermezzo.simulator.check;

import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.journal.ShopPost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one order's shop was told, by the shop's own journal: in order, one at a time, never failed after approved. */
final class MessageCheck {
    private final OrderJournal order;
    private final Emitted emitted;
    private final List<Violation> violations = new ArrayList<>();

    MessageCheck(OrderJournal order, Emitted emitted) {
        this.order = order;
        this.emitted = emitted;
    }

    List<Violation> check() {
        List<ShopPost> posts = order.posts().stream()
                .sorted(Comparator.comparing(ShopPost::began))
                .toList();
        Map<String, Integer> times = new LinkedHashMap<>();
        posts.forEach(post -> times.merge(post.due(), 1, Integer::sum));
        Map<String, ShopPost> first = new LinkedHashMap<>();
        posts.stream().filter(ShopPost::reached).forEach(post -> first.putIfAbsent(post.due(), post));
        inOrder(List.copyOf(first.values()));
        oneAtATime(List.copyOf(first.values()), times);
        neverContradicted(List.copyOf(first.values()));
        return violations;
    }

    /** A message that was sent once more after a crash is a repeat; what counts is when each was first begun. */
    private void inOrder(List<ShopPost> posts) {
        List<String> requests = emitted.requests(order.payment()).stream()
                .map(NotificationRequest::getId)
                .toList();
        int reached = 0;
        for (ShopPost post : posts) {
            int place = requests.indexOf(post.request());
            if (place < reached) {
                violate(
                        Promise.MESSAGES_IN_ORDER,
                        post.due() + " was first posted at " + post.began() + ", after a later message");
            }
            reached = Math.max(reached, place);
        }
    }

    /** Where a message was repeated by a second owner, its first report may end it while the other is still under way. */
    private void oneAtATime(List<ShopPost> posts, Map<String, Integer> times) {
        for (int i = 1; i < posts.size(); i++) {
            ShopPost earlier = posts.get(i - 1);
            ShopPost later = posts.get(i);
            if (later.began().isBefore(earlier.ended()) && times.getOrDefault(earlier.due(), 0) == 1) {
                violate(
                        Promise.MESSAGES_IN_ORDER,
                        later.due() + " was posted at " + later.began() + " while " + earlier.due()
                                + " was under way until " + earlier.ended());
            }
        }
    }

    private void neverContradicted(List<ShopPost> posts) {
        boolean approved = false;
        for (ShopPost post : posts) {
            if (approved && post.status() == NotifyStatus.FAILED) {
                violate(Promise.NEVER_CONTRADICTED, post.due() + " said failed after the shop was told approved");
            }
            approved = approved || post.status() == NotifyStatus.APPROVED;
        }
        boolean applied = false;
        for (ShopPost post : order.posts()) {
            if (applied && post.applied() && post.status() == NotifyStatus.FAILED) {
                violate(Promise.NEVER_CONTRADICTED, post.due() + " made a paid order failed");
            }
            applied = applied || (post.applied() && post.status() == NotifyStatus.APPROVED);
        }
    }

    private void violate(Promise promise, String what) {
        violations.add(new Violation(promise, order.payment(), what));
    }
}
