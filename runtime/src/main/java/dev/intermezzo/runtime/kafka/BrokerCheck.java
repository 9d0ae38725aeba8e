package dev.intermezzo.runtime.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/** What short hops and fast failover want of the brokers; told by {@code topics plan} and {@code doctor}. Nothing is changed. */
public final class BrokerCheck {
    private BrokerCheck() {}

    /**
     * One sentence for each broker setting that makes hops or a failover slower than they could be; empty when all is well.
     *
     * @throws KafkaException when the brokers cannot be asked
     */
    public static List<String> advice(KafkaSettings kafka) {
        try (Admin admin = KafkaClients.admin(kafka, "doctor")) {
            List<ConfigResource> brokers = TopicAdmin.await(
                            admin.describeCluster().nodes())
                    .stream()
                    .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                    .toList();
            List<String> advice = new ArrayList<>();
            TopicAdmin.await(admin.describeConfigs(brokers).all())
                    .forEach((broker, config) -> judge(broker.name(), config, advice));
            return List.copyOf(advice);
        } catch (AuthorizationException e) {
            return List.of(
                    "The brokers' settings may not be read by this user. If " + Wanted.MIN_SESSION.key + " is above "
                            + KafkaClients.SESSION_TIMEOUT_MS + ", consumers are refused; with Kafka's default of "
                            + Wanted.ABORT_SCAN.key
                            + ", a killed instance's transaction may hide records for 13 s; with that of "
                            + Wanted.NEXT_TRANSACTION.key + ", each hop may lose 20 ms; with that of "
                            + Wanted.NEXT_TRANSACTION_PATIENCE.key + ", busy brokers come to a crawl; with that of "
                            + Wanted.BETWEEN_BROKERS.key + ", the loss of a broker may stop everything for 30 s.");
        }
    }

    static void judge(String broker, Config config, List<String> advice) {
        for (Wanted wanted : Wanted.values()) {
            ConfigEntry entry = config.get(wanted.key);
            if (entry != null && entry.value() != null && !wanted.isMetBy(Long.parseLong(entry.value()))) {
                advice.add("Broker %s has %s=%s instead of %s %d: %s"
                        .formatted(
                                broker, wanted.key, entry.value(), wanted.bound.words, wanted.limit, wanted.because));
            }
        }
    }

    private enum Bound {
        AT_MOST("at most"),
        AT_LEAST("at least");

        final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    private enum Wanted {
        MIN_SESSION(
                "group.min.session.timeout.ms",
                Bound.AT_MOST,
                KafkaClients.SESSION_TIMEOUT_MS,
                "consumers with a session of 3 s are refused."),
        ABORT_SCAN(
                "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                Bound.AT_MOST,
                1_000,
                "a killed instance's open transaction hides later records for up to this long on top of its 3 s."),
        NEXT_TRANSACTION(
                "add.partitions.to.txn.retry.backoff.ms",
                Bound.AT_MOST,
                5,
                "a transaction that begins while the last one is being finished waits this long; each hop of a payment "
                        + "loses it."),
        NEXT_TRANSACTION_PATIENCE(
                "add.partitions.to.txn.retry.backoff.max.ms",
                Bound.AT_LEAST,
                3_000,
                "on busy brokers it takes longer to finish a transaction; the next one's writes are then refused and tried "
                        + "again, and the pipeline comes to a crawl."),
        BETWEEN_BROKERS(
                "request.timeout.ms",
                Bound.AT_MOST,
                5_000,
                "ends of transactions are told to each broker one request after the other; one that is held up by the loss "
                        + "of another broker keeps every transaction waiting this long.");

        final String key;
        final Bound bound;
        final long limit;
        final String because;

        Wanted(String key, Bound bound, long limit, String because) {
            this.key = key;
            this.bound = bound;
            this.limit = limit;
            this.because = because;
        }

        boolean isMetBy(long value) {
            return switch (bound) {
                case AT_MOST -> value <= limit;
                case AT_LEAST -> value >= limit;
            };
        }
    }
}
