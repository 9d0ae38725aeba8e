package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CommandDigest;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whether this build decides an event as the build did that wrote its entry, which may have been of another decider
 * version or have stored the state with another schema.
 */
public final class SameDecision {
    private final WriterSchemas schemas;

    public SameDecision(WriterSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * @throws dev.intermezzo.schemas.UnknownSchemaException when the schema that the state was stored with is not known
     * @throws dev.intermezzo.schemas.UndecodableException when that schema does not know what this build decided
     */
    public boolean test(Booking.Entered entered, LedgerEntry entry) {
        LedgerEntry anew = entered.entry();
        // Commands of another version may have been written with other schemas; their ids say what was decided.
        boolean commands = entry.getDeciderVersion() == anew.getDeciderVersion()
                ? anew.getCommands().equals(entry.getCommands())
                : ids(anew).equals(ids(entry));
        return commands && digest(entered, entry).equals(entry.getStateDigest());
    }

    /** Of the state that was decided now, as the build that wrote the entry would have stored it. */
    private ByteBuffer digest(Booking.Entered entered, LedgerEntry entry) {
        if (entry.getStateSchema().equals(entered.entry().getStateSchema())) {
            return entered.entry().getStateDigest();
        }
        long fingerprint = entry.getStateSchema().duplicate().getLong();
        return ByteBuffer.wrap(StateCodec.sha256(
                Codec.asWrittenWith(schemas.find(fingerprint), entered.stored().get())));
    }

    private static List<String> ids(LedgerEntry entry) {
        return entry.getCommands().stream().map(CommandDigest::getId).toList();
    }
}
