package dev.intermezzo.cli.notifications;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.notifier.schedule.ScheduleTopology;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the notifier's schedule has parked, by its own word: the topic that keeps its store holds the latest state of each
 * order. What came of the attempts is on {@code notification-results}, for seven days.
 */
final class ParkedMessages {
    private final KafkaConnection connection;
    private final Codec<ScheduleState> states = Codec.of(ScheduleState.class);

    /** @throws dev.intermezzo.cli.output.CommandFailure {@code topic-missing} when no notifier has run yet */
    ParkedMessages(KafkaConnection connection) {
        connection.requireTopic(connection.settings().topic(ScheduleTopology.STATES_LOG));
        connection.requireTopic(connection.settings().topic(Topics.NOTIFICATION_RESULTS));
        this.connection = connection;
    }

    /** All of them, the longest parked first. */
    List<ParkedMessage> all() {
        Map<String, ScheduleState> parked = new LinkedHashMap<>();
        log().all(keepingParked(parked));
        return explained(parked);
    }

    /** That of one payment. */
    Optional<ParkedMessage> of(String payment) {
        Map<String, ScheduleState> parked = new LinkedHashMap<>();
        Consumer<ConsumerRecord<String, byte[]>> keeping = keepingParked(parked);
        log().whereKeyIs(payment, record -> {
            if (payment.equals(record.key())) {
                keeping.accept(record);
            }
        });
        return explained(parked).stream().findFirst();
    }

    private TopicScan log() {
        return new TopicScan(connection.settings(), ScheduleTopology.STATES_LOG);
    }

    private Consumer<ConsumerRecord<String, byte[]>> keepingParked(Map<String, ScheduleState> parked) {
        return record -> {
            parked.remove(record.key());
            if (record.value() != null) {
                ScheduleState state = states.decode(record.value(), connection.schemas());
                if (state.getPhase() == SchedulePhase.PARKED) {
                    parked.put(record.key(), state);
                }
            }
        };
    }

    private List<ParkedMessage> explained(Map<String, ScheduleState> parked) {
        if (parked.isEmpty()) {
            return List.of();
        }
        Map<String, NotificationResult> last = lastAttempts(parked);
        return parked.values().stream()
                .map(state -> {
                    var request = Objects.requireNonNull(state.getCurrent(), "a parked order has a current message");
                    return new ParkedMessage(request, state.getDue(), state.getAttempts(), last.get(request.getId()));
                })
                .sorted(Comparator.comparing(ParkedMessage::since).thenComparing(ParkedMessage::payment))
                .toList();
    }

    /** By request; reports of one payment come in their order. */
    private Map<String, NotificationResult> lastAttempts(Map<String, ScheduleState> parked) {
        Codec<NotificationResult> results = Codec.of(NotificationResult.class);
        Map<String, NotificationResult> last = new HashMap<>();
        Consumer<ConsumerRecord<String, byte[]>> keeping = record -> {
            if (parked.containsKey(record.key())) {
                NotificationResult result = results.decode(record.value(), connection.schemas());
                last.put(result.getRequestId(), result);
            }
        };
        TopicScan scan = new TopicScan(connection.settings(), Topics.NOTIFICATION_RESULTS);
        if (parked.size() == 1) {
            scan.whereKeyIs(parked.keySet().iterator().next(), keeping);
        } else {
            scan.all(keeping);
        }
        return last;
    }
}
