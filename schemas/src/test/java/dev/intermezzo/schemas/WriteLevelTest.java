package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteLevelTest {
    private static final Schema OLD = SchemaBuilder.record("Old").fields().endRecord();
    private static final Schema NEW =
            marked(SchemaBuilder.record("New").fields().endRecord());
    private static final Schema COLOUR = colour();
    private static final Schema ENVELOPE = SchemaBuilder.record("Envelope")
            .fields()
            .name("colours")
            .type(Schema.createArray(COLOUR))
            .noDefault()
            .name("body")
            .type(Schema.createUnion(OLD, NEW))
            .noDefault()
            .endRecord();

    @AfterEach
    void backToTheFirstLevel() {
        WriteLevel.set(WriteLevel.FIRST);
    }

    @Test
    void what_every_build_knows_is_written_at_the_first_level() {
        assertThatCode(() -> WriteLevel.require(ENVELOPE, envelope("RED", OLD))).doesNotThrowAnyException();
    }

    @Test
    void a_new_kind_is_written_only_once_the_level_is_raised() {
        assertThatThrownBy(() -> WriteLevel.require(ENVELOPE, envelope("RED", NEW)))
                .isInstanceOf(WriteLevelException.class)
                .hasMessageContaining("New may be written from write-level 2 on, and this process has 1");

        WriteLevel.set(2);

        assertThatCode(() -> WriteLevel.require(ENVELOPE, envelope("RED", NEW))).doesNotThrowAnyException();
    }

    @Test
    void a_new_symbol_is_written_only_once_the_level_is_raised() {
        WriteLevel.set(2);

        assertThatThrownBy(() -> WriteLevel.require(ENVELOPE, envelope("BLUE", OLD)))
                .isInstanceOf(WriteLevelException.class)
                .hasMessageContaining("Colour BLUE may be written from write-level 3 on");

        WriteLevel.set(3);

        assertThatCode(() -> WriteLevel.require(ENVELOPE, envelope("BLUE", OLD)))
                .doesNotThrowAnyException();
    }

    @Test
    void every_codec_holds_its_values_to_the_level() {
        Codec<Marked> codec = Codec.of(Marked.class);

        assertThatThrownBy(() -> codec.encode(new Marked())).isInstanceOf(WriteLevelException.class);

        WriteLevel.set(2);

        assertThat(codec.encode(new Marked())).hasSize(10);
    }

    @Test
    void the_highest_level_of_a_schema_is_found_wherever_it_stands() {
        assertThat(WriteLevel.highest(OLD)).isEqualTo(1);
        assertThat(WriteLevel.highest(NEW)).isEqualTo(2);
        assertThat(WriteLevel.highest(ENVELOPE)).isEqualTo(3);
    }

    @Test
    void there_is_no_level_below_the_first() {
        assertThatThrownBy(() -> WriteLevel.set(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static GenericData.Record envelope(String colour, Schema kind) {
        GenericData.Record envelope = new GenericData.Record(ENVELOPE);
        envelope.put("colours", List.of(new GenericData.EnumSymbol(COLOUR, colour)));
        envelope.put("body", new GenericData.Record(kind));
        return envelope;
    }

    private static Schema marked(Schema kind) {
        kind.addProp("writeLevel", 2);
        return kind;
    }

    private static Schema colour() {
        Schema colour = Schema.createEnum("Colour", "", "", List.of("RED", "BLUE"), "RED");
        colour.addProp("writeLevels", Map.of("BLUE", 3));
        return colour;
    }

    /** What the generator would make of a marked record without fields. */
    public static final class Marked extends SpecificRecordBase {
        public static final Schema SCHEMA$ =
                marked(Schema.createRecord("Marked", "", WriteLevelTest.class.getName() + "$", false, List.of()));

        @Override
        public Schema getSchema() {
            return SCHEMA$;
        }

        @Override
        public Object get(int field) {
            throw new IndexOutOfBoundsException(field);
        }

        @Override
        public void put(int field, Object value) {
            throw new IndexOutOfBoundsException(field);
        }
    }
}
