package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.shop.NotifyCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Messages that were told to a shop again although it had answered: harmless, and counted. */
public final class Repeats {
    private Repeats() {}

    /** POSTs beyond the first of each order and status that the shop answered in order; planned faults explain the others. */
    public static int of(List<NotifyCall> calls) {
        Map<String, Long> answered = calls.stream()
                .filter(call -> call.signatureValid() && call.fault() == NotifyFault.NONE)
                .collect(Collectors.groupingBy(call -> call.orderUuid() + " " + call.status(), Collectors.counting()));
        return (int) answered.values().stream().mapToLong(times -> times - 1).sum();
    }
}
