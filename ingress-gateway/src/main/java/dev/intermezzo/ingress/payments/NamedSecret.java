package dev.intermezzo.ingress.payments;

import dev.intermezzo.schemas.avro.SealedSecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rules for merchants' secrets that several may be valid of at once. */
public final class NamedSecret {

    private NamedSecret() {}

    /** Whether a secret serves this purpose now: rotation leaves the former one valid for a while. */
    public static boolean valid(SealedSecret secret, String purpose, Instant now) {
        @Nullable Instant notAfter = secret.getNotAfter();
        return secret.getPurpose().equals(purpose) && (notAfter == null || !now.isAfter(notAfter));
    }
}
