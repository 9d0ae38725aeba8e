package dev.intermezzo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Addresses from outside that a call would go to, and what names may resolve to. */
class AddressFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus ADDRESSES = Corpus.of(AddressFuzzTest.class, "outbound-address");
    private static final Corpus RESOLVED = Corpus.of(AddressFuzzTest.class, "resolved-address");

    @Test
    void the_corpora_hold() {
        ADDRESSES.replay(GUARD, AddressFuzzTest::holdsAsAddress);
        RESOLVED.replay(GUARD, AddressFuzzTest::holdsAsResolved);
    }

    @Property
    void addresses_hold(@ForAll("addresses") Mutant mutant) {
        GUARD.run(mutant.bytes(), AddressFuzzTest::holdsAsAddress);
    }

    @Property
    void resolved_addresses_hold(@ForAll("resolved") Mutant mutant) {
        GUARD.run(mutant.bytes(), AddressFuzzTest::holdsAsResolved);
    }

    @Provide
    Arbitrary<Mutant> addresses() {
        return Mutants.of(ADDRESSES)
                .withWords(List.of(
                        "https://",
                        "http://",
                        "@",
                        "localhost",
                        ".localhost",
                        "127.0.0.1",
                        "[::1]",
                        "0x7f.1",
                        "2130706433",
                        ":443"))
                .withSeparators("/", ".", ":")
                .arbitrary();
    }

    @Provide
    Arbitrary<Mutant> resolved() {
        return Mutants.of(RESOLVED).arbitrary();
    }

    private static void holdsAsAddress(byte[] input) {
        URI uri;
        try {
            uri = new URI(new String(input, StandardCharsets.UTF_8));
        } catch (URISyntaxException notAnAddress) {
            return;
        }
        Optional<String> inPublic = AddressPolicy.publicOnly().refusal(uri);
        Optional<String> inSandbox = AddressPolicy.allowingLoopback().refusal(uri);

        for (Optional<String> refusal : List.of(inPublic, inSandbox)) {
            refusal.ifPresent(
                    code -> assertThat(code).isIn(Set.of("scheme-refused", "host-missing", "user-info-refused")));
        }
        if (inPublic.isEmpty()) {
            assertThat(uri.toString()).matches("(?is)https://[^/?#@]+([/?#].*)?");
            assertThat(inSandbox).isEmpty();
        }
        if (inSandbox.isEmpty()) {
            assertThat(uri.toString())
                    .matches(
                            "(?is)(https://[^/?#@]+"
                                    + "|http://(localhost|127\\.[0-9.]+|\\[::1]|([a-z0-9-]+\\.)+localhost)(:[0-9]*)?)([/?#].*)?");
        }
    }

    /** Java's own notion of what is not a public host, and the same address written as an IPv6 one. */
    private static void holdsAsResolved(byte[] input) {
        byte[] bytes = Arrays.copyOf(input, input.length < 16 ? 4 : 16);
        InetAddress address = address(bytes);
        boolean refused = !AddressPolicy.publicOnly().allows("shop.example", address);

        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            assertThat(refused).isTrue();
        }
        if (bytes.length == 4) {
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 0xff;
            System.arraycopy(bytes, 0, mapped, 12, 4);
            assertThat(SpecialPurpose.contains(mapped)).isEqualTo(refused);
            byte[] sixToFour = new byte[16];
            sixToFour[0] = 0x20;
            sixToFour[1] = 0x02;
            System.arraycopy(bytes, 0, sixToFour, 2, 4);
            assertThat(SpecialPurpose.contains(sixToFour)).isEqualTo(refused);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }
}
