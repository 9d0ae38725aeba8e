package dev.intermezzo.cli.deadletters;

import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.util.Optional;
import java.util.Set;

/** Where letters come from, and which of those topics a record may be given back to. */
final class SourceTopics {
    /** Orders to act on the outside, whose time is over: the state machine has asked again or asks a person. */
    private static final Set<Topic<?>> COMMANDS =
            Set.of(Topics.CASHIER_COMMANDS, Topics.ONCE_COMMANDS, Topics.SHOP_COMMANDS, Topics.NOTIFICATION_DUE);

    private final KafkaSettings settings;

    SourceTopics(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Stages write the name with the installation's prefix or without it. */
    Optional<Topic<?>> of(DeadLetter letter) {
        return Topics.ALL.stream()
                .filter(topic -> letter.getSourceTopic().equals(topic.name())
                        || letter.getSourceTopic().equals(settings.topic(topic)))
                .<Topic<?>>map(topic -> topic)
                .findFirst();
    }

    /** Facts may be told again, since repeats are recognised; what acts on the outside is never ordered from here. */
    static boolean takesBack(Topic<?> topic) {
        return !COMMANDS.contains(topic);
    }
}
