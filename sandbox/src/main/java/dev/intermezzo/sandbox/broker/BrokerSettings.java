package dev.intermezzo.sandbox.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** What the sandbox's brokers are told; every value that is not Kafka's default has its reason beside it. */
final class BrokerSettings {

    private BrokerSettings() {}

    /** A node that is a whole cluster. */
    static Properties of(Path data, int port, int controllerPort) {
        Properties settings = new Properties();
        node(settings, data, new ClusterNode("", 1, port, Map.of(1, controllerPort)));
        oneReplica(settings);
        quickToAnswer(settings);
        nextTransaction(settings, 1);
        betweenBrokers(settings);
        quickToServe(settings);
        smallInMemory(settings);
        return settings;
    }

    /** A node among others. How soon the others take it for dead is left at Kafka's default: that is what is measured. */
    static Properties of(Path data, ClusterNode node) {
        Properties settings = new Properties();
        node(settings, data, node);
        threeReplicas(settings);
        quickToAnswer(settings);
        nextTransaction(settings, 5);
        betweenBrokers(settings);
        quickToLeadAgain(settings);
        smallInMemory(settings);
        return settings;
    }

    private static void node(Properties settings, Path data, ClusterNode node) {
        int port = node.port();
        int controllerPort = node.controllerPort();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.id()));
        settings.put("controller.quorum.voters", node.voters());
        // Loopback only: this broker has no authentication and must not be reachable from outside.
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data.toAbsolutePath().toString());
        // A stage that finds a topic missing must say so; a topic made by accident would hide it.
        settings.put("auto.create.topics.enable", "false");
        // Never one partition: that hides co-partitioning faults.
        settings.put("num.partitions", "3");
    }

    /** One node cannot hold three copies; without these the internal topics would never be created. */
    private static void oneReplica(Properties settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    /** Any one node may die: what was acknowledged is on another, and that one may still be written to. */
    private static void threeReplicas(Properties settings) {
        settings.put("default.replication.factor", "3");
        settings.put("min.insync.replicas", "2");
        settings.put("offsets.topic.replication.factor", "3");
        settings.put("transaction.state.log.replication.factor", "3");
        settings.put("transaction.state.log.min.isr", "2");
        settings.put("share.coordinator.state.topic.replication.factor", "3");
        settings.put("share.coordinator.state.topic.min.isr", "2");
    }

    /**
     * A transaction that begins while the same producer's last one is still being finished waits this long before it is tried
     * again (default 20 ms): with a commit every 10 ms that is most of a hop. A pause of 1 ms suits a broker that asks itself.
     */
    private static void nextTransaction(Properties settings, int pauseMs) {
        settings.put("add.partitions.to.txn.retry.backoff.ms", Integer.toString(pauseMs));
        // By default a broker tries so for 100 ms and then refuses the write. Finishing takes longer where other
        // brokers have
        // to be asked and the machine is busy; a refused write costs the client at least 100 ms, and all that it sent
        // behind
        // it is refused as out of order, so that a pipeline under load comes to a crawl.
        settings.put("add.partitions.to.txn.retry.backoff.max.ms", "3000");
    }

    /**
     * A coordinator tells the others the ends of transactions one request after the other, and such a request is answered
     * when its last partition has its copies. By default one that is held up while a node dies holds up all for 30 s. One
     * node asks nobody; it has the setting because every broker is asked to have it.
     */
    private static void betweenBrokers(Properties settings) {
        settings.put("request.timeout.ms", "5000");
    }

    /** A node that came back leads nothing; by default it would for five minutes, and its next death would prove little. */
    private static void quickToLeadAgain(Properties settings) {
        settings.put("leader.imbalance.check.interval.seconds", "5");
        settings.put("leader.imbalance.per.broker.percentage", "0");
    }

    private static void quickToAnswer(Properties settings) {
        // Stages run with a 3 s session; the default minimum of 6 s would refuse them.
        settings.put("group.min.session.timeout.ms", "1000");
        // Everything starts together here, so waiting 3 s for more members only delays readiness.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A crashed stage's open transaction silences its readers until this scan finds it (default 10 s).
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    }

    private static void quickToServe(Properties settings) {
        // The first heartbeat takes the node into service; two seconds of it would be start-up time.
        settings.put("broker.heartbeat.interval.ms", "200");
    }

    private static void smallInMemory(Properties settings) {
        // The defaults of 50 partitions each are made for many brokers and cost start-up time and files.
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.num.partitions", "3");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // 128 MiB of the heap by default, for a cleaner that has only a few small topics to compact.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        // Each partition maps two indexes of this size (default 10 MiB).
        settings.put("log.index.size.max.bytes", "1048576");
        // The machine is shared with all stages and both simulators.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
    }
}
