package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.check.Visit;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a buyer's browser stands. */
sealed interface Place {

    /** On the provider's page. */
    record AtProvider(URI page) implements Place {}

    /**
     * On the bridge's page of this payment, {@code …/pay/<token>}.
     *
     * @param onward the provider's page to which it leads by itself; null when it does not
     */
    record AtBridge(URI page, @Nullable URI onward) implements Place {}

    /** Back at the shop, or told to wait for a person's decision. */
    record AtEnd(Visit.Ending ending) implements Place {}
}
