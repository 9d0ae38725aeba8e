package dev.intermezzo.cli.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.merchants.MerchantsInstallation;
import dev.intermezzo.cli.output.ExitCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestKafka.Shared.class)
@SuppressWarnings("NullAway.Init") // set before the tests
class UserTokenCommandTest {
    private static final String COMPLETE = """
            {"userId": "buyer-17", "email": "buyer@example.com", "firstName": "Anna", "lastName": "B\u0113rzi\u0146a",
             "phone": "+371 20000000", "countryCode": "lv"}""";

    private static MerchantsInstallation installation;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void install(TestKafka kafka) {
        installation = new MerchantsInstallation(kafka, folder);
        installation.applySandbox();
    }

    @Test
    void a_complete_buyer_gets_a_token_signed_with_the_accounts_secret() throws IOException, GeneralSecurityException {
        CommandRun run = userToken(COMPLETE, "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        String value = run.json().get("value").textValue();
        assertThat(value).startsWith("Bearer ");
        List<String> parts = List.of(value.substring("Bearer ".length()).split("\\.", -1));
        assertThat(parts.get(2)).isEqualTo(hmac(parts.get(0) + "." + parts.get(1)));
        JsonNode claims = new JsonMapper().readTree(Base64.getUrlDecoder().decode(parts.get(1)));
        assertThat(claims.get("userId").textValue()).isEqualTo("buyer-17");
        assertThat(claims.get("countryCode").textValue()).isEqualTo("LV");
        assertThat(claims.get("phone").textValue()).isEqualTo("37120000000");
    }

    @Test
    void every_missing_and_malformed_claim_is_named_and_nothing_is_signed() throws IOException {
        CommandRun run = userToken("""
                {"email": "nobody", "firstName": "Anna", "lastName": "", "phone": 20000000, "countryCode": "XX"}""", "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().get("problems").findValuesAsText("where"))
                .containsExactlyInAnyOrder("userId", "email", "lastName", "phone", "countryCode");
        assertThat(run.json().get("problems").findValuesAsText("code")).containsOnly("claim-missing", "claim-invalid");
        assertThat(run.out()).doesNotContain("eyJ", "nobody", "20000000");
    }

    @Test
    void a_claim_that_nobody_proved_is_left_out_and_said() throws IOException {
        CommandRun run = userToken(
                COMPLETE.replace("\"userId\"", "\"emailVerified\": \"buyer@example.com\", \"userId\""), "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.json().get("notes").toString()).contains("emailVerified");
    }

    @Test
    void what_is_no_json_is_said_without_its_text() throws IOException {
        CommandRun run = userToken("{\"userId\": \"secret-text", "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("user-not-json: ").doesNotContain("secret-text");
    }

    @Test
    void an_unknown_account_is_named() throws IOException {
        Path user = Files.writeString(folder.resolve("user.json"), COMPLETE);

        CommandRun run = CommandRun.of(
                new MozartoCommand(),
                TestKafka.options(installation.kafka()),
                "user-token",
                "--account",
                "nobody",
                "--keys",
                installation.keysFolder(),
                user.toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("account-unknown: ").contains("nobody");
    }

    private static CommandRun userToken(String json, String option) throws IOException {
        Path user = Files.writeString(folder.resolve("user.json"), json);
        return CommandRun.of(
                new MozartoCommand(),
                Stream.concat(
                                Stream.of("--keys", installation.keysFolder(), option),
                                Stream.of(TestKafka.options(installation.kafka())))
                        .toArray(String[]::new),
                "user-token",
                "--account",
                "sandbox-account",
                user.toString());
    }

    private static String hmac(String signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                MerchantsInstallation.USER_TOKEN_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }
}
