package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.merchants.MerchantsFile.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example at the top of the repository is what an integrator begins with. */
class ExampleFileTest {
    private static final Pattern SECRET_FILE = Pattern.compile("(?m)^[^#\n]*\\{.*file: (secrets/[a-z-]+)");
    private static final Path EXAMPLE = Path.of("..", "merchants.example.yaml");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private String yaml = "";

    @BeforeEach
    void copy() throws IOException {
        yaml = Files.readString(EXAMPLE);
    }

    @Test
    void it_is_valid_once_the_secrets_that_it_names_are_there() throws IOException {
        List<String> named = secretFiles();
        writeSecrets(named);

        Result result = MerchantsFile.read(Files.writeString(folder.resolve("merchants.yaml"), yaml));

        assertThat(named).hasSize(3);
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Valid.class,
                        valid -> assertThat(valid.file().records())
                                .extracting(Declared::key)
                                .containsExactly("account:my-account", "merchant:my-shop", "integration:my-shop"));
    }

    @Test
    void without_them_every_missing_one_is_named() throws IOException {
        Result result = MerchantsFile.read(Files.writeString(folder.resolve("merchants.yaml"), yaml));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(MerchantsProblem::code)
                                .containsOnly("file-unreadable")
                                .hasSize(3));
    }

    /** Keys that are commented out are documentation too, and must be right. */
    @Test
    void what_is_commented_out_is_valid_as_well() throws IOException {
        String more = yaml.replace("# webhook-authorization:", "webhook-authorization:")
                .replace("    # webhook-tokens:\n    #   - {", "    webhook-tokens:\n      - {")
                .replace("# redirect-hosts: [\"<host of the provider's page>\"]", "redirect-hosts: [pay.example.com]")
                .replace("confirmed: []", "confirmed: [payone-takes-merchant-reference, payone-takes-test-mode]")
                .replace("# countries:", "countries:")
                .replace("# minimum:", "minimum:")
                .replace("# maximum:", "maximum:")
                .replace("    mozello-keys: {file: secrets/mozello-payment-key}\n", "")
                .replace("    # mozello-keys:\n    #   - {id: old", "    mozello-keys:\n      - {id: old")
                .replace("    #   - {id: new", "      - {id: new")
                .replace("# phone-field:", "phone-field:");
        yaml = more;
        writeSecrets(secretFiles());

        Result result = MerchantsFile.read(Files.writeString(folder.resolve("merchants.yaml"), yaml));

        assertThat(secretFiles()).hasSize(6);
        assertThat(result).isInstanceOf(Result.Valid.class);
    }

    private List<String> secretFiles() {
        return SECRET_FILE.matcher(yaml).results().map(found -> found.group(1)).toList();
    }

    private void writeSecrets(List<String> files) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        for (String file : files) {
            Files.writeString(folder.resolve(file), file.replace('/', '-') + "-".repeat(43) + "\n");
        }
    }
}
