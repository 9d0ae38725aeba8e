package dev.intermezzo.ingress.pay;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The addresses that one customer of a network has: an IPv4 address is one, an IPv6 customer has at least 2^64, named by the
 * first four groups (RFC 6177).
 */
final class Neighbourhood {

    private static final int NAMING_GROUPS = 4;

    private Neighbourhood() {}

    /** The same text for addresses of one customer; texts that are no IPv6 address stay what they are. */
    static String of(String address) {
        return !address.contains(":") || address.contains(".") ? address : String.join(":", groups(address)) + "::/64";
    }

    /** The first four of eight groups, those that {@code ::} leaves out written as zeros. */
    private static Iterable<String> groups(String address) {
        int gap = address.indexOf("::");
        String head = gap < 0 ? address : address.substring(0, gap);
        Stream<String> said = head.isEmpty() ? Stream.empty() : Arrays.stream(head.split(":", -1));
        return Stream.concat(said, Stream.generate(() -> "0"))
                .limit(NAMING_GROUPS)
                .toList();
    }
}
