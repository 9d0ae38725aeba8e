package dev.intermezzo.cli.up;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.stage.StageContext;
import dev.intermezzo.cli.stage.StageGroup;
import dev.intermezzo.cli.stage.StageRole;
import dev.intermezzo.ingress.EdgeSettings;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.notifier.schedule.SchedulePolicy;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.SandboxSwitch;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.lifecycle.Management;
import dev.intermezzo.runtime.lifecycle.ManagementSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import dev.intermezzo.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole installation with its partners on this machine: embedded broker, topics, one merchant, every stage, a simulated
 * Mozello shop and a simulated Mozarto Cashier. Its data folder keeps the broker's log, the stores and the keys, so the same
 * folder goes on where it stopped.
 */
public final class SandboxWorld implements AutoCloseable {
    /** The one Cashier account. */
    public static final String ACCOUNT = "sandbox-account";

    /** The one merchant and its integration. */
    public static final String SHOP = "demo-shop";

    private static final Duration READY = Duration.ofSeconds(60);

    private final Ports ports;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final KafkaSettings kafka;
    private final Partners partners;

    private final @Nullable StageProcesses processes;

    /**
     * How a world runs.
     *
     * @param apart each stage in a process of its own
     * @param telling how patiently shops are told; of stages in this process only
     */
    private record Manner(boolean apart, InstantSource clock, SchedulePolicy telling) {

        static Manner usual(boolean apart) {
            return new Manner(apart, InstantSource.system(), SchedulePolicy.standard());
        }
    }

    private SandboxWorld(@Nullable String brokers, Path data, Ports ports, Manner manner, StartListener listener) {
        this.ports = ports;
        try {
            listener.starting("Kafka broker");
            String servers = brokers != null
                    ? brokers
                    : open(EmbeddedBroker.keptIn(data.resolve("kafka"), ports.broker()))
                            .bootstrapServers();
            this.kafka = new KafkaSettings(servers, Topics.DEFAULT_PREFIX, "sandbox");
            SealingKeys keys = keys(data.resolve("keys"));
            try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
                topics.apply(Topics.ALL);
            }
            listener.starting("simulated shop and Cashier");
            this.partners = open(Partners.start(
                    PartnersAt.onLoopback(ports.shop(), ports.cashier(), ingress())
                            .withListing(),
                    data.resolve("keys"),
                    manner.clock()));
            listener.starting("merchant " + SHOP);
            partners.apply(kafka, keys);
            listener.starting("stages");
            this.processes = manner.apart()
                    ? open(StageProcesses.start(
                            data, kafka, ports, ingress(), partners.shop().api()))
                    : null;
            if (!manner.apart()) {
                startHere(
                        data.resolve("state"),
                        manner.telling(),
                        new StageContext(kafka, keys, AddressPolicy.allowingLoopback(), manner.clock()));
            }
            partners.install();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new CommandFailure("interrupted", "Stopped while starting.", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startHere(Path state, SchedulePolicy telling, StageContext context) throws InterruptedException {
        StageGroup installation =
                open(Installation.of(edge(state.resolve("webhook-spool")), apiSettings(), telling, state, context));
        Management management =
                open(new Management(new ManagementSettings("127.0.0.1", ports.management()), installation.stages()));
        management.start();
        installation.start();
        if (!installation.awaitReady(READY)) {
            throw new CommandFailure(
                    "not-ready", "Not every stage became ready. " + String.join(" ", installation.notReady()));
        }
    }

    /** Hears what is being started; told from the starting thread. */
    @FunctionalInterface
    public interface StartListener {
        void starting(String what);
    }

    /**
     * Starts a world and returns when every stage is ready.
     *
     * @param data folder that holds everything it keeps; made when missing
     * @throws CommandFailure when a port is in use, the folder cannot be used, or a stage does not become ready in 60 s
     */
    public static SandboxWorld start(Path data, Ports ports, StartListener listener) {
        return start(data, ports, InstantSource.system(), listener);
    }

    /**
     * The same by another clock than the machine's, so that what has its time can be seen after it.
     *
     * @param clock of every stage and both partners, Kafka Streams' own timers apart
     */
    public static SandboxWorld start(Path data, Ports ports, InstantSource clock, StartListener listener) {
        return start(null, data, ports, new Manner(false, clock, SchedulePolicy.standard()), listener);
    }

    /** The same with another patience with shops that do not answer. */
    public static SandboxWorld start(Path data, Ports ports, SchedulePolicy telling, StartListener listener) {
        return start(null, data, ports, new Manner(false, InstantSource.system(), telling), listener);
    }

    /** The same with each stage in a process of its own; the broker and the partners stay in this one. */
    public static SandboxWorld startApart(Path data, Ports ports, StartListener listener) {
        return start(null, data.toAbsolutePath(), ports, Manner.usual(true), listener);
    }

    /**
     * The same on a broker that runs already and belongs to this world alone.
     *
     * @param brokers {@code host:port}, several separated by commas
     */
    public static SandboxWorld onBroker(String brokers, Path data, Ports ports, StartListener listener) {
        return start(brokers, data, ports, Manner.usual(false), listener);
    }

    private static SandboxWorld start(
            @Nullable String brokers, Path data, Ports ports, Manner manner, StartListener listener) {
        ports.requireFree();
        try {
            Files.createDirectories(data.resolve("keys"));
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The data folder " + data + " cannot be made.", e);
        }
        return new SandboxWorld(brokers, data, ports, manner, listener);
    }

    /**
     * The stages' processes.
     *
     * @throws IllegalStateException when the stages run in this process
     */
    public StageProcesses processes() {
        if (processes == null) {
            throw new IllegalStateException("the stages run in this process");
        }
        return processes;
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    /** The simulated shop and Cashier, known to the installation. */
    public Partners partners() {
        return partners;
    }

    public SimulatedShop shop() {
        return partners.shop();
    }

    public SimulatedCashier cashier() {
        return partners.cashier();
    }

    /** The public edge's address. */
    public URI ingress() {
        return URI.create("http://localhost:" + ports.ingress());
    }

    /** The merchant API's address, where it was asked for. */
    public Optional<URI> api() {
        return ports.api().isPresent()
                ? Optional.of(URI.create("http://localhost:" + ports.api().getAsInt()))
                : Optional.empty();
    }

    /** The account's static return address. */
    public URI returnAddress() {
        return partners.returnAddress();
    }

    /** Health and metrics. */
    public URI management() {
        return URI.create("http://127.0.0.1:" + ports.management());
    }

    /** Health and metrics of the auditor, wherever it runs. */
    public URI auditor() {
        return processes == null ? management() : processes.management(StageRole.AUDITOR);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the sandbox could not be stopped", e);
            }
        }
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private EdgeSettings edge(Path spool) {
        SettingsReader settings = new SettingsReader(SettingsSource.of(Map.of(
                "ingress.port",
                Integer.toString(ports.ingress()),
                "ingress.public-url",
                ingress().toString(),
                "webhook.spool.dir",
                spool.toString(),
                "mozello.api",
                partners.shop().api().toString(),
                // Every simulated buyer comes from this machine.
                "ingress.max-voucher-tries",
                "100000",
                SandboxSwitch.KEY,
                "true")));
        EdgeSettings edge = EdgeSettings.read(settings);
        settings.throwIfAny();
        return edge;
    }

    private Optional<MerchantApiSettings> apiSettings() {
        return api().map(address -> MerchantApiSettings.read(new SettingsReader(
                SettingsSource.of(Map.of("merchant-api.port", Integer.toString(address.getPort()))))));
    }

    private static SealingKeys keys(Path folder) {
        try (var files = Files.list(folder)) {
            if (files.anyMatch(file -> file.toString().endsWith(".json"))) {
                SealingKeys.addNew(folder); // of a folder that an earlier release made
                return SealingKeys.load(folder);
            }
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The keys folder " + folder + " cannot be read.", e);
        }
        SealingKeys keys = SealingKeys.generate();
        keys.save(folder);
        return keys;
    }
}
