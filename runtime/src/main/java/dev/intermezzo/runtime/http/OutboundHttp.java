package dev.intermezzo.runtime.http;

import dev.intermezzo.runtime.http.HttpResult.AnswerLost;
import dev.intermezzo.runtime.http.HttpResult.NotSent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client for every address that came from outside. It does what it is told, once: no retries (Apache's client
 * sends a POST again after a 503 unless told otherwise), no redirects, no cookies, no credentials, no proxy, no
 * decompression.
 *
 * <p>Blocks its caller, which is expected to be a virtual thread, for at most the call's deadline. Safe for use by several
 * threads. {@link HttpResult} says exactly whether the request can have been executed.
 */
public final class OutboundHttp implements AutoCloseable {
    /** A pooled connection that was idle longer is probed before use, so that a request is not lost on a closed one. */
    private static final Duration PROBE_AFTER = Duration.ofMillis(200);
    /** Names are resolved and vetted anew at least this often. */
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(2);

    private static final Duration CONNECTION_IDLE = Duration.ofSeconds(20);

    private final AddressPolicy policy;
    private final CloseableHttpClient pooled;
    private final CloseableHttpClient fresh;

    public OutboundHttp(AddressPolicy policy) {
        this(policy, HttpSettings.defaults());
    }

    public OutboundHttp(AddressPolicy policy, HttpSettings settings) {
        this(policy, settings, InetAddress::getAllByName);
    }

    OutboundHttp(AddressPolicy policy, HttpSettings settings, VettedResolver.Lookup lookup) {
        this.policy = policy;
        VettedResolver resolver = new VettedResolver(policy, settings.lookup(), lookup);
        this.pooled = client(settings, resolver, DefaultConnectionReuseStrategy.INSTANCE);
        this.fresh = client(settings, resolver, (request, response, context) -> false);
    }

    /** Sends once and waits for the end, whatever it is; never throws for what happens outside. */
    public HttpResult send(HttpCall call) {
        if (policy.refusal(call.uri()).isPresent()) {
            return new NotSent("address-refused");
        }
        HttpUriRequestBase request = request(call);
        Exchange exchange = new Exchange(
                call.freshConnection() ? fresh : pooled, request, call.maxAnswerBytes(), call.beginWithin());
        CompletableFuture<HttpResult> result = new CompletableFuture<>();
        Thread.ofVirtual().name("http-", 0).start(() -> {
            try {
                result.complete(exchange.run());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return await(call, request, exchange, result);
    }

    @Override
    public void close() {
        try {
            pooled.close();
            fresh.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The deadline covers everything, also an answer that drips byte by byte and never lets a read time out. */
    private static HttpResult await(
            HttpCall call, HttpUriRequestBase request, Exchange exchange, CompletableFuture<HttpResult> result) {
        String code;
        try {
            return result.get(call.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            code = "deadline";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = "interrupted";
        } catch (ExecutionException e) {
            throw new IllegalStateException("the HTTP client failed", e.getCause());
        }
        boolean neverSent = exchange.abandon();
        request.cancel();
        return neverSent ? new NotSent(code) : new AnswerLost(code);
    }

    private static HttpUriRequestBase request(HttpCall call) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
        call.headers().forEach(request::setHeader);
        if (!call.method().equals("GET")) {
            request.setEntity(new ByteArrayEntity(call.body(), null));
        }
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(call.deadline()))
                .setResponseTimeout(Timeout.of(call.deadline()))
                .setAuthenticationEnabled(false)
                // By default a plain request offers to switch to TLS; whoever accepts is not the one we vetted.
                .setProtocolUpgradeEnabled(false)
                .build());
        return request;
    }

    private static CloseableHttpClient client(
            HttpSettings settings, VettedResolver resolver, ConnectionReuseStrategy reuse) {
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setMaxConnTotal(settings.maxConnections())
                        .setMaxConnPerRoute(settings.maxPerHost())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connect()))
                                .setValidateAfterInactivity(TimeValue.of(PROBE_AFTER))
                                .setTimeToLive(TimeValue.of(CONNECTION_LIFE))
                                .setIdleTimeout(Timeout.of(CONNECTION_IDLE))
                                .build())
                        .build())
                .setRequestExecutor(new FirstByteExecutor())
                .setConnectionReuseStrategy(reuse)
                .setUserAgent("Intermezzo")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
