package dev.intermezzo.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;

/**
 * Two versions of a schema can read each other's values. One thing is judged by what is <em>written</em>, not by what is
 * declared: a new kind in an envelope's {@code body} union is written only once the write level is raised, when no old
 * build is left, so towards an older reader the newer schema is taken without the kinds that the older one lacks. Such a
 * kind, and a new symbol of an enum, must be marked with its level.
 */
final class FullTransitive {
    private FullTransitive() {}

    /** What keeps {@code older} and {@code newer} from reading each other; empty when nothing does. */
    static List<String> breaks(Schema older, Schema newer) {
        List<String> found = new ArrayList<>();
        explain(found, "a new build cannot read an old value", newer, older);
        explain(found, "an old build cannot read a new value", older, withoutNewKinds(newer, older));
        unmarkedKinds(found, older, newer);
        unmarkedSymbols(found, enums(older), enums(newer));
        return found;
    }

    private static void unmarkedKinds(List<String> found, Schema older, Schema newer) {
        Set<String> known = kinds(older).stream().map(Schema::getFullName).collect(Collectors.toSet());
        kinds(newer).stream()
                .filter(kind -> !known.contains(kind.getFullName()) && WriteLevel.ofKind(kind) == WriteLevel.FIRST)
                .forEach(kind -> found.add("the new kind " + kind.getName() + " has no @writeLevel"));
    }

    private static void unmarkedSymbols(List<String> found, Map<String, Schema> older, Map<String, Schema> newer) {
        newer.forEach((name, symbols) -> {
            Schema known = older.get(name);
            symbols.getEnumSymbols().stream()
                    .filter(symbol -> known != null && !known.hasEnumSymbol(symbol))
                    .filter(symbol -> WriteLevel.ofSymbol(symbols, symbol) == WriteLevel.FIRST)
                    .forEach(symbol -> found.add("the new symbol " + name + "." + symbol + " has no @writeLevels"));
        });
    }

    private static List<Schema> kinds(Schema envelope) {
        Field body = envelope.getField("body");
        return body == null || body.schema().getType() != Schema.Type.UNION
                ? List.of()
                : body.schema().getTypes();
    }

    private static Map<String, Schema> enums(Schema schema) {
        Map<String, Schema> found = new HashMap<>();
        collectEnums(schema, found, new HashSet<>());
        return found;
    }

    private static void collectEnums(Schema schema, Map<String, Schema> found, Set<String> records) {
        switch (schema.getType()) {
            case ENUM -> found.put(schema.getFullName(), schema);
            case ARRAY -> collectEnums(schema.getElementType(), found, records);
            case UNION -> schema.getTypes().forEach(branch -> collectEnums(branch, found, records));
            case RECORD -> {
                if (records.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collectEnums(field.schema(), found, records));
                }
            }
            default -> {
                // holds no other schema
            }
        }
    }

    private static void explain(List<String> found, String what, Schema reader, Schema writer) {
        var verdict = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (verdict.getType() != COMPATIBLE) {
            verdict.getResult()
                    .getIncompatibilities()
                    .forEach(reason -> found.add("%s: %s at %s (%s)"
                            .formatted(what, reason.getType(), reason.getLocation(), reason.getMessage())));
        }
    }

    private static Schema withoutNewKinds(Schema newer, Schema older) {
        Field body = newer.getField("body");
        Field oldBody = older.getField("body");
        if (body == null || oldBody == null || body.schema().getType() != Schema.Type.UNION) {
            return newer;
        }
        Set<String> known = new HashSet<>();
        oldBody.schema().getTypes().forEach(kind -> known.add(kind.getFullName()));
        List<Schema> kinds = body.schema().getTypes().stream()
                .filter(kind -> known.contains(kind.getFullName()))
                .toList();
        List<Field> fields = new ArrayList<>();
        for (Field field : newer.getFields()) {
            Schema type = field.name().equals("body") ? Schema.createUnion(kinds) : field.schema();
            Object byDefault = field.hasDefaultValue() ? field.defaultVal() : null;
            fields.add(new Field(field.name(), type, field.doc(), byDefault));
        }
        return Schema.createRecord(newer.getName(), newer.getDoc(), newer.getNamespace(), false, fields);
    }
}
