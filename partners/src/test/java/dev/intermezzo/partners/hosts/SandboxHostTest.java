package dev.intermezzo.partners.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxHostTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]", "shop.localhost", "a.b.localhost"})
    void this_machine_and_names_below_localhost_belong_to_a_sandbox(String host) {
        assertThat(SandboxHost.matches(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "127.0.0.2",
                "10.0.0.1",
                "mylocalhost",
                "localhost.example.com",
                "shop.localhost.example.com",
                ".localhost",
                "shop..localhost",
                "-shop.localhost",
                "shop.localhost.",
                "a.b.c.d.e.localhost"
            })
    void anything_that_could_be_somebody_elses_does_not(String host) {
        assertThat(SandboxHost.matches(host)).isFalse();
    }
}
