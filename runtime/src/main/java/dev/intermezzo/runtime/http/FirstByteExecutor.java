package dev.intermezzo.runtime.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Marks the moment before the first byte of a request is written: until then an exchange that has been abandoned ends
 * without a trace outside, from then on the request may have been executed.
 */
final class FirstByteExecutor extends HttpRequestExecutor {
    static final String EXCHANGE = "intermezzo.exchange";

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback callback,
            HttpContext context)
            throws IOException, HttpException {
        if (!(context.getAttribute(EXCHANGE) instanceof Exchange exchange) || !exchange.beginSending()) {
            throw new InterruptedIOException("abandoned before it was sent");
        }
        return super.execute(request, connection, callback, context);
    }
}
