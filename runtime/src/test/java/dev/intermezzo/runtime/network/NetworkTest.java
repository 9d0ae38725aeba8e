package dev.intermezzo.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.6, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::7, false",
        "::/0, 192.0.2.7, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8:0:8000::/49, 2001:db8:0:7fff::1, false",
        "2001:DB8::7, 2001:db8:0:0:0:0:0:7, true",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
        "192.0.2.0/24, ::ffff:c000:207, true",
        "::ffff:192.0.2.7, 192.0.2.7, true",
    })
    void a_network_holds_the_addresses_that_begin_with_its_bits(String network, String address, boolean holds) {
        assertThat(network(network).contains(address(address))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7/24, the network is 192.0.2.0/24",
        "2001:db8::7/32, the network is 2001:db8::/32",
        "192.0.2.0/33, from 0 to 32",
        "2001:db8::/129, from 0 to 128",
        "::ffff:192.0.2.0/120, from 0 to 32",
        "192.0.2.0/, from 0 to 32",
        "192.0.2.0/-1, from 0 to 32",
        "192.0.2.0/24/8, from 0 to 32",
        "192.0.2.0/255.255.255.0, from 0 to 32",
        "192.0.2.0/99999999999, from 0 to 32",
    })
    void what_is_wrong_with_its_length_is_said(String text, String sentence) {
        assertThat(refusal(text)).contains(text, sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/24",
                "office.example.com",
                "localhost/32",
                "localhost",
                "192.0.2/24",
                "192.0.2.256",
                "192.0.02.7",
                "3221225991",
                "[2001:db8::7]",
                "fe80::1%eth0",
                "2001:db8:::7",
                "1:2:3:4:5:6:7:8:9",
                ":",
                ".:",
                "cafe",
                "192.0.2.7:443",
            })
    void a_name_is_refused_and_so_is_what_only_looks_like_an_address(String text) {
        assertThat(refusal(text)).contains("no IP address", "never by name");
        assertThat(Network.address(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "' 192.0.2.7 ', 192.0.2.7/32",
        "2001:DB8:0:0:0:0:0:0/32, 2001:db8::/32",
        "2001:db8:0:0:1:0:0:0/80, 2001:db8::1:0:0:0/80",
        "::/0, ::/0",
        "::1, ::1/128",
        "2001:db8:0:1::/64, 2001:db8:0:1::/64",
    })
    void a_network_is_written_so_that_it_reads_as_itself(String text, String written) {
        Network network = network(text);

        assertThat(network).hasToString(written);
        assertThat(network(written)).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.0/24",
        "2001:db8:1:2::7, 2001:db8:1::/48",
        "::ffff:192.0.2.7, 192.0.2.0/24",
    })
    void an_address_is_told_by_its_site(String address, String site) {
        assertThat(Network.siteOf(address(address))).hasToString(site);
    }

    @Test
    void a_mapped_address_that_a_resolver_left_in_sixteen_bytes_is_the_ipv4_address_all_the_same() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(address("192.0.2.7").getAddress(), 0, mapped, 12, 4);
        InetAddress left = Inet6Address.getByAddress("mapped.example", mapped, 0);

        assertThat(left.getAddress()).hasSize(16);
        assertThat(network("192.0.2.0/24").contains(left)).isTrue();
        assertThat(network("::/0").contains(left)).isFalse();
    }

    @Property
    void whatever_a_client_writes_is_read_or_refused(
            @ForAll @Chars({'0', '1', '2', '5', '9', 'a', 'f', 'g', ':', '.', '/', '%', '[', ' ', '-'}) String text) {
        if (Network.read(text) instanceof Network.Reading.Read(Network network)) {
            assertThat(network(network.toString())).isEqualTo(network);
            assertThat(network.contains(network.base())).isTrue();
        }
    }

    @Property
    void an_address_is_in_the_network_of_its_site_and_both_read_as_themselves(@ForAll @Size(16) byte[] bytes)
            throws Exception {
        for (InetAddress address :
                List.of(InetAddress.getByAddress(bytes), InetAddress.getByAddress(Arrays.copyOf(bytes, 4)))) {
            assertThat(Network.address(address.getHostAddress())).contains(address);
            assertThat(Network.siteOf(address).contains(address)).isTrue();
            assertThat(network(Network.siteOf(address).toString())).isEqualTo(Network.siteOf(address));
        }
    }

    @Test
    void one_that_is_put_together_wrongly_is_a_bug() {
        assertThatThrownBy(() -> new Network(address("192.0.2.7"), 24)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Network(address("192.0.2.0"), 33)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Network network(String text) {
        return ((Network.Reading.Read) Network.read(text)).network();
    }

    private static String refusal(String text) {
        return ((Network.Reading.Refused) Network.read(text)).sentence();
    }

    private static InetAddress address(String text) {
        return Network.address(text).orElseThrow();
    }
}
