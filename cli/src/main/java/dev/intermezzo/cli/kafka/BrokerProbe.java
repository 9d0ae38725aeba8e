package dev.intermezzo.cli.kafka;

import dev.intermezzo.cli.output.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/**
 * Whether anything listens where Kafka should be. Kafka's own clients take a refused connection for a broker that is about
 * to start, and log each try.
 */
public final class BrokerProbe {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private BrokerProbe() {}

    /**
     * @param servers {@code host:port}, several separated by commas
     * @throws CommandFailure {@code kafka-unreachable} when one is not of that form
     */
    public static boolean anyAnswers(String servers) {
        return Arrays.stream(servers.split(",", -1)).map(String::strip).anyMatch(BrokerProbe::connects);
    }

    private static boolean connects(String server) {
        int colon = server.lastIndexOf(':');
        if (colon < 1 || !server.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new CommandFailure(
                    "kafka-unreachable",
                    "\"" + server + "\" is not HOST:PORT; check --bootstrap-servers or kafka.bootstrap-servers.");
        }
        int port = Integer.parseInt(server.substring(colon + 1));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.substring(0, colon), port), (int) CONNECT.toMillis());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
