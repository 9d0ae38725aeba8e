package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.check.Visit;
import java.net.URI;

/** Where a buyer's browser stands. */
sealed interface Place {

    /** On the provider's page. */
    record AtProvider(URI page) implements Place {}

    /** On the bridge's page of this payment, {@code …/pay/<token>}. */
    record AtBridge(URI page) implements Place {}

    /** Back at the shop, or told to wait for a person's decision. */
    record AtEnd(Visit.Ending ending) implements Place {}
}
