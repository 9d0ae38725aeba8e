package dev.intermezzo.sandbox.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka node (KRaft, broker and controller in one) in this JVM, reachable on the loopback address only.
 *
 * <p>It is formatted and started exactly as an installed one is, so what holds here holds there; only replication is
 * one, unless it is one node of several ({@link #inCluster}). Data is either temporary, deleted on {@link #close()}, or kept in a directory and found again by the next start.
 * A directory serves one broker at a time: Kafka locks it.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String SETTINGS_FILE = "server.properties";

    private final KafkaRaftServer server;
    private final int port;
    private final Path data;
    private final boolean temporary;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, int port, Path data, boolean temporary) {
        this.server = server;
        this.port = port;
        this.data = data;
        this.temporary = temporary;
    }

    /**
     * Starts a broker with temporary data on a free port and returns once it serves.
     *
     * @throws BrokerStartException if it cannot start
     */
    public static EmbeddedBroker temporary() {
        return temporary(0);
    }

    /**
     * Starts a broker with temporary data.
     *
     * @param port the port to listen on; 0 for a free one
     * @throws BrokerStartException if it cannot start, for instance because the port is taken
     */
    public static EmbeddedBroker temporary(int port) {
        try {
            return start(Files.createTempDirectory("intermezzo-broker-"), port, true);
        } catch (IOException e) {
            throw new BrokerStartException("The broker's temporary folder could not be made.", e);
        }
    }

    /**
     * Starts a broker that keeps its data, formatting the directory when it is new.
     *
     * @param directory where topics and metadata live; created when absent
     * @param port the port to listen on; 0 for the one it had the last time, as long as that is free, else for a free one
     * @throws BrokerStartException if it cannot start, for instance because the port is taken
     */
    public static EmbeddedBroker keptIn(Path directory, int port) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new BrokerStartException("The broker's folder " + directory + " could not be made.", e);
        }
        return start(directory, port, false);
    }

    /**
     * Starts one node of a cluster that keeps its data, and returns once the cluster serves: most of its nodes have to be
     * started at the same time. Each belongs into a process of its own, which may be killed: then the others end its former
     * session before they let it in again, so it needs no help of {@link FormerSession}.
     *
     * @param directory where this node's topics and metadata live; created when absent
     * @throws BrokerStartException if it cannot start
     */
    public static EmbeddedBroker inCluster(Path directory, ClusterNode node) {
        Path data = directory.resolve("data");
        try {
            Files.createDirectories(directory);
            requireFree(node.port());
            Properties settings = BrokerSettings.of(data, node);
            format(directory, settings, List.of("-t", node.clusterId()));
            return started(settings, node.port(), directory, false);
        } catch (IOException | RuntimeException e) {
            throw notStarted(node.port(), e);
        }
    }

    /** Where clients connect, {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port it listens on, also when a free one was asked for. */
    public int port() {
        return port;
    }

    /** Stops the node and waits for it; temporary data is deleted. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        if (temporary) {
            delete(data);
        }
        LOG.atInfo().addKeyValue("port", port).log("broker stopped");
    }

    private static EmbeddedBroker start(Path directory, int wantedPort, boolean temporary) {
        int port = wantedPort == 0 ? formerPort(directory).orElseGet(EmbeddedBroker::freePort) : wantedPort;
        Path data = directory.resolve("data");
        Properties settings = BrokerSettings.of(data, port, freePortBeside(port));
        try {
            requireFree(port);
            if (FormerSession.isOpen(data)) {
                FormerSession.end(settings);
            }
            // With eligible leader replicas, on by default, the controller takes the only replica of every partition
            // out
            // of service when the node comes back from a kill; one node has no other replica to wait for.
            format(
                    directory,
                    settings,
                    List.of("-t", Uuid.randomUuid().toString(), "--feature", "eligible.leader.replicas.version=0"));
            return started(settings, port, directory, temporary);
        } catch (IOException | RuntimeException e) {
            if (temporary) {
                delete(directory);
            }
            throw notStarted(port, e);
        }
    }

    private static BrokerStartException notStarted(int port, Exception e) {
        return e instanceof BrokerStartException told
                ? told
                : new BrokerStartException("The broker did not start on port " + port + ".", e);
    }

    private static EmbeddedBroker started(Properties settings, int port, Path directory, boolean temporary) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        LOG.atInfo()
                .addKeyValue("port", port)
                .addKeyValue("temporary", temporary)
                .log("broker started");
        return new EmbeddedBroker(server, port, directory, temporary);
    }

    /** The port of the last start, when nothing else listens on it now. */
    private static OptionalInt formerPort(Path directory) {
        Properties former = new Properties();
        try (InputStream in = Files.newInputStream(directory.resolve(SETTINGS_FILE))) {
            former.load(in);
            int port =
                    URI.create(former.getProperty("advertised.listeners", "")).getPort();
            requireFree(port);
            return OptionalInt.of(port);
        } catch (IOException | IllegalArgumentException | BrokerStartException firstStartOrTaken) {
            return OptionalInt.empty();
        }
    }

    /** Formats as {@code kafka-storage format} does; a directory that is already formatted is left as it is. */
    private static void format(Path directory, Properties settings, List<String> options) throws IOException {
        Path file = directory.resolve(SETTINGS_FILE);
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        if (Files.exists(directory.resolve("data").resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("format", "-c", file.toString()));
        arguments.addAll(options);
        int exit;
        try (PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            exit = StorageTool.execute(arguments.toArray(String[]::new), stream);
        }
        if (exit != 0) {
            throw new IOException("Formatting failed: " + said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Kafka ends the whole process in some start-up failures; a busy port, the likely one, is told before. */
    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw new BrokerStartException("Port " + port + " is taken; stop what listens there or choose another.", e);
        }
    }

    /** The node does not listen yet, so its own port still counts as free. */
    private static int freePortBeside(int port) {
        int other = freePort();
        while (other == port) {
            other = freePort();
        }
        return other;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException("No free port was found.", e);
        }
    }

    private static void delete(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path directory, @org.jspecify.annotations.Nullable IOException e) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's temporary data in " + root + " could not be deleted.", e);
        }
    }
}
