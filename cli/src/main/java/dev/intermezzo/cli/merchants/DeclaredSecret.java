package dev.intermezzo.cli.merchants;

import dev.intermezzo.runtime.settings.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret as a merchants file gives it, not sealed yet.
 *
 * @param id names it among several of one purpose that are valid at once
 * @param purpose {@code mozello-key}, {@code company-token}, {@code user-token-secret} or {@code webhook-authorization}
 * @param notAfter last moment of its use; null: no end
 */
public record DeclaredSecret(
        String id, String purpose, Secret value, @Nullable Instant notAfter) {}
