package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class BrokerCheckTest {

    @Test
    void the_sandbox_broker_is_as_failover_wants_it(KafkaSettings kafka) {
        assertThat(BrokerCheck.advice(kafka)).isEmpty();
    }

    @Test
    void a_broker_with_kafkas_defaults_is_told_what_it_costs() {
        List<String> advice = new ArrayList<>();

        BrokerCheck.judge(
                "1",
                new Config(List.of(
                        new ConfigEntry("group.min.session.timeout.ms", "6000"),
                        new ConfigEntry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000"))),
                advice);

        assertThat(advice)
                .containsExactly(
                        "Broker 1 has group.min.session.timeout.ms=6000 instead of at most 3000: consumers with a session of"
                                + " 3 s are refused.",
                        "Broker 1 has transaction.abort.timed.out.transaction.cleanup.interval.ms=10000 instead of at most"
                                + " 1000: a killed instance's open transaction hides later records for up to this long on top"
                                + " of its 3 s.");
    }
}
