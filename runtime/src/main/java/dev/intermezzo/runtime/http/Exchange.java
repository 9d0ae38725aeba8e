package dev.intermezzo.runtime.http;

import dev.intermezzo.runtime.http.HttpResult.AnswerLost;
import dev.intermezzo.runtime.http.HttpResult.Answered;
import dev.intermezzo.runtime.http.HttpResult.NotSent;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;

/** One request on its way: connecting, then either sending or abandoned, never both. */
final class Exchange {
    private enum Phase {
        CONNECTING,
        SENDING,
        ABANDONED,
        TOO_LATE
    }

    private final CloseableHttpClient client;
    private final HttpUriRequestBase request;
    private final int maxAnswerBytes;
    private final long beginUntilNanos;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);

    Exchange(CloseableHttpClient client, HttpUriRequestBase request, int maxAnswerBytes, Duration beginWithin) {
        this.client = client;
        this.request = request;
        this.maxAnswerBytes = maxAnswerBytes;
        this.beginUntilNanos = System.nanoTime() + beginWithin.toNanos();
    }

    /** False when the caller has given up, or it is too late to begin: nothing may be sent then. */
    boolean beginSending() {
        if (System.nanoTime() - beginUntilNanos > 0) {
            phase.compareAndSet(Phase.CONNECTING, Phase.TOO_LATE);
            return false;
        }
        return phase.compareAndSet(Phase.CONNECTING, Phase.SENDING);
    }

    /** The caller gives up; true when no byte was sent and none will be. */
    boolean abandon() {
        return phase.compareAndSet(Phase.CONNECTING, Phase.ABANDONED) || phase.get() == Phase.TOO_LATE;
    }

    HttpResult run() {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(FirstByteExecutor.EXCHANGE, this);
        try {
            return client.execute(request, context, this::read);
        } catch (IOException e) {
            return switch (Objects.requireNonNull(phase.get())) {
                case SENDING -> new AnswerLost(lost(e));
                case TOO_LATE -> new NotSent("too-late");
                case CONNECTING, ABANDONED -> new NotSent(notSent(e));
            };
        } catch (IllegalStateException e) {
            // The client or its pool was closed meanwhile.
            return phase.get() == Phase.SENDING ? new AnswerLost("connection-lost") : new NotSent("closed");
        }
    }

    private HttpResult read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    header.getValue() == null ? "" : header.getValue(),
                    (one, other) -> one + ", " + other);
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Answered(response.getCode(), Map.copyOf(headers), new byte[0], false);
        }
        InputStream stream = entity.getContent();
        byte[] body = stream.readNBytes(maxAnswerBytes + 1);
        boolean truncated = body.length > maxAnswerBytes;
        if (truncated) {
            // Closing the stream in order would read the rest, however long it is.
            request.cancel();
            body = Arrays.copyOf(body, maxAnswerBytes);
        }
        return new Answered(response.getCode(), Map.copyOf(headers), body, truncated);
    }

    private static String notSent(IOException e) {
        return switch (e) {
            case VettedResolver.AddressRefusedException refused -> "address-refused";
            case UnknownHostException unknown -> "dns-failed";
            case ConnectTimeoutException late -> "connect-timeout";
            case ConnectionRequestTimeoutException busy -> "no-free-connection";
            case SSLException tls -> "tls-failed";
            case SocketTimeoutException late -> "connect-timeout";
            default -> "connect-failed";
        };
    }

    private static String lost(IOException e) {
        return switch (e) {
            case SocketTimeoutException late -> "deadline";
            case InterruptedIOException interrupted -> "interrupted";
            case ConnectionClosedException closed -> "connection-lost";
            case NoHttpResponseException closed -> "connection-lost";
            case SocketException closed -> "connection-lost";
            case SSLException closed -> "connection-lost";
            default -> "answer-unreadable";
        };
    }
}
