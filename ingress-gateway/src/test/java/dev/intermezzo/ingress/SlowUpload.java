package dev.intermezzo.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A browser whose form does not arrive as a whole. */
final class SlowUpload implements AutoCloseable {

    private final Socket socket;

    SlowUpload(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream()
                    .write(("POST /mozello/" + TestMerchants.SHOP + "/checkout HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                    + EdgeClient.FORM + "\r\nContent-Length: 100\r\n\r\norder")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
