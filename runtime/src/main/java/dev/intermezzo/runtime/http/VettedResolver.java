package dev.intermezzo.runtime.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a name once and lets the connection go only to what it has vetted: between judging and connecting there is no
 * second lookup that could answer otherwise. A name with one address that is refused is refused altogether.
 */
final class VettedResolver implements DnsResolver {
    /** Looks a name up; the system's resolver outside tests. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** The name resolves to an address that calls may not go to. */
    static final class AddressRefusedException extends UnknownHostException {
        AddressRefusedException(String host) {
            super(host + " resolves to an address that is not public");
        }
    }

    private final AddressPolicy policy;
    private final Duration timeout;
    private final Lookup lookup;

    VettedResolver(AddressPolicy policy, Duration timeout, Lookup lookup) {
        this.policy = policy;
        this.timeout = timeout;
        this.lookup = lookup;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookUp(host);
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        if (!Arrays.stream(addresses).allMatch(address -> policy.allows(host, address))) {
            throw new AddressRefusedException(host);
        }
        return addresses;
    }

    /** Never an unresolved address, which the socket would look up by itself. */
    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Arrays.stream(resolve(host))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** The system's resolver cannot be interrupted, so a thread that may be left behind waits for it. */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        Thread.ofVirtual().name("dns").start(() -> {
            try {
                found.complete(lookup.resolve(host));
            } catch (UnknownHostException | RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unknown(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        }
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
