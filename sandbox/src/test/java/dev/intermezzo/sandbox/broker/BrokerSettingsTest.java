package dev.intermezzo.sandbox.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {

    private static final Path DATA = Path.of("data");
    private static final Map<Integer, Integer> CONTROLLERS = Map.of(3, 9303, 1, 9301, 2, 9302);

    @Test
    void a_node_of_three_knows_the_others_and_keeps_what_the_loss_of_one_would_take() {
        Properties settings = BrokerSettings.of(DATA, new ClusterNode("cluster", 2, 9092, CONTROLLERS));

        assertThat(settings)
                .containsEntry("node.id", "2")
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:9301,2@127.0.0.1:9302,3@127.0.0.1:9303")
                .containsEntry("listeners", "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9302")
                .containsEntry("default.replication.factor", "3")
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("offsets.topic.replication.factor", "3")
                .containsEntry("transaction.state.log.replication.factor", "3")
                .containsEntry("transaction.state.log.min.isr", "2");
    }

    @Test
    void the_failover_of_a_cluster_is_kafkas_own_but_for_what_we_ask_of_every_broker() {
        Properties settings = BrokerSettings.of(DATA, new ClusterNode("cluster", 1, 9092, CONTROLLERS));

        assertThat(settings)
                .containsEntry("group.min.session.timeout.ms", "1000")
                .containsEntry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500")
                .containsEntry("add.partitions.to.txn.retry.backoff.max.ms", "3000")
                .containsEntry("request.timeout.ms", "5000")
                .doesNotContainKeys(
                        "broker.session.timeout.ms", "broker.heartbeat.interval.ms", "replica.lag.time.max.ms");
    }

    @Test
    void one_node_needs_no_copies() {
        assertThat(BrokerSettings.of(DATA, 9092, 9093))
                .containsEntry("node.id", "1")
                .containsEntry("controller.quorum.voters", "1@127.0.0.1:9093")
                .containsEntry("default.replication.factor", "1")
                .containsEntry("min.insync.replicas", "1");
    }

    @Test
    void a_node_that_is_none_of_the_cluster_is_refused() {
        assertThatThrownBy(() -> new ClusterNode("cluster", 4, 9092, CONTROLLERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node 4");
    }
}
