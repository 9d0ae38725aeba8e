package dev.intermezzo.ingress.pay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourhoodTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,            192.0.2.2,             false",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:ffff::1,  true",
        "2001:db8:1:2::1,      2001:db8:1:3::1,       false",
        "2001:db8::1,          2001:db8:0:0:9:9:9:9,  true",
        "::1,                  ::ffff,                true",
        "::ffff:192.0.2.1,     ::ffff:192.0.2.2,      false",
    })
    void an_ipv6_customer_is_one_whichever_of_their_addresses_they_use(String one, String other, boolean same) {
        assertThat(Neighbourhood.of(one).equals(Neighbourhood.of(other))).isEqualTo(same);
    }
}
