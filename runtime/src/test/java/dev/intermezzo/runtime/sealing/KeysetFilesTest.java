package dev.intermezzo.runtime.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetFilesTest {
    private static final byte[] PLAIN = {1, 2, 3};

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path dir;

    @Test
    void saved_keys_open_what_was_sealed_before() {
        SealingKeys keys = SealingKeys.generate();
        String token = new TokenSealer(keys).seal("pay", PLAIN);
        SealedBuyer buyer = new BuyerSealer(keys).seal("p", "buyer-details", PLAIN);
        byte[] vaulted = new Vault(keys).seal("c", PLAIN);

        keys.save(dir);
        SealingKeys loaded = SealingKeys.load(dir);

        assertThat(new TokenSealer(loaded).open("pay", token)).hasValue(PLAIN);
        assertThat(new BuyerOpener(loaded).open("p", buyer.data(), List.of(buyer.key())))
                .isEqualTo(PLAIN);
        assertThat(new Vault(loaded).open("c", vaulted)).isEqualTo(PLAIN);
        assertThat(IdentityKeys.references(loaded).getFirst())
                .isEqualTo(IdentityKeys.references(keys).getFirst());
        assertThat(IdentityKeys.userIds(loaded))
                .isEqualTo(IdentityKeys.userIds(keys))
                .hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void each_file_is_readable_by_its_owner_only() throws IOException {
        SealingKeys.generate().save(dir.resolve("keys"));

        for (Keyset keyset : Keyset.values()) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(dir.resolve("keys").resolve(keyset.fileName()))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void the_ingress_loads_public_keys_without_the_private_files_being_there() throws IOException {
        SealingKeys.generate().save(dir);
        Files.delete(dir.resolve("executor-private.json"));
        Files.delete(dir.resolve("vault-private.json"));

        SealingKeys ingress = SealingKeys.load(dir, EnumSet.of(Keyset.EXECUTOR_PUBLIC, Keyset.VAULT_PUBLIC));

        assertThat(new BuyerSealer(ingress)
                        .seal("p", "buyer-details", PLAIN)
                        .data()
                        .getPurpose())
                .isEqualTo("buyer-details");
    }

    @Test
    void a_private_keyset_is_never_taken_for_a_public_one() throws IOException {
        SealingKeys.generate().save(dir);
        Files.copy(dir.resolve("executor-private.json"), dir.resolve("copy"));
        Files.delete(dir.resolve("executor-public.json"));
        Files.move(dir.resolve("copy"), dir.resolve("executor-public.json"));

        assertThatThrownBy(() -> SealingKeys.load(dir, EnumSet.of(Keyset.EXECUTOR_PUBLIC)))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("executor-public.json does not hold a keyset of its kind");
    }

    @Test
    void a_folder_of_an_earlier_release_is_given_what_it_lacks_and_keeps_what_it_has() throws IOException {
        SealingKeys.generate().save(dir);
        Files.delete(dir.resolve("sessions.json"));
        Files.delete(dir.resolve("vault-private.json"));
        String tokens = Files.readString(dir.resolve("tokens.json"));

        assertThat(SealingKeys.addNew(dir)).containsExactly(Keyset.SESSIONS);

        String drawn = Files.readString(dir.resolve("sessions.json"));
        assertThat(SealingKeys.addNew(dir)).isEmpty();
        assertThat(dir.resolve("sessions.json")).hasContent(drawn);
        assertThat(dir.resolve("tokens.json")).hasContent(tokens);
        assertThat(dir.resolve("vault-private.json")).doesNotExist();
    }

    @Test
    void session_keys_are_named_and_the_sealing_one_comes_first() throws Exception {
        SealingKeys old = SealingKeys.generate();
        Map.Entry<String, byte[]> former = SessionKeys.of(old).firstEntry();
        KeysetHandle fresh =
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, Keyset.SESSIONS.configuration());
        KeysetHandle rotated = KeysetHandle.newBuilder(old.handle(Keyset.SESSIONS))
                .addEntry(KeysetHandle.importKey(fresh.getPrimary().getKey()).makePrimary())
                .build();
        new SealingKeys(Map.of(Keyset.SESSIONS, rotated)).save(dir);

        SequencedMap<String, byte[]> keys = SessionKeys.of(SealingKeys.load(dir, EnumSet.of(Keyset.SESSIONS)));

        assertThat(keys).hasSize(2);
        assertThat(keys.lastEntry().getKey()).isEqualTo(former.getKey());
        assertThat(keys.lastEntry().getValue()).isEqualTo(former.getValue()).hasSize(32);
        assertThat(keys.firstEntry().getValue()).hasSize(32).isNotEqualTo(former.getValue());
    }

    @Test
    void existing_files_are_never_overwritten() {
        SealingKeys.generate().save(dir);

        assertThatThrownBy(() -> SealingKeys.generate().save(dir))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("exists and is not overwritten");
    }

    @Test
    void a_file_that_is_missing_or_no_keyset_is_named() throws IOException {
        Files.writeString(dir.resolve("tokens.json"), "{}");

        assertThatThrownBy(() -> SealingKeys.load(dir, EnumSet.of(Keyset.REDIRECTS)))
                .hasMessage("The keyset file " + dir.resolve("redirects.json") + " does not exist.");
        assertThatThrownBy(() -> SealingKeys.load(dir, EnumSet.of(Keyset.TOKENS)))
                .hasMessage("The keyset file " + dir.resolve("tokens.json") + " does not hold a keyset of its kind.");
    }

    @Test
    void a_file_that_cannot_be_read_says_what_to_look_at() throws IOException {
        Files.createDirectory(dir.resolve("tokens.json"));

        assertThatThrownBy(() -> SealingKeys.load(dir, EnumSet.of(Keyset.TOKENS)))
                .hasMessageContaining(dir.resolve("tokens.json") + " cannot be read");
    }

    @Test
    void after_a_rotation_the_new_key_seals_and_the_old_one_still_opens() throws Exception {
        SealingKeys old = SealingKeys.generate();
        String before = new TokenSealer(old).seal("pay", PLAIN);
        KeysetHandle fresh =
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, Keyset.TOKENS.configuration());
        KeysetHandle rotated = KeysetHandle.newBuilder(old.handle(Keyset.TOKENS))
                .addEntry(KeysetHandle.importKey(fresh.getPrimary().getKey()).makePrimary())
                .build();
        new SealingKeys(Map.of(Keyset.TOKENS, rotated)).save(dir);

        TokenSealer sealer = new TokenSealer(SealingKeys.load(dir, EnumSet.of(Keyset.TOKENS)));
        String after = sealer.seal("pay", PLAIN);

        assertThat(sealer.open("pay", before)).hasValue(PLAIN);
        assertThat(sealer.open("pay", after)).hasValue(PLAIN);
        assertThat(new TokenSealer(old).open("pay", after)).isEmpty();
    }
}
