package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.web.LoopbackServer;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Takes webhooks and remembers them. */
final class WebhookReceiver implements AutoCloseable {

    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> firstAnswers = new ConcurrentLinkedQueue<>();
    private final LoopbackServer server =
            LoopbackServer.start(0, routes -> routes.config().post("/hook", this::take));

    URI address() {
        return URI.create(server.base() + "/hook");
    }

    void answerFirst(int status) {
        firstAnswers.add(status);
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() {
        server.close();
    }

    private void take(Context context) {
        bodies.add(context.body());
        authorizations.add(String.valueOf(context.header("Authorization")));
        @Nullable Integer status = firstAnswers.poll();
        context.status(status == null ? 200 : status);
    }
}
