package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.Merchant;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestKafka.Shared.class)
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

    @TempDir
    private Path folder;

    private MerchantsInstallation installation;

    @BeforeEach
    void install(TestKafka kafka) {
        installation = new MerchantsInstallation(kafka, folder);
        assertThat(installation.applyCommand(payingOut()).exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void a_destination_is_sealed_to_the_executor_and_waits_for_another_person_and_a_day() {
        CommandRun added = add("supplier", "PAYONE", SUPPLIER, "anna");

        assertThat(added.exit()).as(added.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(added.json().get("state").asText()).isEqualTo("waits-for-second-person");
        Destination kept = stored().getDestinations().getFirst();
        assertThat(stored().toString()).doesNotContain("supplier@example.com", "14165550111", "Mia");
        byte[] opened = new BuyerOpener(installation.keys())
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
    void neither_the_same_person_nor_other_details_approve_it() {
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
    void a_changed_destination_waits_anew_and_an_unchanged_one_does_not() {
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
    void a_file_that_is_applied_leaves_destinations_alone() {
        add("supplier", "PAYONE", SUPPLIER, "anna");

        CommandRun same = installation.applyCommand(payingOut());
        CommandRun edited = installation.applyCommand(payingOut().replace("name: Demo shop", "name: Another Shop"));

        assertThat(same.json().get("merchants").findValuesAsText("change")).doesNotContain("changed", "created");
        assertThat(edited.json().get("merchants").findValuesAsText("change")).contains("changed");
        assertThat(stored().getDestinations()).hasSize(1);
    }

    @Test
    void destinations_are_listed_without_details_and_removed() {
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
    void what_a_provider_could_not_pay_is_refused_a_day_before() {
        assertRefused("PAYONE", SUPPLIER.replace("14165550111", "1416"), "payee-incomplete", "phone is too-short");
        assertRefused("PAYONE", SUPPLIER.replace("lastName", "# "), "payee-incomplete", "lastName is missing");
        assertRefused("PAYONE", SUPPLIER.replace("email", "mail"), "details-unreadable", "mail");
        assertRefused("GIGADAT", SUPPLIER, "payee-not-payable", "ipAddress");
        assertRefused("CLEO", SUPPLIER, "provider-not-routable", "does not list CLEO");
        assertRefused("TRUST", SUPPLIER, "provider-not-routable", "no provider TRUST that pays out");
        assertThat(stored().getDestinations()).isEmpty();
    }

    @Test
    void a_wallet_is_checked_by_its_checksum() {
        assertThat(add("wallet", "FORUMPAY", WALLET, "anna").exit()).isEqualTo(ExitCodes.HOLDS);

        assertRefused("FORUMPAY", WALLET.replace("DivfNa", "DivfNb"), "wallet-address-wrong", "checksum");
        assertRefused("FORUMPAY", WALLET.replace("BTC", "USDT"), "crypto-currency-not-checked", "BTC and ETH");
        assertThat(stored().getDestinations()).hasSize(1);
    }

    /** Nothing of the payee is told with the refusal. */
    private void assertRefused(String provider, String details, String code, String word) {
        CommandRun refused = add("refused", provider, details, "anna");

        assertThat(refused.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(refused.err())
                .contains(code, word)
                .doesNotContain("@example.com", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN");
    }

    @Test
    void without_a_limit_of_one_destination_there_is_none() {
        assertThat(installation
                        .applyCommand(payingOut().replace(", per-destination: 1000", ""))
                        .exit())
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

    private CommandRun add(String name, String provider, String details, String operator) {
        return run("add", MERCHANT, name, "--provider", provider, "--details", file(details), "--operator", operator);
    }

    private CommandRun approve(String name, String details, String operator) {
        return run("approve", MERCHANT, name, "--details", file(details), "--operator", operator);
    }

    private String file(String details) {
        return installation.file("payee.yaml", details);
    }

    private CommandRun run(String... arguments) {
        return installation.merchants(Stream.of(
                        Stream.of("destination"),
                        Stream.of(arguments),
                        Stream.of("--keys", installation.keysFolder(), "--json"))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private Merchant stored() {
        return (Merchant) installation.stored("merchant:" + MERCHANT).getBody();
    }
}
