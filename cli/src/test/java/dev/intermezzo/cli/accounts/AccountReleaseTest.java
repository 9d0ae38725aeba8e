package dev.intermezzo.cli.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AccountReleased;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.NotSent;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the act does to a payment is the state machine's (ChangeDuringPaymentTest); here: whom the command tells. */
@ExtendWith(TestKafka.Shared.class)
class AccountReleaseTest {
    private static final Rejected UNAUTHORISED =
            new Rejected(RejectionCategory.ACCOUNT_AUTHENTICATION, "ACCOUNT_AUTH", List.of());

    private final KafkaSettings installation;

    AccountReleaseTest(TestKafka kafka) {
        installation = kafka.installation(Topics.CASHIER_RESULTS, Topics.OPERATOR_ACTS);
    }

    @Test
    void every_payment_whose_call_waits_for_the_account_is_told_once_by_one_person() {
        answered(
                result("page", 1, "main", UNAUTHORISED),
                result("refund", 9, "main", UNAUTHORISED),
                result("both", 1, "main", UNAUTHORISED),
                result("both", 9, "main", UNAUTHORISED));

        CommandRun run = release("main");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.json().get("payments")).hasSize(3);
        assertThat(acts()).extracting(OperatorAct::getPaymentId).containsExactlyInAnyOrder("page", "refund", "both");
        assertThat(acts()).allSatisfy(act -> {
            assertThat(act.getBody()).isEqualTo(new AccountReleased("main"));
            assertThat(act.getMerchantId()).isEqualTo("merchant-of-" + act.getPaymentId());
            assertThat(act.getEnvironment()).isEqualTo(Environment.SANDBOX);
            assertThat(act.getOperator()).isEqualTo("olga");
            assertThat(act.getApprover()).isNull();
        });
    }

    @Test
    void a_payment_that_waits_for_nothing_or_for_another_account_is_left_alone() {
        answered(
                result("of-another", 1, "other", UNAUTHORISED),
                result("invalid", 1, "main", new Rejected(RejectionCategory.VALIDATION, "bad", List.of())),
                result("not-sent", 1, "main", new NotSent("connect-failed")),
                result("released-before", 1, "main", UNAUTHORISED),
                result("released-before", 1, "main", new AnswerLost("deadline", List.of())));

        assertThat(release("main").json().get("payments")).isEmpty();
        assertThat(acts()).isEmpty();
    }

    private CommandRun release(String account) {
        return CommandRun.of(
                new AccountsCommand(),
                TestKafka.options(installation),
                "release",
                "--account",
                account,
                "--operator",
                "olga",
                "--json");
    }

    private void answered(CashierResult... results) {
        Codec<CashierResult> codec = Codec.of(CashierResult.class);
        TestKafka.write(
                installation,
                Topics.CASHIER_RESULTS,
                Arrays.stream(results)
                        .map(result -> Map.entry(result.getPaymentId(), codec.encode(result)))
                        .toList());
    }

    private List<OperatorAct> acts() {
        List<OperatorAct> acts = new ArrayList<>();
        Codec<OperatorAct> codec = Codec.of(OperatorAct.class);
        new TopicScan(installation, Topics.OPERATOR_ACTS)
                .all(record -> acts.add(codec.decode(record.value(), WriterSchemas.compiledIn())));
        return acts;
    }

    private static CashierResult result(String payment, int attempt, String account, Object body) {
        return CashierResult.newBuilder()
                .setId(Ids.result(payment + attempt))
                .setPaymentId(payment)
                .setMerchantId("merchant-of-" + payment)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setCommandId(payment + attempt)
                .setAttempt(attempt)
                .setProvider("PAYONE")
                .setAccount(account)
                .setHttpStatus(401)
                .setDurationMillis(1)
                .setBody(body)
                .build();
    }
}
