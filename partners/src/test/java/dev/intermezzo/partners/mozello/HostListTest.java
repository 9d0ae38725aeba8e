package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {

    @ParameterizedTest
    @CsvSource({
        "https://Shop.Example/notify, shop.example",
        "https://shop.example:443/, shop.example",
        "https://shop.example:8443/, shop.example:8443",
        "https://[::1]:8443/, [::1]:8443"
    })
    void an_address_is_compared_by_its_host_and_an_unusual_port(URI address, String authority) {
        assertThat(HostList.authority(address)).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/notify", "mailto:shop@shop.example", "https:///notify"})
    void an_address_without_a_host_is_compared_with_nothing(URI address) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostList.authority(address));
    }

    @Test
    void only_what_is_listed_is_allowed_with_exactly_its_port() {
        HostList list = HostList.of("shop.example", "other.example:8443");

        assertThat(list.allows("SHOP.example")).isTrue();
        assertThat(list.allows("other.example:8443")).isTrue();
        assertThat(list.allows("other.example")).isFalse();
        assertThat(list.allows("shop.example:8443")).isFalse();
        assertThat(list.allows("www.shop.example")).isFalse();
    }
}
