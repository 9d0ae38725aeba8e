package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.Merchant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class DestinationCommandTest {
    private static final String MERCHANT = "demo-shop";
    private static final String SUPPLIER = """
            email: supplier@example.com
            firstName: Mia
            lastName: Example
            phone: 14165550111
            countryCode: CA
            """;
    private static final String WALLET = """
            email: holder@example.com
            firstName: Mia
            lastName: Example
            phone: 14165550111
            countryCode: CA
            cryptoCurrency: BTC
            walletAddress: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
            """;

    private static TestKafka kafka;

    @TempDir
    private Path folder;

    private KafkaSettings installation;
    private SealingKeys keys;

    @BeforeAll
    static void start() {
        kafka = new TestKafka();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void install() throws Exception {
        installation = kafka.installation(Topics.MERCHANTS);
        keys = SealingKeys.generate();
        keys.save(folder.resolve("keys"));
        assertThat(applied(payingOut()).exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void a_destination_is_sealed_to_the_executor_and_waits_for_another_person_and_a_day() throws Exception {
        CommandRun added = add("supplier", "PAYONE", SUPPLIER, "anna");

        assertThat(added.exit()).as(added.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(added.json().get("state").asText()).isEqualTo("waits-for-second-person");
        Destination kept = stored().getDestinations().getFirst();
        assertThat(stored().toString()).doesNotContain("supplier@example.com", "14165550111", "Mia");
        byte[] opened = new BuyerOpener(keys)
                .open(
                        MerchantKeys.destination(MERCHANT, "supplier", kept.getRevision()),
                        kept.getDetails(),
                        List.of(kept.getKey()));
        assertThat(Payee.read(opened))
                .hasValueSatisfying(payee ->
                        assertThat(payee.details().value(BuyerField.EMAIL)).contains("supplier@example.com"));

        CommandRun approved = approve("supplier", SUPPLIER, "ben");

        assertThat(approved.exit()).as(approved.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(approved.json().get("state").asText()).isEqualTo("waits-for-its-time");
        assertThat(stored().getDestinations().getFirst().getApprovedBy()).isEqualTo("ben");
    }

    @Test
    void neither_the_same_person_nor_other_details_approve_it() throws Exception {
        add("supplier", "PAYONE", SUPPLIER, "anna");

        CommandRun same = approve("supplier", SUPPLIER, "anna");
        CommandRun other = approve("supplier", SUPPLIER.replace("supplier@", "suplier@"), "ben");
        CommandRun unknown = approve("supplies", SUPPLIER, "ben");

        assertThat(same.err()).contains("second-person-needed");
        assertThat(other.err()).contains("destination-differs").doesNotContain("suplier@");
        assertThat(unknown.err()).contains("destination-unknown");
        assertThat(stored().getDestinations().getFirst().getApprovedBy()).isNull();
    }

    @Test
    void a_changed_destination_waits_anew_and_an_unchanged_one_does_not() throws Exception {
        add("supplier", "PAYONE", SUPPLIER, "anna");
        approve("supplier", SUPPLIER, "ben");
        Destination before = stored().getDestinations().getFirst();

        add("supplier", "PAYONE", SUPPLIER, "carl");
        assertThat(stored().getDestinations().getFirst().getRevision()).isEqualTo(before.getRevision());
        assertThat(stored().getDestinations().getFirst().getApprovedBy()).isEqualTo("ben");

        CommandRun changed = add("supplier", "PAYONE", SUPPLIER.replace("0111", "0112"), "anna");

        assertThat(changed.json().get("state").asText()).isEqualTo("waits-for-second-person");
        Destination after = stored().getDestinations().getFirst();
        assertThat(after.getRevision()).isNotEqualTo(before.getRevision());
        assertThat(after.getApprovedBy()).isNull();
        assertThat(after.getAddedAt()).isAfter(before.getAddedAt());
        assertThat(stored().getDestinations()).hasSize(1);
    }

    @Test
    void a_file_that_is_applied_leaves_destinations_alone() throws Exception {
        add("supplier", "PAYONE", SUPPLIER, "anna");

        CommandRun same = applied(payingOut());
        CommandRun edited = applied(payingOut().replace("name: Demo shop", "name: Another Shop"));

        assertThat(same.json().get("merchants").findValuesAsText("change")).doesNotContain("changed", "created");
        assertThat(edited.json().get("merchants").findValuesAsText("change")).contains("changed");
        assertThat(stored().getDestinations()).hasSize(1);
    }

    @Test
    void destinations_are_listed_without_details_and_removed() throws Exception {
        add("supplier", "PAYONE", SUPPLIER, "anna");

        CommandRun listed = run("list", MERCHANT);
        CommandRun removed = run("remove", MERCHANT, "supplier");

        assertThat(listed.json().get("destinations").findValuesAsText("destination"))
                .containsExactly("supplier");
        assertThat(listed.out()).doesNotContain("example.com", "1416");
        assertThat(removed.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(stored().getDestinations()).isEmpty();
        assertThat(run("remove", MERCHANT, "supplier").err()).contains("destination-unknown");
    }

    @Test
    void what_a_provider_could_not_pay_is_refused_a_day_before() throws Exception {
        assertRefused("PAYONE", SUPPLIER.replace("14165550111", "1416"), "payee-incomplete", "phone is too-short");
        assertRefused("PAYONE", SUPPLIER.replace("lastName", "# "), "payee-incomplete", "lastName is missing");
        assertRefused("PAYONE", SUPPLIER.replace("email", "mail"), "details-unreadable", "mail");
        assertRefused("GIGADAT", SUPPLIER, "payee-not-payable", "ipAddress");
        assertRefused("CLEO", SUPPLIER, "provider-not-routable", "does not list CLEO");
        assertRefused("TRUST", SUPPLIER, "provider-not-routable", "no provider TRUST that pays out");
        assertThat(stored().getDestinations()).isEmpty();
    }

    @Test
    void a_wallet_is_checked_by_its_checksum() throws Exception {
        assertThat(add("wallet", "FORUMPAY", WALLET, "anna").exit()).isEqualTo(ExitCodes.HOLDS);

        assertRefused("FORUMPAY", WALLET.replace("DivfNa", "DivfNb"), "wallet-address-wrong", "checksum");
        assertRefused("FORUMPAY", WALLET.replace("BTC", "USDT"), "crypto-currency-not-checked", "BTC and ETH");
        assertThat(stored().getDestinations()).hasSize(1);
    }

    /** Nothing of the payee is told with the refusal. */
    private void assertRefused(String provider, String details, String code, String word) throws Exception {
        CommandRun refused = add("refused", provider, details, "anna");

        assertThat(refused.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(refused.err())
                .contains(code, word)
                .doesNotContain("@example.com", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN");
    }

    @Test
    void without_a_limit_of_one_destination_there_is_none() throws Exception {
        assertThat(applied(payingOut().replace(", per-destination: 1000", "")).exit())
                .isEqualTo(ExitCodes.HOLDS);

        assertThat(add("supplier", "PAYONE", SUPPLIER, "anna").err()).contains("pay-outs-disabled");
    }

    private static String payingOut() {
        return SandboxYaml.with(
                        "confirmed: [payone-takes-merchant-reference, payone-takes-test-mode]",
                        """
                        confirmed:
                          - payone-payout-reaches-the-payer
                          - payone-payout-in-cad
                          - payone-payout-answer-is-generic
                          - payone-payout-webhook-decides
                      FORUMPAY:
                        confirmed:
                          - forumpay-payout-request-as-in-example
                          - forumpay-payout-network-by-currency
                          - forumpay-payout-webhook-decides
                      GIGADAT:
                        confirmed:
                          - gigadat-eto-request-as-in-example
                          - gigadat-eto-mobile-as-phone
                          - gigadat-eto-answer-names-transaction
                          - gigadat-eto-webhook-decides
                """.stripTrailing().stripLeading())
                .replace(
                        "    order-time: 24h",
                        "    pay-outs: {enabled-by: [anna, ben], currency: CAD, per-pay-out: 500, per-day: 5000, per-destination:"
                                + " 1000}\n    order-time: 24h");
    }

    private CommandRun add(String name, String provider, String details, String operator) throws Exception {
        return run("add", MERCHANT, name, "--provider", provider, "--details", file(details), "--operator", operator);
    }

    private CommandRun approve(String name, String details, String operator) throws Exception {
        return run("approve", MERCHANT, name, "--details", file(details), "--operator", operator);
    }

    private String file(String details) throws Exception {
        return Files.writeString(folder.resolve("payee.yaml"), details).toString();
    }

    private CommandRun run(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "destination";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--keys";
        all[arguments.length + 2] = folder.resolve("keys").toString();
        all[arguments.length + 3] = "--json";
        return CommandRun.of(new MerchantsCommand(), TestKafka.options(installation), all);
    }

    private CommandRun applied(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("merchants.yaml"), yaml);
        return CommandRun.of(
                new MerchantsCommand(),
                TestKafka.options(installation),
                "apply",
                file.toString(),
                "--keys",
                folder.resolve("keys").toString(),
                "--json");
    }

    private Merchant stored() {
        try (SchemaTopic schemas = new SchemaTopic(installation)) {
            schemas.start();
            return (Merchant) Objects.requireNonNull(
                            StoredRecords.read(installation, schemas).records().get("merchant:" + MERCHANT))
                    .getBody();
        }
    }
}
