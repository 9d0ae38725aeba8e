package dev.intermezzo.cli.check;

import dev.intermezzo.runtime.settings.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * A secret of a record.
 *
 * @param owner the record's key
 * @param notAfter last moment of its use; empty: no end
 * @param value empty when the keys that are here cannot open it
 */
record OpenedSecret(String owner, String purpose, String id, Optional<Instant> notAfter, Optional<Secret> value) {

    boolean isValidAt(Instant now) {
        return notAfter.isEmpty() || !now.isAfter(notAfter.get());
    }
}
