package dev.intermezzo.cli.deadletters;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The letters on {@code dead-letters}, as far back as the topic keeps them (30 days). */
final class LetterBox {
    private final KafkaConnection connection;

    LetterBox(KafkaConnection connection) {
        connection.requireTopic(connection.settings().topic(Topics.DEAD_LETTERS));
        this.connection = connection;
    }

    /** One letter per id, the oldest first: a record that a restarted stage meets again makes the same letter again. */
    List<DeadLetter> where(Predicate<DeadLetter> wanted) {
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
        new TopicScan(connection.settings(), Topics.DEAD_LETTERS).all(record -> {
            DeadLetter letter = codec.decode(record.value(), connection.schemas());
            if (wanted.test(letter)) {
                letters.putIfAbsent(letter.getId(), letter);
            }
        });
        return letters.values().stream()
                .sorted(Comparator.comparing(DeadLetter::getOccurredAt).thenComparing(DeadLetter::getId))
                .toList();
    }

    /**
     * These letters, in the order of time.
     *
     * @throws CommandFailure {@code letter-not-found} naming the first id that there is none of
     */
    List<DeadLetter> named(Collection<String> ids) {
        List<DeadLetter> found = where(letter -> ids.contains(letter.getId()));
        List<String> known = found.stream().map(DeadLetter::getId).toList();
        ids.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw new CommandFailure(
                    "letter-not-found",
                    "There is no dead letter " + id
                            + "; 'intermezzo dead-letters list' shows those of the last 30 days.");
        });
        return found;
    }
}
