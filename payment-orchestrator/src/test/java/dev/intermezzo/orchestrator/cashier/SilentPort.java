package dev.intermezzo.orchestrator.cashier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of connections is full, so that whoever connects waits: claimed, and not a byte written. */
final class SilentPort implements AutoCloseable {
    private static final int MOST = 20;
    private static final int WAIT_MS = 200;

    private final ServerSocket server;
    private final List<Socket> waiting = new ArrayList<>();

    SilentPort() {
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() {
        try {
            for (Socket socket : waiting) {
                socket.close();
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        while (waiting.size() < MOST) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), WAIT_MS);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("the queue of connections never filled");
    }
}
