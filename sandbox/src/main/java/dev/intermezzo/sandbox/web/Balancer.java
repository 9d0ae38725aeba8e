package dev.intermezzo.sandbox.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One address for several instances of a server on this machine, as an installation's load balancer is: connections go to
 * them in turn, and where one refuses, to the next. It knows nothing of HTTP: a connection that breaks breaks for its client
 * too, who has to come back, as browsers and the Cashier do.
 */
public final class Balancer implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int BACKLOG = 512;
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final Supplier<List<Integer>> ports;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Balancer(ServerSocket server, Supplier<List<Integer>> ports) {
        this.server = server;
        this.ports = ports;
    }

    /**
     * Starts one on the loopback address.
     *
     * @param port 0 for a free one
     * @param ports where the instances listen on the loopback address; asked for each connection
     */
    public static Balancer start(int port, Supplier<List<Integer>> ports) {
        try {
            Balancer balancer = new Balancer(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), ports);
            Thread.ofVirtual().name("balancer").start(balancer::accept);
            return balancer;
        } catch (IOException e) {
            throw new UncheckedIOException("the balancer cannot listen on port " + port, e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        shut(server);
        open.forEach(Balancer::shut);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        Socket instance = connect();
        if (instance == null) {
            end(client);
            return;
        }
        open.add(instance);
        Thread.ofVirtual().start(() -> carry(instance, client));
        carry(client, instance);
    }

    /** The next that takes a connection; null when none does. */
    private @Nullable Socket connect() {
        List<Integer> known = ports.get();
        int first = Math.floorMod(turn.getAndIncrement(), Math.max(1, known.size()));
        for (int step = 0; step < known.size(); step++) {
            Socket instance = new Socket();
            try {
                int port = known.get((first + step) % known.size());
                instance.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                instance.setTcpNoDelay(true);
                return instance;
            } catch (IOException refused) {
                shut(instance);
            }
        }
        return null;
    }

    /** Until one side ends; then both do. */
    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // The other side is told by closing it.
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        shut(socket);
    }

    private static void shut(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
