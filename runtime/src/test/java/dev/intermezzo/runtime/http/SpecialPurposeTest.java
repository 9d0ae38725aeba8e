package dev.intermezzo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialPurposeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "3fff::1",
                "100::1",
                "fec0::1",
                "::7f00:1",
                "5f00::1"
            })
    void special_addresses_are_refused(String address) throws Exception {
        assertThat(SpecialPurpose.contains(InetAddress.getByName(address))).isTrue();
        assertThat(AddressPolicy.publicOnly().allows("shop.example", InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1"
            })
    void public_addresses_are_allowed(String address) throws Exception {
        assertThat(SpecialPurpose.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.1, true",
        "::ffff:1.1.1.1, false",
        "64:ff9b::7f00:1, true",
        "64:ff9b::a9fe:a9fe, true",
        "64:ff9b::101:101, false",
        "64:ff9b:1::101:101, true",
        "2002:7f00:1::1, true",
        "2002:c0a8:101::1, true",
        "2002:101:101::1, false"
    })
    void an_embedded_ipv4_address_is_judged_as_itself(String address, boolean special) throws Exception {
        assertThat(SpecialPurpose.contains(InetAddress.getByName(address))).isEqualTo(special);
    }

    @Test
    void a_mapped_address_in_sixteen_bytes_is_decoded() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;

        assertThat(SpecialPurpose.contains(mapped)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.shop.example/notify, ''",
        "http://www.shop.example/notify, scheme-refused",
        "ftp://www.shop.example/notify, scheme-refused",
        "https://user:pw@www.shop.example/, user-info-refused",
        "https:///notify, host-missing",
        "http://127.0.0.1:8081/notify, scheme-refused"
    })
    void addresses_are_judged_by_their_form(String address, String refusal) {
        assertThat(AddressPolicy.publicOnly().refusal(URI.create(address)).orElse(""))
                .isEqualTo(refusal);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8081/notify, ''",
        "http://localhost:8081/notify, ''",
        "http://[::1]:8081/notify, ''",
        "http://www.shop.example/notify, scheme-refused",
        "http://127.0.0.1.shop.example/notify, scheme-refused",
        "http://localhost.shop.example/, scheme-refused",
        "http://shop.localhost:8081/notify, ''",
        "http://shop.localhost.example/, scheme-refused",
        "http://mylocalhost/, scheme-refused"
    })
    void the_sandbox_adds_plain_http_to_names_that_nobody_can_own(String address, String refusal) throws Exception {
        AddressPolicy sandbox = AddressPolicy.allowingLoopback();

        assertThat(sandbox.refusal(URI.create(address)).orElse("")).isEqualTo(refusal);
        assertThat(sandbox.allows("shop.example", InetAddress.getLoopbackAddress()))
                .isTrue();
        assertThat(sandbox.allows("shop.example", InetAddress.getByName("10.0.0.1")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.localhost, 172.18.0.5, true",
        "shop.localhost, 10.0.0.1, true",
        "shop.localhost, 192.168.1.2, true",
        "shop.localhost, 'fd00::5', true",
        "shop.localhost, 127.0.0.1, true",
        "shop.localhost, 169.254.169.254, false",
        "shop.localhost, 'fe80::1', false",
        "shop.localhost, 100.64.0.1, false",
        "localhost, 10.0.0.1, false",
        "shop.localhost.example, 10.0.0.1, false"
    })
    void a_private_network_is_reached_only_by_a_name_below_localhost_and_only_in_the_sandbox(
            String host, String address, boolean allowed) throws Exception {
        InetAddress resolved = InetAddress.getByName(address);

        assertThat(AddressPolicy.allowingLoopback().allows(host, resolved)).isEqualTo(allowed);
        assertThat(AddressPolicy.publicOnly().allows(host, resolved)).isFalse();
    }
}
