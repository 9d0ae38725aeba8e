package dev.intermezzo.partners.mozarto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the provider files beside this class, in a class folder or in a jar, without a list of them that could be
 * forgotten.
 */
final class ProviderFiles {

    private static final String FOLDER = "providers";

    private ProviderFiles() {}

    /** Content by file name. */
    static SortedMap<String, byte[]> bundled() {
        return beside(
                Objects.requireNonNull(ProviderFiles.class.getResource("ProviderFiles.class"), "the class's own file"));
    }

    /** The provider files beside a class file at this address. */
    static SortedMap<String, byte[]> beside(URL classFile) {
        try {
            URLConnection connection = classFile.openConnection();
            if (connection instanceof JarURLConnection jar) {
                Path archive = Path.of(withoutFragment(jar.getJarFileURL().toURI()));
                // A file system of our own: the shared one of the jar: scheme may be open or closed by others.
                try (FileSystem files = FileSystems.newFileSystem(archive)) {
                    return read(files.getPath("/" + jar.getEntryName()).resolveSibling(FOLDER));
                }
            }
            return read(Path.of(classFile.toURI()).resolveSibling(FOLDER));
        } catch (URISyntaxException malformed) {
            throw new IllegalStateException("a class file has an unreadable address", malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the provider files cannot be read", unreadable);
        }
    }

    // A multi-release or runtime-versioned jar address may end in #runtime, which is no part of the file's name.
    private static URI withoutFragment(URI uri) throws URISyntaxException {
        return uri.getFragment() == null ? uri : new URI(uri.getScheme(), uri.getSchemeSpecificPart(), null);
    }

    private static SortedMap<String, byte[]> read(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : (Iterable<Path>) entries::iterator) {
                String name = Objects.requireNonNull(file.getFileName()).toString();
                if (name.endsWith(".json")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}
