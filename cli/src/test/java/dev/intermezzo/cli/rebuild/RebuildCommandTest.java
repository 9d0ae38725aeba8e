package dev.intermezzo.cli.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestKafka.Shared.class)
class RebuildCommandTest {
    private final TestKafka kafka;

    RebuildCommandTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    private static CommandRun run(KafkaSettings installation, String... arguments) {
        return CommandRun.of(new RebuildCommand(), TestKafka.options(installation), arguments);
    }

    @Test
    void it_says_what_it_wrote_and_where_each_source_goes_on() {
        KafkaSettings installation = kafka.installation(Topics.ALL.toArray(Topic[]::new));
        assertThat(run(installation, "--check", "--json").json().get("rebuilt").asBoolean())
                .isFalse();

        CommandRun rebuilt = run(installation, "--json");

        JsonNode json = rebuilt.json();
        assertThat(rebuilt.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(json.get("rebuilt").asBoolean()).isTrue();
        assertThat(json.get("entries").asLong()).isZero();
        assertThat(json.get("created")).hasSize(3);
        assertThat(json.get("resumed").get("payment-events-0").asLong()).isZero();
        assertThat(json.get("resumed")).hasSize(6 * 3);
    }

    @Test
    void a_ledger_that_cannot_be_relied_on_is_named_and_nothing_is_written() {
        KafkaSettings installation = kafka.installation(Topics.ALL.toArray(Topic[]::new));
        TestKafka.write(installation, Topics.PAYMENT_LEDGER, List.of(Map.entry("shop~1", new byte[] {1, 2, 3})));

        CommandRun refused = run(installation);

        assertThat(refused.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(refused.err()).contains("ledger-not-reproduced").contains("shop~1");
    }

    @Test
    void a_missing_topic_is_named() {
        CommandRun refused = run(kafka.installation(Topics.PAYMENT_LEDGER));

        assertThat(refused.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(refused.err()).contains("topic-missing").contains("payment-events");
    }
}
