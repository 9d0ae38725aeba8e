package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.merchants.DestinationState;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Destinations as if two persons had brought them two days ago, so that a sandbox pays out in its first minute. No command
 * leads here: whoever starts simulated partners gives their own merchant its payees, and a merchant whose account is not of the
 * sandbox is refused.
 */
public final class SandboxDestinations {
    private static final Duration AGE = DestinationState.WAIT.multipliedBy(2);
    private static final String FIRST = "anna";
    private static final String SECOND = "ben";

    private SandboxDestinations() {}

    /**
     * One of them.
     *
     * @param provider who pays, as the catalogue names it
     */
    public record Wanted(String name, String provider, Payee payee) {}

    /**
     * Adds those whose names the merchant does not have, in one record; returns when the brokers hold it.
     *
     * @param keys with those of merchants' secrets, and the public one of the executor
     * @throws CommandFailure {@code sandbox-only}, a code of {@link PayeeCheck}, or when Kafka does not take it
     */
    public static void add(String merchantId, List<Wanted> wanted, KafkaSettings kafka, SealingKeys keys) {
        try (SchemaTopic schemas = new SchemaTopic(kafka, Duration.ZERO)) {
            schemas.start();
            schemas.publish();
            StoredRecords stored = StoredRecords.read(kafka, schemas);
            MerchantRecord record = stored.merchant(merchantId);
            Merchant merchant = (Merchant) record.getBody();
            List<Wanted> missing = wanted.stream()
                    .filter(each -> DestinationState.find(merchant, each.name()).isEmpty())
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            MerchantRecord account = stored.account(merchant.getAccount());
            requirePayable(merchant, account, missing);
            List<Destination> all = new ArrayList<>(merchant.getDestinations());
            DestinationSealer sealer = new DestinationSealer(keys, new SecureRandom());
            InstantSource clock = InstantSource.system();
            missing.forEach(each -> all.add(vouchedFor(sealer, merchantId, each, clock.instant())));
            RecordWriter writer = new RecordWriter(kafka, schemas, clock);
            writer.write(List.of(
                    writer.revision(record.getId(), record.getEnvironment(), NamedDestinations.with(merchant, all))));
        }
    }

    private static void requirePayable(Merchant merchant, MerchantRecord account, List<Wanted> wanted) {
        if (account.getEnvironment() != Environment.SANDBOX) {
            throw new CommandFailure(
                    "sandbox-only", "The account " + account.getId() + " is not one of the sandbox: no destination.");
        }
        PayOutLimits limits = merchant.getPayOuts();
        if (limits == null || limits.getPerDestination() == null) {
            throw new CommandFailure("pay-outs-disabled", "The sandbox's merchant has no limits for pay-outs.");
        }
        PayeeCheck check = new PayeeCheck(ProviderCatalogue.bundled());
        wanted.forEach(each -> check.require(
                each.provider(), each.payee(), limits, (CashierAccount) account.getBody(), account.getEnvironment()));
    }

    private static Destination vouchedFor(DestinationSealer sealer, String merchantId, Wanted wanted, Instant now) {
        Destination added =
                sealer.seal(merchantId, wanted.name(), wanted.provider(), wanted.payee(), FIRST, now.minus(AGE));
        return Destination.newBuilder(added).setApprovedBy(SECOND).build();
    }
}
