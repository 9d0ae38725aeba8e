package dev.intermezzo.runtime.kafka;

import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Which Kafka, and who we are there.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param topicPrefix before every topic, consumer group, Streams application and transactional id, so that installations
 *     (and a rebuild beside the running one) share a cluster without meeting
 * @param instanceId unique among the processes of one role and the same after a restart; Kafka then hands a restarted
 *     instance its partitions back instead of waiting for its session to end
 */
public record KafkaSettings(String bootstrapServers, String topicPrefix, String instanceId) {

    /** {@code kafka.bootstrap-servers}, {@code kafka.topic-prefix}, {@code kafka.instance-id} (default: the host's name). */
    public static KafkaSettings read(SettingsReader settings) {
        Optional<String> instance = settings.about(
                        "Who this process is in Kafka: different for each process of a stage and the same after a restart, so that it gets its partitions back at once. Unset: the host's name.")
                .optionalText("kafka.instance-id");
        return new KafkaSettings(
                settings.about("Kafka brokers, host:port, several separated by commas.")
                        .text("kafka.bootstrap-servers"),
                settings.about(
                                "Before every topic, group and application id, so that installations share a cluster without meeting.")
                        .text("kafka.topic-prefix", Topics.DEFAULT_PREFIX),
                instance.orElseGet(KafkaSettings::hostName));
    }

    /** Full name of a topic. */
    public String topic(Topic<?> topic) {
        return topic.in(topicPrefix);
    }

    /** Full name of a group, application or transactional id. */
    public String named(String name) {
        return topicPrefix + name;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            return "instance";
        }
    }
}
