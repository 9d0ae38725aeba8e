package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.runtime.streams.StepTopology.Store;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One processor between all facts about payments and all that follows from them. Its sources share the payment's id as
 * key and are co-partitioned; everything one fact causes is committed in one transaction.
 */
public final class OrchestratorTopology {
    /** Store of {@code PaymentStateRecord} by payment id. */
    public static final String PAYMENTS = Books.PAYMENTS;

    static final List<Topic<?>> SOURCES = Stream.concat(EventReader.TOPICS.stream(), Stream.of(Topics.BUYER_KEYS))
            .toList();

    static final List<Topic<?>> SINKS = List.of(
            Topics.PAYMENT_LEDGER,
            Topics.PAYMENT_VIEWS,
            Topics.CASHIER_COMMANDS,
            Topics.ONCE_COMMANDS,
            Topics.SHOP_COMMANDS,
            Topics.NOTIFICATION_REQUESTS,
            Topics.WEBHOOK_INDEX,
            Topics.PAYMENT_INTERNAL,
            Topics.DEAD_LETTERS);

    private OrchestratorTopology() {}

    /** @param warmUps hears the id and the partition of each warm-up that came through */
    public static StepTopology of(
            String topicPrefix,
            Bookkeeper bookkeeper,
            DeadLetters deadLetters,
            WriterSchemas schemas,
            ObjIntConsumer<String> warmUps,
            DecisionCounts counts) {
        Map<String, Topic<?>> topics = StepTopology.byFullName(SOURCES, topicPrefix);
        return new StepTopology(
                "payment",
                topicPrefix,
                SOURCES,
                SINKS,
                stores(),
                () -> new PaymentProcessor(topics, bookkeeper, deadLetters, schemas, warmUps, counts));
    }

    private static List<Store<?, ?>> stores() {
        return List.of(
                Store.of(Books.PAYMENTS),
                Store.of(Books.HEADS),
                Store.ofDueTimes(Timers.STORE),
                Store.of(Quarantines.MARKS),
                Store.ofBytes(Quarantines.QUEUE),
                // A forgotten buyer's keys must leave the changelog as fast as they leave buyer-keys.
                Store.of(BuyerKeys.STORE)
                        .withChangelog(Map.of(
                                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                                Long.toString(Topics.MAX_COMPACTION_LAG.toMillis()))));
    }
}
