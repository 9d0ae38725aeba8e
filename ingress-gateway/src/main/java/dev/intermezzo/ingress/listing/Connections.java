package dev.intermezzo.ingress.listing;

import dev.intermezzo.ingress.payments.NamedSecret;
import dev.intermezzo.partners.mozello.manifest.ManifestDraft;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the merchant's connection that the fields of a shop name. The global key is the same for every shop behind the
 * listing, so the connection secret is what keeps one merchant from being paid, or installed, in the name of another.
 */
public final class Connections {

    /** Purpose of the secret that we issued to a merchant. */
    static final String SECRET = "connection-secret";

    /** Longer than any secret; bounds what is compared. */
    private static final int LONGEST = 4_096;

    private final MerchantDirectory directory;
    private final SecretSealer secrets;
    private final InstantSource clock;
    private final byte[] nobodysSecret = new byte[32];

    public Connections(MerchantDirectory directory, SecretSealer secrets, InstantSource clock) {
        this.directory = directory;
        this.secrets = secrets;
        this.clock = clock;
        new SecureRandom().nextBytes(nobodysSecret);
    }

    /** How a connection stands. */
    public enum State {
        /** Declared; Mozello has not told of an installation with its secret yet. */
        AWAITED,
        CONNECTED,
        /** By an operator, who alone lifts it. */
        DISCONNECTED
    }

    /**
     * The connection that the fields name with a secret of its own. One that does not exist costs a comparison too, and is
     * answered like a wrong secret.
     *
     * @param fields as Mozello tells them, never as a browser does
     * @param listing environment of the listing they came through: one for tests leads to no production merchant
     */
    public Optional<Versioned<Integration>> named(Map<String, String> fields, Environment listing) {
        String id = fields.getOrDefault(ManifestDraft.CONNECTION_ID, "").strip();
        byte[] presented =
                fields.getOrDefault(ManifestDraft.CONNECTION_SECRET, "").strip().getBytes(StandardCharsets.UTF_8);
        Optional<Versioned<Integration>> connection = Optional.of(id)
                .filter(name -> Ids.NAME.matcher(name).matches())
                .flatMap(directory::integration)
                .filter(found -> IntegrationKind.CONNECTION.of(found.body()));
        boolean right = presented.length <= LONGEST && matches(presented, connection);
        return connection
                .filter(found -> right)
                .filter(found -> listing == Environment.PRODUCTION || found.environment() == Environment.SANDBOX);
    }

    /** How a connection stands now. */
    public State stateOf(String connection) {
        if (directory.disconnected(connection)) {
            return State.DISCONNECTED;
        }
        return directory.connected(connection) ? State.CONNECTED : State.AWAITED;
    }

    private boolean matches(byte[] presented, Optional<Versioned<Integration>> connection) {
        List<byte[]> valid = connection.map(this::opened).orElse(List.of());
        boolean any = false;
        for (byte[] secret : valid) {
            // Not short-circuited: which of several it was must not show in the time it takes.
            any |= MessageDigest.isEqual(secret, presented);
        }
        if (valid.isEmpty()) {
            // Its outcome does not count, whatever it is.
            boolean unused = MessageDigest.isEqual(nobodysSecret, presented);
        }
        return any;
    }

    private List<byte[]> opened(Versioned<Integration> connection) {
        String owner = MerchantKeys.integration(connection.id());
        return connection.body().getSecrets().stream()
                .filter(secret -> NamedSecret.valid(secret, SECRET, clock.instant()))
                .map((SealedSecret secret) -> secrets.open(owner, secret))
                .toList();
    }
}
