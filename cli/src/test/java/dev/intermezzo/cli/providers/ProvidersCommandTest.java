package dev.intermezzo.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.InProcess;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.output.ExitCodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersCommandTest {
    @Test
    void the_ten_providers_are_listed_with_the_keys_that_scripts_rely_on() {
        CommandRun run = InProcess.intermezzo("providers", "list", "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        JsonNode providers = run.json().get("providers");
        assertThat(providers).hasSize(10).allSatisfy(provider -> {
            assertThat(names(provider))
                    .contains(
                            "pspType",
                            "payIn",
                            "payOut",
                            "webhook",
                            "readiness",
                            "currencies",
                            "requiredFields",
                            "redirectField");
            assertThat(provider.get("payIn").isBoolean()).isTrue();
            assertThat(provider.get("payOut").isBoolean()).isTrue();
            assertThat(provider.get("webhook").isBoolean()).isTrue();
            assertThat(provider.get("readiness").textValue()).isIn("documented", "assumed", "described");
            assertThat(provider.get("currencies").isArray()).isTrue();
            assertThat(provider.get("requiredFields").isArray()).isTrue();
        });
        assertThat(providers.findValuesAsText("pspType"))
                .doesNotHaveDuplicates()
                .hasSize(10);
    }

    @Test
    void the_provider_of_the_sandbox_takes_canadian_dollars_and_needs_a_telephone_number() {
        JsonNode payone = provider("PAYONE");

        assertThat(texts(payone.get("currencies"))).containsExactly("CAD");
        assertThat(payone.get("payIn").booleanValue()).isTrue();
        assertThat(payone.get("readiness").textValue()).isEqualTo("documented");
        assertThat(texts(payone.get("requiredFields"))).contains("phone");
    }

    @Test
    void people_read_a_table_with_a_line_for_each_provider() {
        CommandRun run = InProcess.intermezzo("providers", "list");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines().takeWhile(line -> !line.isBlank())).hasSize(11);
        assertThat(run.out()).startsWith("PROVIDER").contains("PAYONE").doesNotContain("{");
    }

    @Test
    void what_an_account_has_to_confirm_is_told_in_sentences_by_the_names_that_confirm_it() {
        CommandRun run = InProcess.intermezzo("providers", "list");

        assertThat(texts(provider("TRUST").get("assumptions")))
                .containsExactly("trust-request-as-in-example", "trust-page-in-data", "trust-webhook-says-status");
        assertThat(run.out())
                .contains("trust-page-in-data (needed to pay with it): ")
                .contains("payone-takes-test-mode (for one field): ");
    }

    private static JsonNode provider(String type) {
        for (JsonNode provider :
                InProcess.intermezzo("providers", "list", "--json").json().get("providers")) {
            if (provider.get("pspType").textValue().equals(type)) {
                return provider;
            }
        }
        throw new AssertionError(type + " is not listed");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.textValue()));
        return texts;
    }
}
