package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How long a pipeline was away after a blow, as its users would say it: the time from the blow until, on <em>every</em>
 * partition, a payment has been told to its shop whose order was made <em>after</em> the blow. Which partitions the victim
 * worked on need not be known: those of others are quick, and the slowest counts. It contains a payment's usual time (its
 * pages and clicks), so nothing is as quick as that.
 *
 * <p>Judged from the simulators' journals when all is over.
 */
public final class Recovery {

    private record Settled(Instant made, Instant told, int partition) {}

    private final List<Settled> settled;
    private final int partitions;

    /**
     * @param partition of an order, from 0
     * @param partitions how many there are
     */
    public Recovery(
            Collection<OrderSnapshot> orders, List<NotifyCall> calls, ToIntFunction<String> partition, int partitions) {
        Map<String, Instant> told = new HashMap<>();
        calls.stream()
                .filter(call -> call.effect() == NotifyEffect.CHANGED)
                .forEach(call -> told.merge(call.orderUuid(), call.at(), (one, two) -> one.isBefore(two) ? one : two));
        this.settled = orders.stream()
                .filter(order -> told.containsKey(order.uuid()))
                .map(order -> new Settled(
                        order.created(),
                        told.getOrDefault(order.uuid(), Instant.MAX),
                        partition.applyAsInt(order.uuid())))
                .toList();
        this.partitions = partitions;
    }

    /** Empty when a partition settled nothing that began after the blow: it came too late to be measured. */
    public Optional<Duration> after(Instant blow) {
        Map<Integer, Instant> first = new HashMap<>();
        settled.stream()
                .filter(payment -> payment.made().isAfter(blow))
                .forEach(payment ->
                        first.merge(payment.partition(), payment.told(), (one, two) -> one.isBefore(two) ? one : two));
        return first.size() < partitions
                ? Optional.empty()
                : first.values().stream().max(Instant::compareTo).map(last -> Duration.between(blow, last));
    }
}
