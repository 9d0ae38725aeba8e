package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.merchants.ConnectionMarks;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.time.InstantSource;
import java.util.List;

/**
 * Switches merchants and connections off and on. Either way running payments go on to their end: only new checkouts and
 * pay-outs are refused.
 */
final class MerchantSwitches {
    private final KafkaConnection kafka;
    private final InstantSource clock;
    private final RecordWriter writer;

    MerchantSwitches(KafkaConnection kafka, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
        this.writer = new RecordWriter(kafka.settings(), kafka.schemas(), clock);
    }

    /**
     * Makes a merchant take new payments, or none.
     *
     * @return whether it was otherwise before
     * @throws CommandFailure {@code merchant-unknown}
     */
    boolean enable(String id, boolean enabled) {
        MerchantRecord record = stored().records().get(MerchantKeys.merchant(id));
        if (record == null || !(record.getBody() instanceof Merchant merchant)) {
            throw new CommandFailure(
                    "merchant-unknown",
                    "No merchant " + id + " is stored. 'intermezzo merchants list' names those that are.");
        }
        if (merchant.getEnabled() == enabled) {
            return false;
        }
        Merchant other = Merchant.newBuilder(merchant).setEnabled(enabled).build();
        writer.write(List.of(writer.revision(id, record.getEnvironment(), other)));
        return true;
    }

    /**
     * Lets a connection take payments, without waiting for an install webhook.
     *
     * @return whether it was otherwise before
     * @throws CommandFailure {@code connection-unknown}
     */
    boolean connect(String id) {
        MerchantRecord record = connection(id);
        StoredRecords stored = stored();
        if (stored.connected(id)) {
            return false;
        }
        writer.write(List.of(ConnectionMarks.mark(
                ConnectionMarks.installed(id), record.getEnvironment(), clock.instant(), "operator")));
        String disconnected = MerchantKeys.integration(ConnectionMarks.disconnected(id));
        if (stored.records().containsKey(disconnected)) {
            writer.forget(disconnected);
        }
        return true;
    }

    /**
     * Takes a connection off until it is connected again by hand; an install webhook does not.
     *
     * @return whether it was otherwise before
     * @throws CommandFailure {@code connection-unknown}
     */
    boolean disconnect(String id) {
        MerchantRecord record = connection(id);
        String mark = ConnectionMarks.disconnected(id);
        if (stored().records().containsKey(MerchantKeys.integration(mark))) {
            return false;
        }
        writer.write(List.of(ConnectionMarks.mark(mark, record.getEnvironment(), clock.instant(), "operator")));
        return true;
    }

    private MerchantRecord connection(String id) {
        MerchantRecord record = stored().records().get(MerchantKeys.integration(id));
        if (record == null
                || !(record.getBody() instanceof Integration integration)
                || !IntegrationKind.CONNECTION.of(integration)) {
            throw new CommandFailure(
                    "connection-unknown",
                    "No connection " + id + " is stored. 'intermezzo merchants list' names those that are.");
        }
        return record;
    }

    private StoredRecords stored() {
        return StoredRecords.read(kafka.settings(), kafka.schemas());
    }
}
