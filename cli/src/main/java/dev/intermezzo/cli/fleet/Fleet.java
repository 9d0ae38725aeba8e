package dev.intermezzo.cli.fleet;

import dev.intermezzo.cli.kafka.BrokerProbe;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.process.SandboxSettingsFile;
import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.broker.ClusterNode;
import dev.intermezzo.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Three brokers and any number of stages, each a process of its own on loopback. First {@link #startBrokers()}, then
 * {@link #startStages}. A supervisor starts anew what ended by itself, as an installation's would. Closing ends every process.
 */
public final class Fleet implements AutoCloseable {
    /**
     * Every topic on each of the three; any one of them may die. A partition for each of two instances and no more: every
     * transaction touches all that it writes to, and they all live on one machine.
     */
    public static final TopicSettings TOPICS = new TopicSettings(2, 3, 2);

    private static final int BROKERS = 3;
    private static final int BROKER_HEAP_MIB = 320;
    private static final int STAGE_HEAP_MIB = 192;

    /** A busy machine starts fifteen virtual machines slowly. */
    private static final Duration READY = Duration.ofMinutes(4);

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Path data;
    private final Consumer<String> listener;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> ingressPorts = new TreeMap<>();
    private final List<URI> auditors = new ArrayList<>();
    private final List<URI> merchantApis = new ArrayList<>();
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());
    private final KafkaSettings kafka;
    private final SealingKeys keys;
    private @Nullable ClusterWatch cluster;
    private @Nullable Thread supervisor;

    /**
     * Makes the data folder and names the brokers; nothing is started.
     *
     * @param data emptied or new: a fleet does not go on where another stopped
     * @param listener hears what the supervisor started anew; called from its thread
     * @throws CommandFailure {@code data-unusable}
     */
    public Fleet(Path data, Consumer<String> listener) {
        this.data = data.toAbsolutePath();
        this.listener = listener;
        this.keys = SealingKeys.generate();
        try {
            Files.createDirectories(this.data.resolve("keys"));
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The data folder " + data + " cannot be made.", e);
        }
        keys.save(this.data.resolve("keys"));
        List<Integer> ports = Ports.freeOnes(BROKERS * 2);
        nameBrokers(ports);
        this.kafka = new KafkaSettings(
                IntStream.range(0, BROKERS)
                        .mapToObj(index -> "127.0.0.1:" + ports.get(index))
                        .collect(Collectors.joining(",")),
                Topics.DEFAULT_PREFIX,
                "fleet");
    }

    private void nameBrokers(List<Integer> ports) {
        String cluster = ClusterNode.newClusterId();
        for (int id = 1; id <= BROKERS; id++) {
            List<String> arguments = new ArrayList<>(List.of(
                    "sandbox",
                    "broker",
                    "--data",
                    data.resolve("broker-" + id).toString(),
                    "--cluster-id",
                    cluster,
                    "--node",
                    Integer.toString(id),
                    "--port",
                    Integer.toString(ports.get(id - 1))));
            for (int other = 1; other <= BROKERS; other++) {
                arguments.add("--controller");
                arguments.add(other + "=" + ports.get(BROKERS + other - 1));
            }
            // A broker is back when the whole cluster is: asked of the cluster, not of the process.
            member(Kind.BROKER, id, BROKER_HEAP_MIB, arguments, Map.of(), this::isClusterWhole);
        }
    }

    /** Starts the brokers and creates every topic; returns when all are in service. */
    public void startBrokers() throws InterruptedException {
        of(Kind.BROKER).forEach(Member::start);
        awaitListening();
        cluster = new ClusterWatch(kafka, BROKERS);
        awaitReady(of(Kind.BROKER));
        try (TopicAdmin topics = new TopicAdmin(kafka, TOPICS)) {
            topics.apply(Topics.ALL);
        }
        supervisor = Thread.ofVirtual().name("supervisor").start(this::supervise);
    }

    /** Kafka's clients log each try to reach a broker that does not listen yet. */
    private void awaitListening() throws InterruptedException {
        long end = System.nanoTime() + READY.toNanos();
        for (String server : kafka.bootstrapServers().split(",", -1)) {
            while (!BrokerProbe.anyAnswers(server) && System.nanoTime() < end) {
                Thread.sleep(LOOK);
            }
        }
    }

    /**
     * Starts stages, and returns when each is ready.
     *
     * @param instances how many of each
     * @param publicUrl of the edge, wherever it is; each ingress listens on a port of its own behind it
     */
    public void startStages(Map<StageRole, Integer> instances, URI publicUrl) throws InterruptedException {
        Path settings = SandboxSettingsFile.write(data, kafka, TOPICS, publicUrl, Map.of());
        int all = instances.values().stream().mapToInt(Integer::intValue).sum();
        // All at once: nothing listens on them yet, so that two drawings could give the same.
        Iterator<Integer> ports = Ports.freeOnes(all * 2).iterator();
        List<Member> stages = new ArrayList<>();
        instances.forEach((role, count) -> {
            for (int number = 1; number <= count; number++) {
                stages.add(stage(role, number, settings, ports.next(), ports.next()));
            }
        });
        stages.forEach(Member::start);
        awaitReady(stages);
    }

    private Member stage(StageRole role, int number, Path settings, int managementPort, int port) {
        String name = role.command() + "-" + number;
        URI management = URI.create("http://127.0.0.1:" + managementPort);
        Map<String, String> environment = new HashMap<>();
        environment.put("INTERMEZZO_KAFKA_INSTANCE_ID", name);
        environment.put("INTERMEZZO_MANAGEMENT_PORT", Integer.toString(managementPort));
        switch (role) {
            case INGRESS -> {
                environment.put("INTERMEZZO_INGRESS_PORT", Integer.toString(port));
                environment.put("INTERMEZZO_WEBHOOK_SPOOL_DIR", state(name, "webhook-spool"));
                ingressPorts.put(name, port);
            }
            case ORCHESTRATOR -> {
                environment.put("INTERMEZZO_ORCHESTRATOR_STATE_DIR", state(name, "orchestrator"));
                environment.put("INTERMEZZO_CORRELATOR_STATE_DIR", state(name, "correlator"));
            }
            case NOTIFIER -> environment.put("INTERMEZZO_NOTIFIER_STATE_DIR", state(name, "schedule"));
            case AUDITOR -> {
                environment.put("INTERMEZZO_AUDITOR_STATE_DIR", state(name, "auditor"));
                auditors.add(management);
            }
            case MERCHANT_API -> {
                environment.put("INTERMEZZO_MERCHANT_API_PORT", Integer.toString(port));
                merchantApis.add(URI.create("http://127.0.0.1:" + port));
            }
            case CASHIER, SHOP -> {}
        }
        return member(
                Kind.of(role),
                number,
                STAGE_HEAP_MIB,
                List.of(role.command(), "--settings", settings.toString()),
                environment,
                () -> http.send(HttpCall.get(management.resolve("/ready")).withDeadline(ANSWER))
                                instanceof HttpResult.Answered answer
                        && answer.status() == 200);
    }

    private String state(String name, String application) {
        return data.resolve("state").resolve(name).resolve(application).toString();
    }

    private Member member(
            Kind kind,
            int number,
            int heap,
            List<String> arguments,
            Map<String, String> environment,
            BooleanSupplier readiness) {
        Path log = data.resolve(kind.id() + "-" + number + ".log");
        Member member = new Member(
                kind, number, new Member.Launch(heap, kind.compiler(), arguments, environment, log), readiness);
        members.add(member);
        return member;
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    /** The installation's sealing keys. */
    public SealingKeys keys() {
        return keys;
    }

    /** Where the ingress instances listen on loopback. */
    public List<Integer> ingressPorts() {
        return List.copyOf(ingressPorts.values());
    }

    /** Health and metrics of the auditors. */
    public List<URI> auditors() {
        return List.copyOf(auditors);
    }

    /** The instances of the merchant API. */
    public List<URI> merchantApis() {
        return List.copyOf(merchantApis);
    }

    /** Every process. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /** The processes of one kind, by number. */
    public List<Member> of(Kind kind) {
        return members.stream().filter(member -> member.kind() == kind).toList();
    }

    /** Whether every broker serves and holds everything it should. */
    public boolean isClusterWhole() {
        ClusterWatch watch = cluster;
        return watch != null && watch.isWhole();
    }

    /** @throws CommandFailure {@code not-ready} naming those that are not ready in four minutes, and their logs */
    public void awaitReady(List<Member> some) throws InterruptedException {
        List<Member> late = notReadyWithin(READY, some);
        if (!late.isEmpty()) {
            throw new CommandFailure(
                    "not-ready",
                    "Not ready in " + READY.toMinutes() + " minutes: "
                            + late.stream()
                                    .map(member -> member.name() + " (see " + member.log() + ")")
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * Waits until all are ready, or the time is over. Those that are not have then written into their logs what their threads
     * do, and the cluster's open transactions and missing copies stand in {@code cluster.txt}.
     *
     * @return those that are not ready
     */
    public List<Member> notReadyWithin(Duration atMost, List<Member> some) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        List<Member> waiting = new ArrayList<>(some);
        waiting.removeIf(Member::isReady);
        while (!waiting.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(LOOK);
            waiting.removeIf(Member::isReady);
        }
        for (Member late : waiting) {
            late.askForThreads();
        }
        ClusterWatch watch = cluster;
        if (!waiting.isEmpty() && watch != null) {
            watch.describe(data.resolve("cluster.txt"));
        }
        return waiting;
    }

    /** Ends the stages in order and then the brokers, and by force what does not end in time. */
    @Override
    public void close() {
        if (supervisor != null) {
            supervisor.interrupt();
        }
        List<Member> stages =
                members.stream().filter(member -> member.kind() != Kind.BROKER).toList();
        end(stages);
        // Nothing is kept, so the brokers need not write anything down.
        of(Kind.BROKER).forEach(Member::endNow);
        if (cluster != null) {
            cluster.close();
        }
        http.close();
    }

    private static void end(List<Member> stages) {
        try {
            for (Member stage : stages) {
                stage.askToEnd();
            }
            long end = System.nanoTime() + STOP.toNanos();
            for (Member stage : stages) {
                stage.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stages.forEach(Member::endNow);
        }
    }

    private void supervise() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                for (Member member : members) {
                    long former = member.pid();
                    if (member.startIfEnded()) {
                        listener.accept(member.name() + " (pid " + former + ") ended by itself and was started again"
                                + " as pid " + member.pid());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
