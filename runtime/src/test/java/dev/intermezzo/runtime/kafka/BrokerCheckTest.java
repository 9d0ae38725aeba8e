package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class BrokerCheckTest {

    @Test
    void the_sandbox_broker_is_as_failover_wants_it(KafkaSettings kafka) {
        assertThat(BrokerCheck.advice(kafka)).isEmpty();
    }

    @Test
    void every_setting_that_is_judged_can_be_read_from_a_broker(KafkaSettings kafka) {
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");

            var configs =
                    TopicAdmin.await(admin.describeConfigs(List.of(broker)).all());

            assertThat(configs.values())
                    .flatExtracting(Config::entries)
                    .extracting(ConfigEntry::name)
                    .contains(
                            "group.min.session.timeout.ms",
                            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                            "add.partitions.to.txn.retry.backoff.ms",
                            "add.partitions.to.txn.retry.backoff.max.ms",
                            "request.timeout.ms");
        }
    }

    @Test
    void a_broker_with_kafkas_defaults_is_told_what_it_costs() {
        List<String> advice = new ArrayList<>();

        BrokerCheck.judge(
                "1",
                new Config(List.of(
                        new ConfigEntry("group.min.session.timeout.ms", "6000"),
                        new ConfigEntry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000"),
                        new ConfigEntry("add.partitions.to.txn.retry.backoff.ms", "20"),
                        new ConfigEntry("add.partitions.to.txn.retry.backoff.max.ms", "100"),
                        new ConfigEntry("request.timeout.ms", "30000"))),
                advice);

        assertThat(advice)
                .containsExactly(
                        "Broker 1 has group.min.session.timeout.ms=6000 instead of at most 3000: consumers with a session of"
                                + " 3 s are refused.",
                        "Broker 1 has transaction.abort.timed.out.transaction.cleanup.interval.ms=10000 instead of at most"
                                + " 1000: a killed instance's open transaction hides later records for up to this long on top"
                                + " of its 3 s.",
                        "Broker 1 has add.partitions.to.txn.retry.backoff.ms=20 instead of at most 5: a transaction that begins"
                                + " while the last one is being finished waits this long; each hop of a payment loses it.",
                        "Broker 1 has add.partitions.to.txn.retry.backoff.max.ms=100 instead of at least 3000: on busy brokers"
                                + " it takes longer to finish a transaction; the next one's writes are then refused and tried"
                                + " again, and the pipeline comes to a crawl.",
                        "Broker 1 has request.timeout.ms=30000 instead of at most 5000: ends of transactions are told to each"
                                + " broker one request after the other; one that is held up by the loss of another broker keeps"
                                + " every transaction waiting this long.");
    }
}
