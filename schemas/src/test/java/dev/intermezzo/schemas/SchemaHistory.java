package dev.intermezzo.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Parser;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;

/** The published versions of every schema, {@code history/<record>/<version>.avsc}, oldest first. */
record SchemaHistory(Path folder) {
    static SchemaHistory ofThisModule() {
        return new SchemaHistory(Path.of("history"));
    }

    List<Schema> versions(String record) throws IOException {
        Path versions = folder.resolve(record);
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        List<Schema> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(versions)) {
            for (Path file :
                    files.sorted(Comparator.comparingInt(SchemaHistory::number)).toList()) {
                found.add(new Parser().parse(Files.readString(file)));
            }
        }
        return found;
    }

    void record(Schema schema) throws IOException {
        Path versions = Files.createDirectories(folder.resolve(schema.getName()));
        int next = versions(schema.getName()).size() + 1;
        Files.writeString(versions.resolve(next + ".avsc"), SchemaFormatter.format("json/pretty", schema) + "\n");
    }

    static boolean same(Schema one, Schema other) {
        return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replace(".avsc", ""));
    }
}
