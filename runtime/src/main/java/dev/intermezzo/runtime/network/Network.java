package dev.intermezzo.runtime.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The IP addresses that begin with the same bits (CIDR: RFC 4632, RFC 4291 section 2.3). An IPv4 address inside an IPv6 one
 * ({@code ::ffff:192.0.2.7}) is the IPv4 address. Names are never resolved.
 *
 * @param base the first address; it has no bit set beyond {@code bits}
 * @param bits how many bits are the same: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(InetAddress base, int bits) {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** Leading zeros are refused: some programs read them as octal. */
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** With its colon Java reads it as an address or not at all, and never asks for a name. */
    private static final Pattern IPV6 = Pattern.compile("(?=.{2,45}$)[0-9a-fA-F:][0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** What one provider gives to one customer, as a rule. */
    private static final int SITE_BITS_IPV4 = 24;

    private static final int SITE_BITS_IPV6 = 48;

    public Network {
        if (bits < 0 || bits > width(base) || !masked(base, bits).equals(base)) {
            throw new IllegalArgumentException("no network: " + base.getHostAddress() + '/' + bits);
        }
    }

    /** What became of reading one. */
    public sealed interface Reading {
        record Read(Network network) implements Reading {}

        /** @param sentence what is wrong, for the person who wrote it */
        record Refused(String sentence) implements Reading {}
    }

    /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single address. */
    public static Reading read(String text) {
        String[] parts = text.strip().split("/", 2);
        Optional<InetAddress> address = address(parts[0]);
        if (address.isEmpty()) {
            return new Reading.Refused(
                    "'" + text.strip()
                            + "' begins with no IP address; a network is written as 192.0.2.0/24 or 2001:db8::/32, never by name.");
        }
        int width = width(address.get());
        int bits = parts.length == 1 ? width : length(parts[1]);
        if (bits < 0 || bits > width) {
            return new Reading.Refused(
                    "'" + text.strip() + "' needs a length from 0 to " + width + " after the slash.");
        }
        Network network = around(address.get(), bits);
        return network.base().equals(address.get())
                ? new Reading.Read(network)
                : new Reading.Refused("'" + text.strip() + "' has bits set beyond its length; the network is " + network
                        + ", the address alone " + around(address.get(), width) + '.');
    }

    /** Reads one address; empty for everything else, names and zones included. */
    public static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The network that an address' site is likely to be, which says less about a person than the address. */
    public static Network siteOf(InetAddress address) {
        return around(address, address instanceof Inet4Address ? SITE_BITS_IPV4 : SITE_BITS_IPV6);
    }

    /** The same as a text for logs; {@code unknown} when the address is not known. */
    public static String siteText(Optional<InetAddress> address) {
        return address.map(Network::siteOf).map(Network::toString).orElse("unknown");
    }

    /** Whether the address is one of it. */
    public boolean contains(InetAddress address) {
        InetAddress plain = masked(address, width(address));
        return width(plain) == width(base) && masked(plain, bits).equals(base);
    }

    /**
     * Whether one of these networks contains the address.
     *
     * @param address empty when it is not known, and then it is in no network
     */
    public static boolean anyHolds(Collection<Network> networks, Optional<InetAddress> address) {
        return address.filter(each -> networks.stream().anyMatch(network -> network.contains(each)))
                .isPresent();
    }

    /** As {@link #read} takes it. */
    @Override
    public String toString() {
        return base.getHostAddress().replaceFirst("(^|:)0(:0)+(:|$)", "::") + '/' + bits;
    }

    private static Network around(InetAddress address, int bits) {
        return new Network(masked(address, bits), bits);
    }

    private static int length(String text) {
        return LENGTH.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    private static int width(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    /** Java makes an IPv4 address of a mapped one here, whatever it was before. */
    private static InetAddress masked(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xFF00 >> kept);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes: " + Arrays.toString(bytes), e);
        }
    }
}
