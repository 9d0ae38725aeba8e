package dev.intermezzo.runtime.merchants;

import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What is known of a connection besides its declaration: that Mozello has told of an installation with its secret, and that
 * an operator has disconnected it. Each is a record of its own with a single writer (the edge, the operator's command), so
 * that neither can undo the other, or an edit of the declaration, by writing back what it has read a moment before.
 *
 * <p>A mark's id has a {@code ~}, which no declared id can have, and belongs to no merchant: whatever looks for shops passes
 * it over.
 */
public final class ConnectionMarks {
    private static final String INSTALLED = "installed~";
    private static final String DISCONNECTED = "disconnected~";

    private ConnectionMarks() {}

    /** Id of the mark that a connection is installed. */
    public static String installed(String connection) {
        return INSTALLED + connection;
    }

    /** Id of the mark that an operator has disconnected it, which an installation does not lift. */
    public static String disconnected(String connection) {
        return DISCONNECTED + connection;
    }

    /**
     * A mark.
     *
     * @param id from {@link #installed} or {@link #disconnected}
     * @param from the connection's own environment
     * @param reason what made it: {@code operator}, or a webhook by its event and the SHA-256 of its body, such as
     *     {@code settings-webhook~…}; kept as the revision
     */
    public static MerchantRecord mark(String id, Environment from, Instant now, String reason) {
        Integration empty = Integration.newBuilder()
                .setMerchant("")
                .setKind(IntegrationKind.MARK.name())
                .setSecrets(List.of())
                .setInvoicePattern("")
                .setFormLayout("")
                .setCurrencies(List.of())
                .setNotifyHosts(List.of())
                .setShopHosts(List.of())
                .setPhoneField(null)
                .build();
        return new MerchantRecord(id, from, now.truncatedTo(ChronoUnit.MICROS), reason, empty);
    }
}
