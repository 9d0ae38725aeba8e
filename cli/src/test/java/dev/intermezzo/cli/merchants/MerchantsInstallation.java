package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** An installation of its own that takes merchants files, with its sealing keys in a folder. */
public final class MerchantsInstallation {
    public static final String USER_TOKEN_SECRET = SandboxYaml.USER_TOKEN_SECRET;
    public static final String MOZELLO_KEY = SandboxYaml.MOZELLO_KEY;

    private final KafkaSettings kafka;
    private final SealingKeys keys = SealingKeys.generate();
    private final Path folder;

    /** @param folder where keys and files are written */
    public MerchantsInstallation(TestKafka broker, Path folder) {
        this.kafka = broker.installation(Topics.MERCHANTS);
        this.folder = folder;
        keys.save(folder.resolve("keys"));
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    SealingKeys keys() {
        return keys;
    }

    /** The folder of its keys, as {@code --keys} takes it. */
    public String keysFolder() {
        return folder.resolve("keys").toString();
    }

    /** Writes a file beside the keys; its path. */
    public String file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sandbox's merchants file. */
    public static String sandboxFile() {
        return SandboxYaml.TEXT;
    }

    /** Puts the sandbox's file into force. */
    public void applySandbox() {
        apply(SandboxYaml.TEXT);
    }

    /** Puts the sandbox's file into force with one part exchanged, which must be there. */
    public void applySandboxWith(String part, String other) {
        apply(SandboxYaml.with(part, other));
    }

    /** Puts the sandbox's file into force as somebody would who has keys of another installation. */
    public void applySandboxSealedWith(SealingKeys foreign) {
        MerchantsApply.apply(SandboxYaml.valid(SandboxYaml.TEXT), kafka, foreign);
    }

    MerchantsPlan apply(String yaml) {
        return MerchantsApply.apply(SandboxYaml.valid(yaml), kafka, keys);
    }

    /** Runs {@code merchants apply} on this file. */
    CommandRun applyCommand(String yaml) {
        return merchants("apply", file("merchants.yaml", yaml), "--keys", keysFolder(), "--json");
    }

    /** Runs a command of {@code merchants}. */
    CommandRun merchants(String... arguments) {
        return CommandRun.of(new MerchantsCommand(), TestKafka.options(kafka), arguments);
    }

    public StoredRecords stored() {
        return StoredRecords.read(kafka, WriterSchemas.compiledIn());
    }

    MerchantRecord stored(String key) {
        return Objects.requireNonNull(stored().records().get(key), key);
    }
}
