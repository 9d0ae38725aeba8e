package dev.intermezzo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.orchestrator.auditor.AuditorService;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asked of a page of metrics, with the auditor's group on a real broker. */
@ExtendWith(TestKafka.Shared.class)
class AuditorsWordTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaSettings kafka;
    private String metrics = "";
    private HttpServer auditor;

    AuditorsWordTest(TestKafka broker) {
        kafka = broker.installation(Topics.PAYMENT_LEDGER);
    }

    @BeforeEach
    void serve() throws IOException {
        auditor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        auditor.createContext("/metrics", exchange -> {
            byte[] page = metrics.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        auditor.start();
    }

    @AfterEach
    void stop() {
        auditor.stop(0);
    }

    @Test
    void a_broken_rule_of_any_auditor_is_heard() throws Exception {
        audited(0, 42);
        metrics = """
                intermezzo_auditor_broken_payments{rule="balance"} 2.0
                intermezzo_auditor_broken_payments{rule="chain"} 0.0
                """;

        AuditorsWord word = ask(Map.of(0, 41L));

        assertThat(word.ok()).isFalse();
        assertThat(word.breaches()).isEqualTo(4);
        assertThat(word.broken()).containsOnlyKeys("balance");
        assertThat(word.problems()).singleElement().asString().contains("balance", "4");
    }

    @Test
    void rules_that_hold_are_consent() throws Exception {
        audited(0, 42);
        metrics = "intermezzo_auditor_broken_payments{rule=\"chain\"} 0.0\n";

        assertThat(ask(Map.of(0, 41L)).ok()).isTrue();
    }

    @Test
    void an_auditor_that_tells_nothing_is_no_consent() throws Exception {
        audited(0, 42);
        metrics = "jvm_threads_live_threads 3.0\n";

        AuditorsWord word = ask(Map.of(0, 41L));

        assertThat(word.ok()).isFalse();
        assertThat(word.problems()).singleElement().asString().contains("tells nothing");
    }

    @Test
    void a_ledger_that_is_not_read_to_its_end_is_no_consent() throws Exception {
        audited(0, 42);

        AuditorsWord word = AuditorsWord.ask(kafka, Map.of(0, 42L), List.of(address()), Duration.ofMillis(300));

        assertThat(word.ok()).isFalse();
        assertThat(word.problems()).singleElement().asString().contains("whole ledger");
    }

    /** Two auditors that say the same. */
    private AuditorsWord ask(Map<Integer, Long> ledger) throws InterruptedException {
        return AuditorsWord.ask(kafka, ledger, List.of(address(), address()), PATIENCE);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + auditor.getAddress().getPort());
    }

    private void audited(int partition, long next) throws Exception {
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            admin.alterConsumerGroupOffsets(
                            kafka.named(AuditorService.APPLICATION),
                            Map.of(
                                    new TopicPartition(kafka.topic(Topics.PAYMENT_LEDGER), partition),
                                    new OffsetAndMetadata(next)))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
