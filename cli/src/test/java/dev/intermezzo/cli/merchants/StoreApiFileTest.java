package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.schemas.avro.Integration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A private shop's Store API key: what a file may say of it. */
class StoreApiFileTest {

    private static final String STORE_KEY = "store-api-key-of-the-demo-shop";
    private static final String AFTER = "    mozello-keys: " + SandboxYaml.MOZELLO_KEY + "\n";
    private static final String WITH_KEY = SandboxYaml.with(AFTER, AFTER + "    store-api-keys: " + STORE_KEY + "\n");

    @Test
    void a_shop_without_a_key_is_not_compared() {
        Integration integration = integration(SandboxYaml.TEXT);

        assertThat(integration.getStoreApiUnreachable()).isEqualTo("HOLD");
        assertThat(SandboxYaml.valid(SandboxYaml.TEXT).records().getLast().secrets())
                .extracting(DeclaredSecret::purpose)
                .containsExactly("mozello-key");
    }

    @Test
    void a_key_stands_beside_that_of_the_payments_and_silence_holds() {
        Declared shop = SandboxYaml.valid(WITH_KEY).records().getLast();

        assertThat(shop.secrets())
                .extracting(DeclaredSecret::purpose)
                .containsExactly("mozello-key", StoreApiKey.PURPOSE);
        assertThat(integration(WITH_KEY).getStoreApiUnreachable()).isEqualTo("HOLD");
    }

    @Test
    void a_merchant_may_want_orders_paid_whose_shop_is_silent() {
        assertThat(integration(proceeding(WITH_KEY)).getStoreApiUnreachable()).isEqualTo("PROCEED");
    }

    @Test
    void what_a_merchant_wants_of_silence_means_nothing_without_a_key() {
        assertThat(problems(proceeding(SandboxYaml.TEXT))).containsExactly("nothing-compared");
        assertThat(problems(WITH_KEY.replace(
                        "    store-api-keys", "    store-api-unreachable: perhaps\n    store-api-keys")))
                .containsExactly("not-one-of");
    }

    @Test
    void one_key_for_two_purposes_is_refused() {
        assertThat(problems(WITH_KEY.replace(STORE_KEY, SandboxYaml.MOZELLO_KEY)))
                .containsExactly("secret-twice");
    }

    @Test
    void only_a_private_shop_has_a_key() {
        assertThat(problems(
                        WITH_KEY.replace("    merchant: demo-shop", "    merchant: demo-shop\n    kind: connection")))
                .contains("unknown-key");
    }

    /** The comparison closes the boundary between number and amount, as long as nothing is paid without it. */
    @Test
    void a_shop_whose_numbers_vary_in_length_is_served_when_each_order_is_compared() {
        String varying = "    invoice-pattern: 'M-\\d+'\n";
        String compared = WITH_KEY.replace("    store-api-keys", varying + "    store-api-keys");

        assertThat(integration(compared).getInvoicePattern()).isEqualTo("M-\\d+");
        assertThat(problems(proceeding(compared))).containsExactly("open-boundary");
        assertThat(problems(compared.replace("M-\\d+", "M-("))).containsExactly("malformed-pattern");
    }

    private static String proceeding(String yaml) {
        return yaml.replace(AFTER, AFTER + "    store-api-unreachable: proceed\n");
    }

    private static Integration integration(String yaml) {
        return ((Declared.Body.OfIntegration)
                        SandboxYaml.valid(yaml).records().getLast().body())
                .integration();
    }

    private static List<String> problems(String yaml) {
        return ((MerchantsFile.Result.Invalid) MerchantsFile.read(yaml))
                .problems().stream().map(MerchantsProblem::code).toList();
    }
}
