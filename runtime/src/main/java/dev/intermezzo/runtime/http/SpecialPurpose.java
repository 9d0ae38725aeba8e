package dev.intermezzo.runtime.http;

import dev.intermezzo.runtime.network.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that are not somebody's public host: the IANA special-purpose registries of IPv4 (RFC 6890 and updates) and
 * IPv6, multicast, and what is reserved. An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is judged as itself.
 */
final class SpecialPurpose {
    private static final int IPV4_BYTES = 4;

    private static final List<Network> IPV4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared, carrier NAT
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // a cloud's host agent, reachable from its machines only
            "169.254.0.0/16", // link local, cloud metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // former 6to4 relays
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Everything outside is loopback, link local, unique local, multicast or not assigned. */
    private static final Network IPV6_GLOBAL_UNICAST = network("2000::/3");

    private static final List<Network> IPV6 = networks(
            "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32", // documentation
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private static final Network NAT64 = network("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = network("2002::/16");

    private SpecialPurpose() {}

    static boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    static boolean contains(byte[] address) {
        return judged(address(address));
    }

    private static boolean judged(InetAddress address) {
        if (address instanceof Inet4Address) {
            return within(IPV4, address);
        }
        if (NAT64.contains(address)) {
            return judged(embedded(address, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return judged(embedded(address, 2));
        }
        return !IPV6_GLOBAL_UNICAST.contains(address) || within(IPV6, address);
    }

    private static boolean within(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static Network network(String text) {
        return switch (Network.read(text)) {
            case Network.Reading.Read read -> read.network();
            case Network.Reading.Refused refused -> throw new IllegalStateException(refused.sentence());
        };
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(SpecialPurpose::network).toList();
    }

    private static InetAddress embedded(InetAddress address, int from) {
        return address(Arrays.copyOfRange(address.getAddress(), from, from + IPV4_BYTES));
    }

    /** Java turns an IPv4-mapped address into the IPv4 address. */
    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }
}
