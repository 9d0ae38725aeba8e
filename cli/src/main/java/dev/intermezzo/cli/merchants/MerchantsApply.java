package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.merchants.MerchantsPlan.Change;
import dev.intermezzo.cli.merchants.MerchantsPlan.Kind;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.Secret;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Brings the {@code merchants} topic to what a file declares. Records that the file does not name stay as they are, and a
 * record that is as declared is not written again: a secret that was sealed before keeps its sealed form.
 */
public final class MerchantsApply {
    private final KafkaSettings kafka;
    private final SchemaTopic schemas;
    private final SecretSealer sealer;
    private final RecordWriter writer;
    private final Codec<MerchantRecord> codec = Codec.of(MerchantRecord.class);

    /** @param schemas started */
    public MerchantsApply(KafkaSettings kafka, SchemaTopic schemas, SecretSealer sealer, InstantSource clock) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.sealer = sealer;
        this.writer = new RecordWriter(kafka, schemas, clock);
    }

    /**
     * Plans and, unless something is wrong, publishes; returns when the brokers hold every record. For one process that
     * sets up its own installation; the topics exist.
     *
     * @param keys with {@link dev.intermezzo.runtime.sealing.Keyset#MERCHANT_SECRETS}
     * @throws CommandFailure when the file cannot be applied to this installation, or Kafka does not take it
     */
    public static MerchantsPlan apply(MerchantsFile file, KafkaSettings kafka, SealingKeys keys) {
        try (SchemaTopic schemas = new SchemaTopic(kafka, Duration.ZERO)) {
            schemas.start();
            // Also waits until the topic has been read, so that what is stored can be read.
            schemas.publish();
            MerchantsApply apply = new MerchantsApply(kafka, schemas, new SecretSealer(keys), InstantSource.system());
            MerchantsPlan plan = apply.plan(file);
            apply.publish(plan);
            return plan;
        }
    }

    /** Compares the file with what is stored; nothing is written. */
    public MerchantsPlan plan(MerchantsFile file) {
        StoredRecords stored = StoredRecords.read(kafka, schemas);
        Problems problems = new Problems();
        List<Change> changes = new ArrayList<>();
        for (Declared declared : file.records()) {
            Optional<MerchantRecord> former =
                    Optional.ofNullable(stored.records().get(declared.key()));
            former.filter(record -> declared.body() instanceof Declared.Body.OfAccount
                            && record.getEnvironment() != declared.environment())
                    .ifPresent(record -> problems.add(
                            "accounts." + declared.id() + ".environment",
                            "environment-changed",
                            "an account stays what it was created as, "
                                    + words(record.getEnvironment().name())
                                    + "; declare another account"));
            int before = problems.all().size();
            former.ifPresent(record -> lostTokens(declared, record, problems));
            if (problems.all().size() == before) {
                changes.add(change(declared, former));
            }
        }
        Set<String> named = file.named();
        sharedWithOthers(file, stored, named, problems);
        return new MerchantsPlan(
                changes,
                stored.declared().stream()
                        .map(MerchantKeys::key)
                        .filter(key -> !named.contains(key))
                        .toList(),
                problems.all());
    }

    /**
     * Publishes what is created or changed.
     *
     * @throws CommandFailure when the plan has problems, or Kafka does not take the records
     */
    public void publish(MerchantsPlan plan) {
        if (!plan.problems().isEmpty()) {
            throw new CommandFailure(
                    "merchants-refused", plan.problems().getFirst().toString());
        }
        writer.write(plan.changes().stream()
                .filter(change -> change.kind() != Kind.UNCHANGED)
                .map(Change::record)
                .toList());
    }

    private Change change(Declared declared, Optional<MerchantRecord> former) {
        List<SealedSecret> known = former.map(StoredRecords::secrets).orElse(List.of());
        List<SealedSecret> secrets = declared.secrets().stream()
                .map(secret -> sealed(declared.key(), secret, known))
                .toList();
        SpecificRecordBase body = switch (declared.body()) {
            case Declared.Body.OfAccount of -> withIssuedTokens(declared.key(), of.account(), secrets, known);
            case Declared.Body.OfMerchant of ->
                NamedDestinations.kept(IssuedApiKeys.kept(of.merchant(), former), former);
            case Declared.Body.OfIntegration of ->
                Integration.newBuilder(of.integration()).setSecrets(secrets).build();
        };
        if (former.isEmpty()) {
            return new Change(Kind.CREATED, record(declared, body), List.of());
        }
        List<String> fields = differences(declared, body, former.get());
        return fields.isEmpty()
                ? new Change(Kind.UNCHANGED, former.get(), List.of())
                : new Change(Kind.CHANGED, record(declared, body), fields);
    }

    /** The sealed form that is stored already when it holds the same; sealing anew never gives the same bytes. */
    private SealedSecret sealed(String owner, DeclaredSecret secret, List<SealedSecret> known) {
        Instant notAfter = secret.notAfter() == null ? null : secret.notAfter().truncatedTo(ChronoUnit.MICROS);
        return known.stream()
                .filter(stored -> stored.getId().equals(secret.id())
                        && stored.getPurpose().equals(secret.purpose())
                        && Objects.equals(stored.getNotAfter(), notAfter)
                        && open(owner, stored).equals(Optional.of(secret.value())))
                .findFirst()
                .orElseGet(() -> SealedSecret.newBuilder(sealer.seal(
                                owner,
                                secret.purpose(),
                                secret.id(),
                                secret.value().reveal().getBytes(StandardCharsets.UTF_8)))
                        .setNotAfter(notAfter)
                        .build());
    }

    /** Empty: sealed with keys that are not here any more, so it is sealed again. */
    private Optional<Secret> open(String owner, SealedSecret stored) {
        try {
            return Optional.of(Secret.of(new String(sealer.open(owner, stored), StandardCharsets.UTF_8)));
        } catch (SealingException e) {
            return Optional.empty();
        }
    }

    /**
     * A file says nothing about tokens that {@code accounts webhook-url} issued, so it leaves them valid. Addresses that
     * Mozarto uses would otherwise stop working with the next edit of the file.
     */
    private CashierAccount withIssuedTokens(
            String owner, CashierAccount declared, List<SealedSecret> secrets, List<SealedSecret> known) {
        CashierAccount account =
                CashierAccount.newBuilder(declared).setSecrets(secrets).build();
        for (SealedSecret mark : IssuedTokens.of(known)) {
            account = IssuedTokens.with(account, mark, IssuedTokens.digest(sealer, owner, mark));
        }
        return account;
    }

    /** An issued token cannot be sealed anew from the file, so it must not be lost to a wrong keys folder. */
    private void lostTokens(Declared declared, MerchantRecord former, Problems problems) {
        for (SealedSecret mark : IssuedTokens.of(StoredRecords.secrets(former))) {
            try {
                sealer.open(declared.key(), mark);
            } catch (SealingException e) {
                problems.add(
                        "accounts." + declared.id(),
                        "keys-other",
                        "has the webhook address " + mark.getId()
                                + ", which these keys did not seal; name the installation's folder with --keys");
            }
        }
    }

    private MerchantRecord record(Declared declared, SpecificRecordBase body) {
        return writer.revision(declared.id(), declared.environment(), body);
    }

    /** Compared as it is written: Avro's own comparison fails on an optional decimal. */
    private List<String> differences(Declared declared, SpecificRecordBase body, MerchantRecord former) {
        byte[] before = codec.encode(former);
        List<String> fields = new ArrayList<>();
        if (declared.environment() != former.getEnvironment()) {
            fields.add("environment");
        }
        for (Schema.Field field : body.getSchema().getFields()) {
            MerchantRecord probe = codec.decode(before, WriterSchemas.compiledIn());
            if (probe.getBody() instanceof SpecificRecordBase stored) {
                stored.put(field.pos(), body.get(field.pos()));
            }
            if (!Arrays.equals(before, codec.encode(probe))) {
                fields.add(words(field.name().replaceAll("([A-Z])", "-$1")));
            }
        }
        return fields;
    }

    /** One file checks itself; a key may also stand in a record that another file declared. */
    private void sharedWithOthers(MerchantsFile file, StoredRecords stored, Set<String> named, Problems problems) {
        Map<Secret, String> foreign = new HashMap<>();
        Map<ByteBuffer, String> tokens = new HashMap<>();
        stored.records().forEach((key, record) -> {
            if (!named.contains(key)) {
                StoredRecords.secrets(record)
                        .forEach(secret -> open(key, secret).ifPresent(text -> foreign.put(text, key)));
                if (record.getBody() instanceof CashierAccount account) {
                    account.getWebhookTokenDigests().forEach(digest -> tokens.put(digest, key));
                }
            }
        });
        for (Declared declared : file.records()) {
            for (DeclaredSecret secret : declared.secrets()) {
                report(declared.key(), foreign.get(secret.value()), problems);
            }
            if (declared.body() instanceof Declared.Body.OfAccount of) {
                of.account()
                        .getWebhookTokenDigests()
                        .forEach(digest -> report(declared.key(), tokens.get(digest), problems));
            }
        }
    }

    private static void report(String key, @Nullable String other, Problems problems) {
        if (other != null) {
            problems.add(
                    key, "secret-twice", "has a key or token that " + other + ", which is not in the file, has too");
        }
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
