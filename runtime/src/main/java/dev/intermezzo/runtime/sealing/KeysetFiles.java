package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keysets as Tink's JSON files, readable by their owner only. */
final class KeysetFiles {
    private static final Logger LOG = LoggerFactory.getLogger(KeysetFiles.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private KeysetFiles() {}

    static KeysetHandle read(Path dir, Keyset keyset) {
        Path file = dir.resolve(keyset.fileName());
        try {
            String json = Files.readString(file);
            warnWhenOpenToOthers(file, keyset);
            return keyset.isPublic()
                    ? TinkJsonProtoKeysetFormat.parseKeysetWithoutSecret(json, keyset.configuration())
                    : TinkJsonProtoKeysetFormat.parseKeyset(
                            json, keyset.configuration(), InsecureSecretKeyAccess.get());
        } catch (NoSuchFileException e) {
            throw new SealingException("The keyset file " + file + " does not exist.", e);
        } catch (IOException e) {
            throw new SealingException(
                    "The keyset file " + file + " cannot be read; does it belong to the user that runs this process?",
                    e);
        } catch (GeneralSecurityException e) {
            throw new SealingException("The keyset file " + file + " does not hold a keyset of its kind.", e);
        }
    }

    static void write(Path dir, Keyset keyset, KeysetHandle handle) {
        Path file = dir.resolve(keyset.fileName());
        try {
            Files.createDirectories(dir);
            String json = keyset.isPublic()
                    ? TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(handle, keyset.configuration())
                    : TinkJsonProtoKeysetFormat.serializeKeyset(
                            handle, keyset.configuration(), InsecureSecretKeyAccess.get());
            // Permissions are given at creation: there is no moment at which another user could read the file.
            try (SeekableByteChannel channel = Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new SealingException("The keyset file " + file + " exists and is not overwritten.", e);
        } catch (IOException e) {
            throw new SealingException("The keyset file " + file + " cannot be written.", e);
        } catch (GeneralSecurityException e) {
            throw new SealingException("The keyset for " + file + " cannot be written as JSON.", e);
        }
    }

    /** Only a warning: secrets mounted into containers often cannot have narrower permissions. */
    private static void warnWhenOpenToOthers(Path file, Keyset keyset) throws IOException {
        if (keyset.isPublic()) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.GROUP_READ)) {
            LOG.atWarn().addKeyValue("file", file).log("a secret keyset can be read by other users");
        }
    }
}
