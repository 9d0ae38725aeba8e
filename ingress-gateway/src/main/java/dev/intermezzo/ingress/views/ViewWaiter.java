package dev.intermezzo.ingress.views;

import dev.intermezzo.schemas.avro.PaymentView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One wait for a payment's view. Closing it ends the wait's place in the list of waiters. */
public final class ViewWaiter implements AutoCloseable {

    private final CompletableFuture<Optional<PaymentView>> found = new CompletableFuture<>();
    private final Predicate<PaymentView> until;
    private final Consumer<ViewWaiter> onClose;

    ViewWaiter(Predicate<PaymentView> until, Consumer<ViewWaiter> onClose) {
        this.until = until;
        this.onClose = onClose;
    }

    void accept(PaymentView view) {
        if (!found.isDone() && until.test(view)) {
            found.complete(Optional.of(view));
        }
    }

    /** Ends the wait without a view. */
    public void end() {
        found.complete(Optional.empty());
    }

    /** The view that ended the wait; empty when the time is over first, or the wait was ended without one. */
    public Optional<PaymentView> await(Duration atMost) {
        try {
            return found.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a waiter is never completed with a failure", e);
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
