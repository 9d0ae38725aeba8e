package dev.intermezzo.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.deadletters.DeadLetters.Position;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.OperatorAct;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestKafka.Shared.class)
class DeadLettersCommandTest {
    private static final String PAYMENT = "demo-shop~00000000-0000-4000-8000-000000000001";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path keys;

    private static final SealingKeys SEALING = SealingKeys.generate();

    private final KafkaSettings installation;

    DeadLettersCommandTest(TestKafka kafka) {
        installation = kafka.installation(Topics.ALL.toArray(Topic[]::new));
    }

    @BeforeAll
    static void saveKeys() {
        SEALING.save(keys);
    }

    @Test
    void letters_are_listed_once_each_with_their_codes_counted() {
        letter(Topics.PAYMENT_EVENTS, 7, "undecodable", bytes("garbage"));
        letter(Topics.PAYMENT_EVENTS, 7, "undecodable", bytes("garbage"));
        letter(Topics.CASHIER_RESULTS, 3, "key-mismatch", bytes("other"));

        JsonNode all = run("list", "--json").json();
        JsonNode some = run("list", "--code", "key-mismatch", "--json").json();

        assertThat(all.get("letters")).hasSize(2);
        assertThat(all.get("codes").get("undecodable").asInt()).isEqualTo(1);
        assertThat(some.get("letters")).hasSize(1);
        assertThat(some.get("letters").get(0).get("topic").asText()).isEqualTo("cashier-results");
        assertThat(run("list").out()).contains("stage:payment-events-0@7").doesNotContain("garbage");
    }

    @Test
    void a_letter_is_shown_with_its_original_decoded_where_that_is_possible() {
        letter(Topics.OPERATOR_ACTS, 1, "decision-failed", act());
        letter(Topics.OPERATOR_ACTS, 2, "undecodable", new byte[] {(byte) 0xca, (byte) 0xfe});

        assertThat(run("show", "stage:operator-acts-0@1", "--keys", keys.toString(), "--json")
                        .json()
                        .get("original")
                        .asText())
                .contains("act-1");
        assertThat(run("show", "stage:operator-acts-0@2", "--keys", keys.toString())
                        .out())
                .contains("cafe");
    }

    @Test
    void a_letter_is_given_back_byte_for_byte_to_where_it_came_from() {
        letter(Topics.OPERATOR_ACTS, 1, "decision-failed", act());
        letter(Topics.PAYMENT_INTERNAL, 4, "decision-failed", bytes("in a transaction"));

        CommandRun run = run(
                "retry", "stage:operator-acts-0@1", "stage:payment-internal-0@4", "--keys", keys.toString(), "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.json().get("retried")).hasSize(2);
        assertThat(values(Topics.OPERATOR_ACTS)).containsExactly(act());
        assertThat(values(Topics.PAYMENT_INTERNAL)).containsExactly(bytes("in a transaction"));
    }

    @Test
    void a_command_is_never_given_back_and_nothing_beside_it_either() {
        letter(Topics.OPERATOR_ACTS, 1, "decision-failed", act());
        letter(Topics.ONCE_COMMANDS, 2, "undecodable", bytes("pay somebody"));

        CommandRun refused =
                run("retry", "stage:operator-acts-0@1", "stage:once-commands-0@2", "--keys", keys.toString());

        assertThat(refused.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(refused.err()).contains("letter-not-retryable");
        assertThat(values(Topics.ONCE_COMMANDS)).isEmpty();
        assertThat(values(Topics.OPERATOR_ACTS)).isEmpty();
    }

    @Test
    void what_cannot_be_found_opened_or_given_back_is_named(@TempDir Path other) {
        letter(Topics.OPERATOR_ACTS, 1, "undecodable", act());
        letter(Topics.OPERATOR_ACTS, 2, "undecodable", new byte[0]);
        SealingKeys.generate().save(other);

        assertThat(run("show", "stage:nowhere-0@1", "--keys", keys.toString()).err())
                .contains("letter-not-found");
        assertThat(run("show", "stage:operator-acts-0@1", "--keys", other.toString())
                        .err())
                .contains("letter-not-opened");
        assertThat(run(
                                "retry",
                                "stage:operator-acts-0@1",
                                "--keys",
                                other.resolve("none").toString())
                        .err())
                .contains("keys-missing")
                .contains("vault-private");
        assertThat(run("retry", "stage:operator-acts-0@2", "--keys", keys.toString())
                        .err())
                .contains("letter-not-retryable");
    }

    private CommandRun run(String command, String... arguments) {
        return CommandRun.of(
                new DeadLettersCommand(),
                TestKafka.options(installation),
                Stream.concat(Stream.of(command), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private void letter(Topic<?> source, long offset, String code, byte[] original) {
        DeadLetter letter = new DeadLetters(new Vault(SEALING), () -> NOW)
                .of("stage", new Position(source.name(), 0, offset), PAYMENT, original, code, "It could not be taken.");
        TestKafka.write(
                installation,
                Topics.DEAD_LETTERS,
                List.of(Map.entry(PAYMENT, Codec.of(DeadLetter.class).encode(letter))));
    }

    private static byte[] act() {
        return Codec.of(OperatorAct.class)
                .encode(OperatorAct.newBuilder()
                        .setId("act-1")
                        .setPaymentId(PAYMENT)
                        .setMerchantId("demo")
                        .setEnvironment(Environment.SANDBOX)
                        .setOccurredAt(NOW)
                        .setOperator("anna")
                        .setApprover(null)
                        .setBody(new AccountReleased("demo-account"))
                        .build());
    }

    private List<byte[]> values(Topic<?> topic) {
        List<byte[]> values = new ArrayList<>();
        KafkaOptions options = new KafkaOptions();
        new picocli.CommandLine(options).parseArgs(TestKafka.options(installation));
        try (KafkaConnection connection = options.open()) {
            new TopicScan(connection.settings(), topic).all(record -> values.add(record.value()));
        }
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
