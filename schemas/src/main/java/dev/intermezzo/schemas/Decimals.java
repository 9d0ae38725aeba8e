package dev.intermezzo.schemas;

import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Holds the decimals of a value that was read to the digits that their schema gives them. Avro looks at them only when it
 * writes: without this, bytes that are no amount of ours would be read, decided on, and stop whoever passes them on.
 */
final class Decimals {

    private Decimals() {}

    /**
     * Looks through a record and everything in it.
     *
     * @throws UndecodableException when a decimal has more digits than its schema allows
     */
    static void require(IndexedRecord value) {
        for (Field field : value.getSchema().getFields()) {
            require(field, field.schema(), value.get(field.pos()));
        }
    }

    private static void require(Field field, Schema schema, @Nullable Object value) {
        switch (value) {
            case BigDecimal decimal -> {
                if (decimal.precision() > digits(schema)) {
                    throw new UndecodableException("the number in " + field.name() + " has too many digits");
                }
            }
            case IndexedRecord record -> require(record);
            case List<?> list -> list.forEach(element -> require(field, elements(schema), element));
            case null, default -> {
                // Nothing else holds a decimal: there are no maps in the catalogue.
            }
        }
    }

    private static int digits(Schema schema) {
        if (schema.isUnion()) {
            return schema.getTypes().stream().mapToInt(Decimals::digits).max().orElse(0);
        }
        @Nullable LogicalType type = schema.getLogicalType();
        return type instanceof LogicalTypes.Decimal decimal ? decimal.getPrecision() : 0;
    }

    private static Schema elements(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(branch -> branch.getType() == Schema.Type.ARRAY)
                        .findFirst()
                        .orElseThrow()
                        .getElementType()
                : schema.getElementType();
    }
}
