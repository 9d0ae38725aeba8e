package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.Secret;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gives an integration a new key, or a connection a new secret, and lets the former ones serve for a while longer: orders
 * that are under way were signed with them, and Mozello or a shop's owner takes the new one over at a moment of their own.
 */
final class SecretRotation {
    /** The one in use, its successor, and a mishap; each one is a key to the shop. */
    private static final int MOST_VALID = 4;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final KafkaConnection kafka;
    private final SecretSealer sealer;
    private final InstantSource clock;

    SecretRotation(KafkaConnection kafka, SecretSealer sealer, InstantSource clock) {
        this.kafka = kafka;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param id of the new secret
     * @param key of the merchants file under which it belongs
     * @param formerEnd last moment of the former ones
     */
    record Rotated(String id, String key, Instant formerEnd) {}

    /**
     * Rotates.
     *
     * @param storeApi the shop's Store API key instead of its payment key; the first one may be given so too
     * @param overlap how long the former ones serve on; one that ends sooner keeps its end
     * @throws CommandFailure {@code integration-unknown}, {@code secret-twice}, {@code keys-other}, {@code too-many-keys},
     *     {@code store-api-not-here}
     */
    Rotated rotate(String integrationId, boolean storeApi, Secret fresh, Duration overlap) {
        StoredRecords stored = StoredRecords.read(kafka.settings(), kafka.schemas());
        MerchantRecord record = stored.declared().stream()
                .filter(each -> MerchantKeys.key(each).equals(MerchantKeys.integration(integrationId)))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "integration-unknown",
                        "No integration " + integrationId
                                + " is stored. 'intermezzo merchants list' names those that are."));
        nobodyHas(fresh, stored);
        Integration integration = (Integration) record.getBody();
        String purpose = purpose(integrationId, integration, storeApi);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant end = now.plus(overlap);
        List<SealedSecret> secrets = new ArrayList<>();
        for (SealedSecret secret : integration.getSecrets()) {
            secrets.add(secret.getPurpose().equals(purpose) ? endingBy(end, secret) : secret);
        }
        long valid = secrets.stream()
                .filter(secret -> secret.getPurpose().equals(purpose))
                .filter(secret -> secret.getNotAfter() == null || !now.isAfter(secret.getNotAfter()))
                .count();
        if (valid >= MOST_VALID) {
            throw new CommandFailure(
                    "too-many-keys",
                    integrationId + " has " + valid + " that are valid. Wait until one ends, or take one out of the "
                            + "merchants file and apply it.");
        }
        String id = NAME.format(now);
        secrets.add(sealer.seal(
                MerchantKeys.integration(integrationId),
                purpose,
                id,
                fresh.reveal().getBytes(StandardCharsets.UTF_8)));
        RecordWriter writer = new RecordWriter(kafka.settings(), kafka.schemas(), clock);
        writer.write(List.of(writer.revision(
                integrationId,
                record.getEnvironment(),
                Integration.newBuilder(integration).setSecrets(secrets).build())));
        return new Rotated(id, purpose + "s", end);
    }

    private static String purpose(String id, Integration integration, boolean storeApi) {
        if (storeApi && !IntegrationKind.PRIVATE.of(integration)) {
            throw new CommandFailure(
                    "store-api-not-here", id + " is no private shop; only those have a key to the Store API.");
        }
        if (storeApi) {
            return StoreApiKey.PURPOSE;
        }
        return IntegrationKind.CONNECTION.of(integration) ? "connection-secret" : "mozello-key";
    }

    /** A key of two integrations would let one shop's form pay the other's order. */
    private void nobodyHas(Secret fresh, StoredRecords stored) {
        stored.records()
                .forEach((key, record) -> StoredRecords.secrets(record).forEach(secret -> {
                    if (opened(key, secret).equals(fresh)) {
                        throw new CommandFailure(
                                "secret-twice", key + " has this key or secret already. Draw another one.");
                    }
                }));
    }

    private Secret opened(String owner, SealedSecret secret) {
        try {
            return Secret.of(new String(sealer.open(owner, secret), StandardCharsets.UTF_8));
        } catch (SealingException e) {
            throw new CommandFailure("keys-other", e.getMessage() + " Is --keys this installation's folder?", e);
        }
    }

    private static SealedSecret endingBy(Instant end, SealedSecret secret) {
        Instant notAfter = secret.getNotAfter();
        return notAfter != null && notAfter.isBefore(end)
                ? secret
                : SealedSecret.newBuilder(secret).setNotAfter(end).build();
    }
}
