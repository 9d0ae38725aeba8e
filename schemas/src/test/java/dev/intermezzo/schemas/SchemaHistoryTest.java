package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {
    /** {@code -Dschemas.record=true} appends the present schemas to the history; a reviewer sees the new files. */
    private static final boolean RECORD = Boolean.getBoolean("schemas.record");

    private final SchemaHistory history = SchemaHistory.ofThisModule();

    static Collection<Schema> schemas() {
        return CompiledSchemas.all();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void the_newest_recorded_version_is_the_one_that_is_written(Schema schema) throws IOException {
        List<Schema> versions = history.versions(schema.getName());
        if (RECORD && (versions.isEmpty() || !SchemaHistory.same(versions.getLast(), schema))) {
            history.record(schema);
            versions = history.versions(schema.getName());
        }

        assertThat(versions)
                .as("%s has no history: run this test once with -Dschemas.record=true", schema.getName())
                .isNotEmpty();
        assertThat(SchemaNormalization.toParsingForm(versions.getLast()))
                .as("%s changed: record it with -Dschemas.record=true", schema.getName())
                .isEqualTo(SchemaNormalization.toParsingForm(schema));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_two_versions_can_read_each_other(Schema schema) throws IOException {
        List<Schema> versions = history.versions(schema.getName());

        for (int older = 0; older < versions.size(); older++) {
            for (int newer = older + 1; newer < versions.size(); newer++) {
                assertThat(FullTransitive.breaks(versions.get(older), versions.get(newer)))
                        .as("%s, version %d against %d", schema.getName(), older + 1, newer + 1)
                        .isEmpty();
            }
        }
    }

    @Test
    void a_field_without_default_breaks_old_values() {
        Schema older = record().endRecord();
        Schema newer = record().requiredInt("added").endRecord();

        assertThat(FullTransitive.breaks(older, newer))
                .singleElement()
                .asString()
                .contains("READER_FIELD_MISSING_DEFAULT");
    }

    @Test
    void a_removed_field_breaks_old_builds() {
        Schema older = record().requiredInt("removed").endRecord();
        Schema newer = record().endRecord();

        assertThat(FullTransitive.breaks(older, newer)).isNotEmpty();
    }

    @Test
    void an_optional_field_may_come_and_go() {
        Schema without = record().endRecord();
        Schema with = record().optionalInt("added").endRecord();

        assertThat(FullTransitive.breaks(without, with)).isEmpty();
        assertThat(FullTransitive.breaks(with, without)).isEmpty();
    }

    @Test
    void a_new_kind_of_body_is_compatible_because_it_is_written_only_at_a_higher_level() {
        Schema older = envelope(kind("One"));
        Schema newer = envelope(kind("One"), marked(kind("Two")));

        assertThat(FullTransitive.breaks(older, newer)).isEmpty();
        assertThat(FullTransitive.breaks(newer, older))
                .as("a kind is never taken away")
                .isNotEmpty();
    }

    @Test
    void a_new_kind_of_body_without_its_level_breaks_old_builds() {
        assertThat(FullTransitive.breaks(envelope(kind("One")), envelope(kind("One"), kind("Two"))))
                .containsExactly("the new kind Two has no @writeLevel");
    }

    @Test
    void a_new_symbol_without_its_level_breaks_old_builds() {
        Schema older = thingOf(colours("RED"));
        Schema unmarked = thingOf(colours("RED", "BLUE"));
        Schema blue = colours("RED", "BLUE");
        blue.addProp("writeLevels", Map.of("BLUE", 2));

        assertThat(FullTransitive.breaks(older, unmarked))
                .containsExactly("the new symbol Colour.BLUE has no @writeLevels");
        assertThat(FullTransitive.breaks(older, thingOf(blue))).isEmpty();
    }

    private static Schema marked(Schema kind) {
        kind.addProp("writeLevel", 2);
        return kind;
    }

    private static Schema colours(String... symbols) {
        return Schema.createEnum("Colour", "", "", List.of(symbols), "RED");
    }

    private static Schema thingOf(Schema colour) {
        return record().name("colour").type(colour).noDefault().endRecord();
    }

    private static SchemaBuilder.FieldAssembler<Schema> record() {
        return SchemaBuilder.record("Thing").fields().requiredString("id");
    }

    private static Schema kind(String name) {
        return SchemaBuilder.record(name).fields().requiredString("text").endRecord();
    }

    private static Schema envelope(Schema... kinds) {
        return SchemaBuilder.record("Envelope")
                .fields()
                .name("body")
                .type(Schema.createUnion(kinds))
                .noDefault()
                .endRecord();
    }
}
