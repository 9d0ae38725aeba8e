package dev.intermezzo.runtime.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.KafkaException;

/**
 * This machine's clock beside Kafka's. Facts carry the time of the machine that states them, and deadlines are compared
 * across machines, so clocks must agree. Nothing is written: the active controller tells its own time when it describes
 * its quorum (KIP-836: the leader's own last fetch is now).
 */
public final class ClockCheck {
    /** Stages whose clock is further off are not trusted. */
    public static final Duration TOLERATED = Duration.ofSeconds(2);

    private ClockCheck() {}

    /**
     * One comparison.
     *
     * @param ahead how far this machine's clock is ahead of Kafka's; negative when behind
     * @param uncertainty half of the time the question took: the true difference lies within it on both sides
     */
    public record Skew(Duration ahead, Duration uncertainty) {

        /** Whether the clocks certainly differ by more than is tolerated. */
        public boolean isTooFar() {
            return ahead.abs().minus(uncertainty).compareTo(TOLERATED) > 0;
        }
    }

    /**
     * Compares once.
     *
     * @return empty when the controller does not tell its time
     * @throws KafkaException when Kafka cannot be asked, or this user may not describe the cluster
     */
    public static Optional<Skew> compare(KafkaSettings kafka, InstantSource clock) {
        try (Admin admin = KafkaClients.admin(kafka, "clock")) {
            // The first question also connects; only the second one's time counts.
            TopicAdmin.await(admin.describeCluster().clusterId());
            Instant asked = clock.instant();
            QuorumInfo quorum = TopicAdmin.await(admin.describeMetadataQuorum().quorumInfo());
            Instant answered = clock.instant();
            OptionalLong told = Stream.concat(quorum.voters().stream(), quorum.observers().stream())
                    .filter(replica -> replica.replicaId() == quorum.leaderId())
                    .map(QuorumInfo.ReplicaState::lastFetchTimestamp)
                    .flatMapToLong(OptionalLong::stream)
                    .findFirst();
            return told.isEmpty()
                    ? Optional.empty()
                    : Optional.of(skew(asked, answered, Instant.ofEpochMilli(told.getAsLong())));
        }
    }

    static Skew skew(Instant asked, Instant answered, Instant told) {
        Duration half = Duration.between(asked, answered).dividedBy(2).abs();
        return new Skew(Duration.between(told, asked.plus(half)), half);
    }
}
