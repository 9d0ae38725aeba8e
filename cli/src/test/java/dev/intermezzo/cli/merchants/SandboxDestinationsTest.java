package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.merchants.DestinationState;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestKafka.Shared.class)
class SandboxDestinationsTest {
    private static final String MERCHANT = "demo-shop";
    private static final Payee SUPPLIER = ((Payee.Reading.Read) Payee.of(Map.of(
                    "email", "supplier@example.com",
                    "firstName", "Mia",
                    "lastName", "Example",
                    "phone", "14165550111",
                    "countryCode", "CA")))
            .payee();
    private static final List<SandboxDestinations.Wanted> WANTED =
            List.of(new SandboxDestinations.Wanted("supplier", "PAYONE", SUPPLIER));
    private static final String PAYING_OUT = SandboxYaml.with(
                    "confirmed: [payone-takes-merchant-reference, payone-takes-test-mode]",
                    "confirmed: [payone-payout-reaches-the-payer, payone-payout-in-cad,"
                            + " payone-payout-answer-is-generic, payone-payout-webhook-decides]")
            .replace(
                    "    order-time: 24h",
                    "    pay-outs: {enabled-by: [anna, ben], currency: CAD, per-pay-out: 500, per-day: 5000, per-destination:"
                            + " 1000}\n    order-time: 24h");

    private final SealingKeys keys = SealingKeys.generate();
    private final KafkaSettings installation;

    SandboxDestinationsTest(TestKafka kafka) {
        installation = kafka.installation(Topics.MERCHANTS);
    }

    @Test
    void a_destination_of_a_sandbox_may_be_paid_at_once_and_is_added_once() {
        MerchantsApply.apply(SandboxYaml.valid(PAYING_OUT), installation, keys);

        SandboxDestinations.add(MERCHANT, WANTED, installation, keys);

        MerchantRecord stored = stored();
        Destination added = ((Merchant) stored.getBody()).getDestinations().getFirst();
        assertThat(added.getName()).isEqualTo("supplier");
        assertThat(DestinationState.of(added, Instant.now())).isEqualTo(DestinationState.READY);

        SandboxDestinations.add(MERCHANT, WANTED, installation, keys);

        assertThat(stored().getOccurredAt()).isEqualTo(stored.getOccurredAt());
        assertThat(stored().getRevision()).isEqualTo(stored.getRevision());
    }

    @Test
    void a_merchant_of_a_production_account_has_none_that_need_not_wait() {
        String production = PAYING_OUT
                .replace("environment: sandbox", "environment: production")
                .replace("    base-url: http://127.0.0.1:8082\n", "")
                .replace("\"localhost:8081\", \"127.0.0.1:8081\"", "shop.example.com")
                .replace(SandboxYaml.WEBHOOK_TOKEN, "w".repeat(43));
        MerchantsApply.apply(SandboxYaml.valid(production), installation, keys);

        assertThatThrownBy(() -> SandboxDestinations.add(MERCHANT, WANTED, installation, keys))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("not one of the sandbox");
        assertThat(((Merchant) stored().getBody()).getDestinations()).isEmpty();
    }

    private MerchantRecord stored() {
        try (SchemaTopic schemas = new SchemaTopic(installation)) {
            schemas.start();
            return StoredRecords.read(installation, schemas).merchant(MERCHANT);
        }
    }
}
