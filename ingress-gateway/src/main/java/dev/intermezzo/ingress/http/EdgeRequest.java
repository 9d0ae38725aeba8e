package dev.intermezzo.ingress.http;

import dev.intermezzo.runtime.network.Network;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request, reduced to what handlers may look at. Bodies are read with a bound and never parsed by the framework. */
public final class EdgeRequest {

    /** Who takes longer for a few kilobytes holds a place for nothing. */
    private static final Duration LONGEST_UPLOAD = Duration.ofSeconds(10);

    /** Bytes beyond a bound that are read and thrown away. */
    private static final int MOST_DISCARDED = 256 * 1024;

    private final Context context;
    private final Proxies proxies;

    /** One whose client's address nobody asks for. */
    public EdgeRequest(Context context) {
        this(context, Proxies.NONE);
    }

    /** @param proxies who may say where a client comes from */
    public EdgeRequest(Context context, Proxies proxies) {
        this.context = context;
        this.proxies = proxies;
    }

    /** The IP address the client came from, as far as it can be believed. */
    public Optional<String> clientAddress() {
        String peer = context.ip();
        return ClientAddress.of(proxies.include(peer), proxies.header().flatMap(this::lines), peer);
    }

    /** The same, for comparing with networks; empty too when what a proxy says is no address. */
    public Optional<InetAddress> clientIp() {
        return clientAddress().flatMap(Network::address);
    }

    /** All lines of a header, in their order: a proxy may add its own below the client's (RFC 9110 section 5.3). */
    private Optional<String> lines(String name) {
        List<String> lines = Collections.list(context.req().getHeaders(name));
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines));
    }

    /** A part of the path, by the route's name for it. */
    public String path(String name) {
        return context.pathParam(name);
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /** The header as it came: the server's own reading of it fails on a charset that nobody knows. */
    public @Nullable String contentType() {
        return context.req().getHeader("Content-Type");
    }

    public Map<String, String> cookies() {
        return context.cookieMap();
    }

    /**
     * The raw body, or empty when it is larger than the bound, whether or not the sender announces a length. What is too
     * large is not kept, but read on for a while: a connection that is closed on unread bytes is reset, and the sender
     * would never see why (RFC 9112 section 9.6).
     *
     * @throws UnreadableBodyException when the sender goes away, is too slow, or its framing is broken
     */
    public Optional<byte[]> body(int limit) {
        if (context.req().getContentLengthLong() > limit + MOST_DISCARDED) {
            return Optional.empty();
        }
        try (InputStream in = context.req().getInputStream()) {
            return read(in, limit);
        } catch (IOException e) {
            throw new UnreadableBodyException(e);
        }
    }

    private static Optional<byte[]> read(InputStream in, int limit) throws IOException {
        Deadline deadline = Deadline.in(LONGEST_UPLOAD);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        long received = 0;
        for (int count = in.read(buffer); count >= 0 && received <= limit + MOST_DISCARDED; count = in.read(buffer)) {
            if (deadline.left().isZero()) {
                throw new IOException("the body took longer than " + LONGEST_UPLOAD);
            }
            received += count;
            if (received <= limit) {
                body.write(buffer, 0, count);
            }
        }
        return received > limit ? Optional.empty() : Optional.of(body.toByteArray());
    }

    /** Whether a refusal is read by a person: browsers name HTML, programs JSON or nothing in particular. */
    public boolean wantsPage() {
        String accept = header("Accept").orElse("");
        return accept.contains("text/html") || !(accept.contains("json") || isWebhook());
    }

    private boolean isWebhook() {
        String path = context.path();
        return path.startsWith("/mozarto/") || path.equals("/mozello/install") || path.equals("/mozello/settings");
    }

    /** The first of the browser's languages that {@code known} has, else empty. */
    public Optional<String> language(Function<String, Optional<String>> known) {
        return AcceptLanguage.first(header("Accept-Language").orElse(""), known);
    }
}
