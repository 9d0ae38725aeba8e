package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.runtime.merchants.DestinationState;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds, approves and removes a merchant's destinations. One person adds a payee and another brings the same payee of his own
 * accord: what they bring is compared, so that neither a slip of the pen nor one person alone decides where money goes. Only
 * the cashier executor can open what is kept.
 */
final class NamedDestinations {

    /** The merchant's record is read whole by every stage. */
    static final int MOST = 64;

    private final KafkaConnection kafka;
    private final DestinationSealer sealer;
    private final InstantSource clock;
    private final RecordWriter writer;

    /** @param keys with those of merchants' secrets, and the public one of the executor */
    NamedDestinations(KafkaConnection kafka, SealingKeys keys, SecureRandom random, InstantSource clock) {
        this.kafka = kafka;
        this.sealer = new DestinationSealer(keys, random);
        this.clock = clock;
        this.writer = new RecordWriter(kafka.settings(), kafka.schemas(), clock);
    }

    /** A file says nothing about destinations, so it leaves them as they are. */
    static Merchant kept(Merchant declared, Optional<MerchantRecord> former) {
        return former.isPresent() && former.get().getBody() instanceof Merchant stored
                ? with(declared, stored.getDestinations())
                : declared;
    }

    /**
     * Adds a destination, or changes one. The same payee again is no change; a changed one waits anew.
     *
     * @return as it is kept
     * @throws CommandFailure when it is refused, see {@link PayeeCheck} too, or Kafka does not take it
     */
    Destination add(String merchantId, String name, String provider, Payee payee, String operator) {
        if (!Ids.NAME.matcher(name).matches()) {
            throw new CommandFailure(
                    "malformed-id", "A destination's name has 1 to 40 characters of small letters, digits and dashes.");
        }
        MerchantRecord record = record(merchantId);
        Merchant merchant = (Merchant) record.getBody();
        requirePayable(record, merchant, provider, payee);
        Optional<Destination> former = DestinationState.find(merchant, name);
        if (former.isPresent()
                && former.get().getProvider().equals(provider)
                && sealer.isOf(merchantId, former.get(), payee)) {
            return former.get();
        }
        List<Destination> others = others(merchant, name);
        if (others.size() >= MOST) {
            throw new CommandFailure(
                    "too-many-destinations",
                    "The merchant " + merchantId + " has " + MOST + " destinations. Remove one that is not in use.");
        }
        Destination added = sealer.seal(merchantId, name, provider, payee, operator, clock.instant());
        others.add(added);
        write(record, with(merchant, others));
        return added;
    }

    /**
     * A second person says that money may go there.
     *
     * @param payee as the second person knows it
     * @return as it is kept
     * @throws CommandFailure {@code destination-unknown}, {@code second-person-needed}, {@code destination-differs}, or when
     *     Kafka does not take it
     */
    Destination approve(String merchantId, String name, Payee payee, String operator) {
        MerchantRecord record = record(merchantId);
        Merchant merchant = (Merchant) record.getBody();
        Destination known = find(merchantId, merchant, name);
        if (known.getAddedBy().equals(operator)) {
            throw new CommandFailure(
                    "second-person-needed", known.getAddedBy() + " added it; another person approves it.");
        }
        if (!sealer.isOf(merchantId, known, payee)) {
            throw new CommandFailure(
                    "destination-differs",
                    "What you bring is not what " + known.getAddedBy() + " brought. Find out who is right; who is wrong"
                            + " adds it again, and then it waits anew.");
        }
        if (known.getApprovedBy() != null) {
            return known;
        }
        Destination approved =
                Destination.newBuilder(known).setApprovedBy(operator).build();
        List<Destination> all = merchant.getDestinations().stream()
                .map(each -> each.getName().equals(name) ? approved : each)
                .toList();
        write(record, with(merchant, all));
        return approved;
    }

    /** A merchant's destinations in the order in which they were added. */
    List<Destination> list(String merchantId) {
        return ((Merchant) record(merchantId).getBody()).getDestinations();
    }

    /**
     * Removes a destination: nothing more is paid there, from the next moment on.
     *
     * @throws CommandFailure {@code destination-unknown}
     */
    void remove(String merchantId, String name) {
        MerchantRecord record = record(merchantId);
        Merchant merchant = (Merchant) record.getBody();
        find(merchantId, merchant, name);
        write(record, with(merchant, others(merchant, name)));
    }

    private void requirePayable(MerchantRecord record, Merchant merchant, String provider, Payee payee) {
        PayOutLimits limits = merchant.getPayOuts();
        if (limits == null || limits.getPerDestination() == null) {
            throw new CommandFailure(
                    "pay-outs-disabled",
                    "Pay-outs besides refunds are off for " + record.getId()
                            + ": two persons enable them with limits, as"
                            + " pay-outs with per-destination in the merchants file.");
        }
        MerchantRecord account =
                StoredRecords.read(kafka.settings(), kafka.schemas()).account(merchant.getAccount());
        new PayeeCheck(ProviderCatalogue.bundled())
                .require(provider, payee, limits, (CashierAccount) account.getBody(), account.getEnvironment());
    }

    private static Destination find(String merchantId, Merchant merchant, String name) {
        return DestinationState.find(merchant, name)
                .orElseThrow(() -> new CommandFailure(
                        "destination-unknown",
                        "The merchant " + merchantId + " has no destination " + name
                                + "; 'destination list' names those it has."));
    }

    private static List<Destination> others(Merchant merchant, String name) {
        return new ArrayList<>(merchant.getDestinations().stream()
                .filter(each -> !each.getName().equals(name))
                .toList());
    }

    static Merchant with(Merchant merchant, List<Destination> destinations) {
        return Merchant.newBuilder(merchant).setDestinations(destinations).build();
    }

    private void write(MerchantRecord former, Merchant merchant) {
        writer.write(List.of(writer.revision(former.getId(), former.getEnvironment(), merchant)));
    }

    private MerchantRecord record(String merchantId) {
        return StoredRecords.read(kafka.settings(), kafka.schemas()).merchant(merchantId);
    }
}
