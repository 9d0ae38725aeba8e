package dev.intermezzo.sandbox.broker;

import java.nio.file.Path;
import java.util.Properties;

/** What the embedded broker is told; every value that is not Kafka's default has its reason beside it. */
final class BrokerSettings {

    private BrokerSettings() {}

    static Properties of(Path data, int port, int controllerPort) {
        Properties settings = new Properties();
        oneNode(settings, data, port, controllerPort);
        oneReplica(settings);
        quickToAnswer(settings);
        smallInMemory(settings);
        return settings;
    }

    private static void oneNode(Properties settings, Path data, int port, int controllerPort) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
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

    private static void quickToAnswer(Properties settings) {
        // Stages run with a 3 s session; the default minimum of 6 s would refuse them.
        settings.put("group.min.session.timeout.ms", "1000");
        // Everything starts together here, so waiting 3 s for more members only delays readiness.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A crashed stage's open transaction silences its readers until this scan finds it (default 10 s).
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        // A transaction that begins while the same producer's last one is still being finished waits this long
        // before it is tried again (default 20 ms): with a commit every 10 ms that is most of a hop.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
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
