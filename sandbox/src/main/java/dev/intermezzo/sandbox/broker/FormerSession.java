package dev.intermezzo.sandbox.broker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registration that a killed broker left behind in the cluster's metadata.
 *
 * <p>As long as the controller believes in it, a broker that starts again takes itself for the leader of its partitions
 * although nobody can connect to it yet. Its transaction coordinator then cannot deliver the markers of transactions that
 * were committed just before the kill, and at the moment the old registration ends it takes their partitions for deleted,
 * notes the transactions as complete, and never sends the markers: readers of committed messages wait on those partitions
 * for ever (Kafka 4.3.1, one node; seen in about half of all kills right after a commit). So after a kill the controller
 * runs alone for a moment, until it has ended the old registration, and only then does the broker start.
 */
final class FormerSession {

    /** Far more than it takes; a node killed before it had ever registered leaves nothing to wait for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(FormerSession.class);

    private FormerSession() {}

    /** Whether the data is that of a broker that did not stop in order. */
    static boolean isOpen(Path data) {
        return Files.exists(data.resolve("meta.properties")) && !Files.exists(data.resolve(".kafka_cleanshutdown"));
    }

    /**
     * Runs the node as a controller only until the registration has ended.
     *
     * @param ofNode the settings of the node that is about to start
     * @throws IOException if the controller cannot be asked, or the thread was interrupted
     */
    static void end(Properties ofNode) throws IOException {
        KafkaRaftServer controller = new KafkaRaftServer(new KafkaConfig(controllerOnly(ofNode), false), Time.SYSTEM);
        controller.startup();
        try {
            awaitFenced();
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static Properties controllerOnly(Properties ofNode) {
        String voter = ofNode.getProperty("controller.quorum.voters");
        Properties settings = new Properties();
        settings.putAll(ofNode);
        settings.put("process.roles", "controller");
        settings.put("listeners", "CONTROLLER://" + voter.substring(voter.indexOf('@') + 1));
        settings.remove("advertised.listeners");
        settings.remove("inter.broker.listener.name");
        // Nobody can send a heartbeat, so there is nothing to be patient for.
        settings.put("broker.session.timeout.ms", "100");
        return settings;
    }

    /** Reads the controller's own gauge: its protocol has no question that is answered with the brokers out of service. */
    private static void awaitFenced() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            ObjectName fenced = new ObjectName("kafka.controller:type=KafkaController,name=FencedBrokerCount");
            while (!Integer.valueOf(1)
                    .equals(ManagementFactory.getPlatformMBeanServer().getAttribute(fenced, "Value"))) {
                if (System.nanoTime() > end) {
                    LOG.atWarn().log("no former registration of the broker was seen to end");
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (JMException e) {
            throw new IOException("The controller did not tell which brokers are out of service.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the killed broker's registration ended.", e);
        }
    }
}
