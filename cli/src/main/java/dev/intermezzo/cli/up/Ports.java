package dev.intermezzo.cli.up;

import dev.intermezzo.cli.output.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a sandbox world listens, on loopback.
 *
 * @param ingress the public edge
 * @param shop the simulated shop
 * @param cashier the simulated Cashier
 * @param management health and metrics
 * @param broker Kafka
 * @param api the merchant API; empty: not started
 */
public record Ports(int ingress, int shop, int cashier, int management, int broker, OptionalInt api) {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int MOST_TRIES = 10_000;

    /** Ports that nothing listens on now; each different; without the merchant API. */
    public static Ports free() {
        List<Integer> ports = freeOnes(5);
        return new Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), OptionalInt.empty());
    }

    /** The same, and one for the merchant API. */
    public static Ports freeWithApi() {
        List<Integer> ports = freeOnes(6);
        return new Ports(
                ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), OptionalInt.of(ports.get(5)));
    }

    /**
     * So many different ports that nothing listens on now. A process that ends and comes back finds its own free: outgoing
     * connections are given ports above these, by Linux and others.
     */
    public static List<Integer> freeOnes(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int tries = 0; held.size() < count; tries++) {
                if (tries == MOST_TRIES) {
                    throw new CommandFailure("no-free-port", "This machine has no free port on loopback.");
                }
                hold(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST)).ifPresent(held::add);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(Ports::release);
        }
    }

    private static Optional<ServerSocket> hold(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException inUse) {
            return Optional.empty();
        }
    }

    /** @throws CommandFailure naming every port that something else listens on */
    void requireFree() {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        wanted.put("--ingress-port", ingress);
        wanted.put("--shop-port", shop);
        wanted.put("--cashier-port", cashier);
        wanted.put("--management-port", management);
        wanted.put("--broker-port", broker);
        api.ifPresent(port -> wanted.put("--api-port", port));
        List<String> busy = new ArrayList<>();
        wanted.forEach((option, port) -> {
            if (isBusy(port)) {
                busy.add(port + " (" + option + ")");
            }
        });
        if (!busy.isEmpty()) {
            throw new CommandFailure(
                    "port-in-use",
                    "Something else listens on " + String.join(", ", busy)
                            + ". Stop it, or choose other ports with the options in brackets.");
        }
    }

    private static boolean isBusy(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort() != port;
        } catch (IOException inUse) {
            return true;
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new CommandFailure("no-free-port", "A port that was probed could not be released.", e);
        }
    }
}
