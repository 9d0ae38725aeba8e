package dev.intermezzo.schemas;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/**
 * Which new kinds of record, and which new symbols of an enum, this process may write.
 *
 * <p>A build that does not know a kind takes it for damage, and reads an unknown symbol as another one. So a build that
 * brings one marks it in the schema, {@code @writeLevel(2)} before the record or {@code @writeLevels({"SYMBOL": 2})} before
 * the enum, and nobody writes it before the operator has raised the setting {@code write-level}: when every process runs
 * a build that can read it. The history of the schemas is held to these marks by a test.
 *
 * <p>This is the last guard, not a rule of decisions: what is asked for (a new command, a new form) is refused at its
 * source below the level, and a decision never depends on it, or a replay of the ledger would decide otherwise.
 *
 * <p>One number for the process, like the schemas it is about.
 */
public final class WriteLevel {
    /** The level of everything that is not marked. */
    public static final int FIRST = 1;

    private static final String OF_KIND = "writeLevel";
    private static final String OF_SYMBOLS = "writeLevels";

    private static volatile int allowed = FIRST;

    private WriteLevel() {}

    /** The highest level that a schema of this build names: more cannot be asked for. */
    public static int newest() {
        return CompiledSchemas.all().stream()
                .mapToInt(WriteLevel::highest)
                .max()
                .orElse(FIRST);
    }

    /**
     * Sets what this process writes from now on; called once, before anything is written.
     *
     * @throws IllegalArgumentException when the level is below {@link #FIRST}
     */
    public static void set(int level) {
        if (level < FIRST) {
            throw new IllegalArgumentException("write-level is at least " + FIRST);
        }
        allowed = level;
    }

    /** The highest level marked anywhere in a schema; {@link #FIRST} where nothing is. */
    static int highest(Schema schema) {
        return highest(schema, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /**
     * Holds a value to the level.
     *
     * @throws WriteLevelException when it holds a kind or symbol that may not be written yet
     */
    static void require(Schema schema, Object value) {
        switch (schema.getType()) {
            case RECORD -> {
                require(schema.getName(), ofKind(schema));
                for (Field field : schema.getFields()) {
                    require(field.schema(), ((IndexedRecord) value).get(field.pos()));
                }
            }
            case UNION -> require(schema.getTypes().get(SpecificData.get().resolveUnion(schema, value)), value);
            case ARRAY -> ((List<?>) value).forEach(element -> require(schema.getElementType(), element));
            case ENUM -> require(schema.getName() + " " + value, ofSymbol(schema, value.toString()));
            default -> {
                // Plain values are as old as the field that holds them.
            }
        }
    }

    /** The level from which a symbol of an enum may be written. */
    static int ofSymbol(Schema symbols, String symbol) {
        return symbols.getObjectProp(OF_SYMBOLS) instanceof Map<?, ?> levels
                        && levels.get(symbol) instanceof Number level
                ? level.intValue()
                : FIRST;
    }

    /** The level from which a kind of record may be written. */
    static int ofKind(Schema kind) {
        return kind.getObjectProp(OF_KIND) instanceof Number level ? level.intValue() : FIRST;
    }

    private static void require(String what, int level) {
        if (level > allowed) {
            throw new WriteLevelException(what, level, allowed);
        }
    }

    private static int highest(Schema schema, Set<Schema> seen) {
        if (!seen.add(schema)) {
            return FIRST;
        }
        return switch (schema.getType()) {
            case RECORD ->
                schema.getFields().stream()
                        .mapToInt(field -> highest(field.schema(), seen))
                        .reduce(ofKind(schema), Math::max);
            case UNION ->
                schema.getTypes().stream()
                        .mapToInt(branch -> highest(branch, seen))
                        .reduce(FIRST, Math::max);
            case ARRAY -> highest(schema.getElementType(), seen);
            case ENUM ->
                schema.getEnumSymbols().stream()
                        .mapToInt(symbol -> ofSymbol(schema, symbol))
                        .reduce(FIRST, Math::max);
            default -> FIRST;
        };
    }
}
