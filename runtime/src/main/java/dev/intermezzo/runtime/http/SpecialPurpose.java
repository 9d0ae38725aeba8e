package dev.intermezzo.runtime.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that are not somebody's public host: the IANA special-purpose registries of IPv4 (RFC 6890 and updates) and
 * IPv6, multicast, and what is reserved. An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is judged as itself.
 */
final class SpecialPurpose {
    private static final int IPV4_BYTES = 4;

    private static final List<Range> IPV4 = List.of(
            Range.of("0.0.0.0", 8), // this network
            Range.of("10.0.0.0", 8), // private
            Range.of("100.64.0.0", 10), // shared, carrier NAT
            Range.of("127.0.0.0", 8), // loopback
            Range.of("168.63.129.16", 32), // a cloud's host agent, reachable from its machines only
            Range.of("169.254.0.0", 16), // link local, cloud metadata
            Range.of("172.16.0.0", 12), // private
            Range.of("192.0.0.0", 24), // protocol assignments
            Range.of("192.0.2.0", 24), // documentation
            Range.of("192.31.196.0", 24), // AS112
            Range.of("192.52.193.0", 24), // AMT
            Range.of("192.88.99.0", 24), // former 6to4 relays
            Range.of("192.168.0.0", 16), // private
            Range.of("192.175.48.0", 24), // AS112
            Range.of("198.18.0.0", 15), // benchmarks
            Range.of("198.51.100.0", 24), // documentation
            Range.of("203.0.113.0", 24), // documentation
            Range.of("224.0.0.0", 4), // multicast
            Range.of("240.0.0.0", 4)); // reserved, broadcast

    /** Everything outside is loopback, link local, unique local, multicast or not assigned. */
    private static final Range IPV6_GLOBAL_UNICAST = Range.of("2000::", 3);

    private static final List<Range> IPV6 = List.of(
            Range.of("2001::", 23), // protocol assignments: Teredo, benchmarks, ORCHID
            Range.of("2001:db8::", 32), // documentation
            Range.of("2620:4f:8000::", 48), // AS112
            Range.of("3fff::", 20)); // documentation

    private static final Range IPV4_MAPPED = Range.of("0:0:0:0:0:ffff:0:0", 96);
    private static final Range NAT64 = Range.of("64:ff9b::", 96);
    private static final Range SIX_TO_FOUR = Range.of("2002::", 16);

    private SpecialPurpose() {}

    static boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    static boolean contains(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return IPV4.stream().anyMatch(range -> range.contains(address));
        }
        if (IPV4_MAPPED.contains(address) || NAT64.contains(address)) {
            return contains(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return contains(Arrays.copyOfRange(address, 2, 6));
        }
        return !IPV6_GLOBAL_UNICAST.contains(address) || IPV6.stream().anyMatch(range -> range.contains(address));
    }

    /** Addresses that begin with the same bits. */
    private record Range(List<Byte> prefix, int bits) {

        static Range of(String address, int bits) {
            byte[] bytes = bytes(address);
            List<Byte> prefix = new ArrayList<>(bytes.length);
            for (byte each : bytes) {
                prefix.add(each);
            }
            return new Range(List.copyOf(prefix), bits);
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((address[bit / Byte.SIZE] ^ prefix.get(bit / Byte.SIZE)) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }

        /** Java turns a mapped literal into its IPv4 address, so that one is put together by hand. */
        private static byte[] bytes(String address) {
            if (address.equals("0:0:0:0:0:ffff:0:0")) {
                byte[] mapped = new byte[16];
                mapped[10] = (byte) 0xff;
                mapped[11] = (byte) 0xff;
                return mapped;
            }
            try {
                return InetAddress.getByName(address).getAddress(); // a literal: nothing is resolved
            } catch (UnknownHostException e) {
                throw new IllegalStateException(address + " is not a literal address", e);
            }
        }
    }
}
