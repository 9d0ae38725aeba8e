package dev.intermezzo.cli.audit;

import dev.intermezzo.cli.audit.Story.Chapter;
import dev.intermezzo.cli.audit.Story.Routing;
import dev.intermezzo.cli.audit.Story.Told;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.Incoming;
import dev.intermezzo.orchestrator.ledger.LedgerBreak;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.orchestrator.ledger.LedgerVerifier;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.EventKind;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.CommandDigest;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells one payment's story from its ledger entries: reads each event, decides it anew to name the commands, and marks
 * what is not as it was written. Used for one payment.
 */
final class Storyteller {
    private final WriterSchemas schemas;
    private final EventReader events;
    private final Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);
    private final Bookkeeper bookkeeper = new Bookkeeper();
    private final String payment;
    private final LedgerVerifier verifier;
    private final List<Chapter> chapters = new ArrayList<>();
    private String merchantId = "";
    private String environment = "";
    private @Nullable PaymentState state;
    private @Nullable ChainHead head;
    private boolean folding = true;

    Storyteller(String payment, WriterSchemas schemas) {
        this.payment = payment;
        this.schemas = schemas;
        this.events = new EventReader(schemas);
        this.verifier = new LedgerVerifier(payment);
    }

    /** @param records the payment's, in the order of their offsets */
    Story tell(List<ConsumerRecord<String, byte[]>> records) {
        records.forEach(this::take);
        boolean unmarked = chapters.stream().allMatch(chapter -> chapter.marks().isEmpty());
        return new Story(payment, merchantId, environment, state, chapters, unmarked);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        LedgerPosition position = new LedgerPosition(payment, record.partition(), record.offset());
        Optional<LedgerEntry> entry = read(record.value());
        if (entry.isEmpty()) {
            LedgerBreak found = verifier.unreadable(position);
            folding = false;
            chapters.add(new Chapter(
                    found.sequence(),
                    null,
                    "",
                    "",
                    "",
                    "",
                    "",
                    null,
                    List.of(),
                    List.of(found.code().sentence())));
            return;
        }
        List<String> marks = new ArrayList<>();
        verifier.accept(position, entry.get())
                .forEach(found -> marks.add(found.code().sentence()));
        folding &= marks.isEmpty();
        chapters.add(chapter(entry.get(), marks));
    }

    private Optional<LedgerEntry> read(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.decode(value, schemas));
        } catch (UndecodableException | UnknownSchemaException e) {
            return Optional.empty();
        }
    }

    private Chapter chapter(LedgerEntry entry, List<String> marks) {
        merchantId = entry.getMerchantId();
        environment = Words.word(entry.getEnvironment());
        byte[] bytes = bytes(entry.getEvent());
        Optional<Event> event = event(entry, bytes);
        List<Told> commands = List.of();
        if (folding && event.isPresent()) {
            commands = fold(entry, bytes, event.get(), marks);
        } else if (event.isEmpty()) {
            folding = false;
            marks.add("this build cannot read the event");
        }
        if (commands.isEmpty()) {
            commands = entry.getCommands().stream()
                    .map(CommandDigest::getId)
                    .map(id -> new Told(id, ""))
                    .toList();
        }
        return new Chapter(
                entry.getSequence(),
                entry.getOccurredAt(),
                entry.getSourceTopic(),
                event.map(known -> Words.word(EventKind.of(known.fact()))).orElse(""),
                event.map(known -> FactWords.of(known.fact())).orElse(""),
                Words.word(entry.getVerdict()),
                entry.getVerdictCode(),
                folding ? routing() : null,
                commands,
                marks);
    }

    /** What the entry that was folded last made of the payment's routes. */
    private @Nullable Routing routing() {
        return state instanceof PaymentState.Live live && live.dossier().choice() != null
                ? new Routing(live.dossier().choice(), live.dossier().plan().routes())
                : null;
    }

    private Optional<Event> event(LedgerEntry entry, byte[] bytes) {
        try {
            return events.read(entry.getSourceTopic(), bytes) instanceof Incoming.Fact fact
                    ? Optional.of(fact.event())
                    : Optional.empty();
        } catch (UnknownSchemaException e) {
            return Optional.empty();
        }
    }

    /** The entry's commands, as far as this build decides them as they were decided; else the fold ends here. */
    private List<Told> fold(LedgerEntry entry, byte[] bytes, Event event, List<String> marks) {
        if (entry.getDeciderVersion() != bookkeeper.deciderVersion()) {
            folding = false;
            marks.add("decided by version " + entry.getDeciderVersion() + ", which is not this build's");
            return List.of();
        }
        if (book(entry, bytes, event) instanceof Booking.Entered entered
                && entered.entry().getHash().equals(entry.getHash())) {
            state = entered.state();
            head = entered.head();
            return entered.commands().stream()
                    .map(command -> new Told(command.id(), CommandWords.of(command)))
                    .toList();
        }
        folding = false;
        marks.add("this build does not decide the same");
        return List.of();
    }

    private @Nullable Booking book(LedgerEntry entry, byte[] bytes, Event event) {
        try {
            return bookkeeper.book(state, head, entry.getSourceTopic(), bytes, event);
        } catch (RuntimeException e) {
            // A decision that fails now and did not when it was written is not the same decision.
            return null;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
