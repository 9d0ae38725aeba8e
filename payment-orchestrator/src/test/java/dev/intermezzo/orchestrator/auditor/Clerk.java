package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.Incoming;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Writes one payment's ledger as the orchestrator would. */
final class Clerk {
    private final Bookkeeper bookkeeper;
    private final EventReader reader = new EventReader(WriterSchemas.compiledIn());
    private final List<LedgerEntry> entries = new ArrayList<>();
    private @Nullable PaymentState state;
    private @Nullable ChainHead head;

    Clerk(Bookkeeper bookkeeper) {
        this.bookkeeper = bookkeeper;
    }

    <T extends SpecificRecordBase> Booking.Entered take(Topic<T> topic, T value) {
        byte[] bytes = Codec.of(topic.value()).encode(value);
        Incoming.Fact fact = (Incoming.Fact) reader.read(topic.name(), bytes);
        Booking.Entered entered = (Booking.Entered) bookkeeper.book(state, head, topic.name(), bytes, fact.event());
        state = entered.state();
        head = entered.head();
        entries.add(entered.entry());
        return entered;
    }

    List<LedgerEntry> entries() {
        return entries;
    }
}
