package dev.intermezzo.cli.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.check.PipelineFacts;
import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.WebhookFault;
import dev.intermezzo.sandbox.load.Demo;
import dev.intermezzo.sandbox.load.DemoSettings;
import dev.intermezzo.sandbox.shop.NotifyCall;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Every stage, both partners, and buyers over HTTP, with the broker as installations run it. */
@Tag("containers")
class PaymentsOnInstalledBrokerTest {
    /** The release that our clients have. */
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:" + AppInfoParser.getVersion());

    private static final BigDecimal PRICE = new BigDecimal("24.90");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path data;

    @Test
    void an_approval_a_decline_and_a_webhook_that_comes_twice_reach_the_shop_once_each() throws Exception {
        // Given
        ContainerEngine.requireAnswer();
        DemoPlan plan = new DemoPlan(
                1,
                List.of(
                        new PlannedPayment(1, Scenario.APPROVED, FaultPlan.NONE, PRICE),
                        new PlannedPayment(2, Scenario.DECLINED, FaultPlan.NONE, PRICE),
                        new PlannedPayment(3, Scenario.APPROVED, FaultPlan.of(WebhookFault.DUPLICATE), PRICE)));
        try (KafkaContainer broker = ContainerEngine.started(broker());
                SandboxWorld world =
                        SandboxWorld.onBroker(broker.getBootstrapServers(), data, Ports.free(), started -> {})) {

            // When
            DemoReport report = new Demo(
                            world.shop(),
                            world.cashier(),
                            new NoCase(),
                            DemoSettings.of(world.returnAddress(), 1),
                            InstantSource.system())
                    .run(plan, (begun, arrived, settled, payments) -> {});

            // Then
            assertThat(report.problems()).isEmpty();
            assertThat(report.ok()).isTrue();
            assertThat(report.approved()).isEqualTo(2);
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.faults()).containsEntry(WebhookFault.DUPLICATE.id(), 1);
            assertThat(world.shop().journal()).extracting(NotifyCall::status).containsOnly("approved", "failed");
            assertThat(world.shop().journal())
                    .extracting(NotifyCall::orderUuid)
                    .as("each order was told once")
                    .hasSize(3)
                    .doesNotHaveDuplicates();
        }
    }

    /** One node with what docker-compose.yml asks of each: the image's defaults refuse our sessions of 3 s. */
    private static KafkaContainer broker() {
        return new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "3000")
                .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "500")
                .withEnv("KAFKA_ADD_PARTITIONS_TO_TXN_RETRY_BACKOFF_MS", "1")
                .withEnv("KAFKA_HEAP_OPTS", "-Xmx512m");
    }

    /** None of these payments leaves a case open or a message parked, so the ledger need not be asked. */
    private static final class NoCase implements PipelineFacts {
        @Override
        public Set<String> parkedOrders() {
            return Set.of();
        }

        @Override
        public Map<String, Set<String>> openCases() {
            return Map.of();
        }
    }
}
