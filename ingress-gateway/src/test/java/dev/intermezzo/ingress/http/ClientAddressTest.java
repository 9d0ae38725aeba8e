package dev.intermezzo.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7                | 192.0.2.7",
                "198.51.100.1, 192.0.2.7  | 192.0.2.7",
                "198.51.100.1,[2001:db8::7] | 2001:db8::7",
                "' '                      |",
                "                         |",
            })
    void behind_a_proxy_its_own_entry_counts_and_never_its_own_address(
            @Nullable String header, @Nullable String address) {
        assertThat(ClientAddress.of(true, Optional.ofNullable(header), "203.0.113.9"))
                .isEqualTo(Optional.ofNullable(address));
    }

    @Test
    void without_a_proxy_a_header_that_a_browser_made_up_is_not_looked_at() {
        assertThat(ClientAddress.of(false, Optional.of("198.51.100.1"), "[2001:db8::7]"))
                .contains("2001:db8::7");
    }
}
