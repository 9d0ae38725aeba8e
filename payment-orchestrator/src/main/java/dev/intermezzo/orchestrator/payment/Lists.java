package dev.intermezzo.orchestrator.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Bounded, immutable lists: every list in a state has a named bound. */
final class Lists {

    private Lists() {}

    static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    /** Appends and forgets the oldest beyond the bound. */
    static <T> List<T> appendKeepingLast(List<T> list, T last, int bound) {
        List<T> longer = append(list, last);
        return longer.subList(Math.max(0, longer.size() - bound), longer.size());
    }

    static <T> List<T> firstDistinct(List<T> list, int bound) {
        return list.stream().distinct().limit(bound).toList();
    }

    static <T> List<T> replace(List<T> list, int index, T by) {
        List<T> changed = new ArrayList<>(list);
        changed.set(index, by);
        return List.copyOf(changed);
    }
}
