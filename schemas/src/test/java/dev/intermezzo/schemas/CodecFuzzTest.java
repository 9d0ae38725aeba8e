package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.schemas.avro.PaymentEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;

/** Values of every topic and every state store, as a broken or hostile writer might leave them. */
class CodecFuzzTest {

    private static final int VALUES_PER_RECORD = 4;

    private static final Guard GUARD = Guard.started();
    private static final Map<Long, Codec<?>> CODECS = Stream.concat(
                    Topics.ALL.stream().<Class<? extends SpecificRecordBase>>map(Topic::value),
                    CompiledSchemas.STORED.stream())
            .distinct()
            .<Codec<?>>map(Codec::of)
            .collect(Collectors.toUnmodifiableMap(Codec::fingerprint, Function.identity()));
    private static final Corpus CORPUS = new Corpus(CompiledSchemas.all().stream()
                    .flatMap(CodecFuzzTest::values)
                    .toList())
            .and(Corpus.of(CodecFuzzTest.class, "avro"));

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, CodecFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), CodecFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "\\x00",
                        "\\x01",
                        "\\x02",
                        "\\x7f",
                        "\\x80\\x00",
                        "\\xff\\xff\\xff\\xff\\x0f",
                        "\\xfe\\xff\\xff\\xff\\x0f",
                        "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x01",
                        "\\x80\\x80\\x80\\x80\\x08",
                        "\\x80\\x80\\x80\\x04"))
                .withSeparators("\0", "\2")
                .arbitrary();
    }

    @Test
    void a_value_without_a_header_is_undecodable() {
        assertThatThrownBy(() -> Codec.of(PaymentEvent.class).decode(new byte[0], WriterSchemas.compiledIn()))
                .isInstanceOf(UndecodableException.class);
    }

    private static void holds(byte[] input) {
        long fingerprint;
        try {
            fingerprint = Codec.fingerprint(input);
        } catch (UndecodableException expected) {
            return;
        }
        holds(CODECS.getOrDefault(fingerprint, Codec.of(PaymentEvent.class)), input);
    }

    /** What is decoded can be written again, always as the same bytes, and these mean the same value. */
    private static <T extends SpecificRecordBase> void holds(Codec<T> codec, byte[] input) {
        T value;
        try {
            value = codec.decode(input, WriterSchemas.compiledIn());
        } catch (UndecodableException | UnknownSchemaException expected) {
            return;
        }
        byte[] written;
        try {
            written = codec.encode(value);
        } catch (WriteLevelException notYet) {
            return;
        }
        T again = codec.decode(written, WriterSchemas.compiledIn());
        // As text: Avro cannot compare lists of records that hold a decimal which may be absent.
        assertThat(again).hasToString(value.toString());
        assertThat(codec.encode(again)).isEqualTo(written);
    }

    /** Random values, written by Avro's own writer: an encoding of ours is equal to it, byte for byte. */
    private static Stream<byte[]> values(Schema schema) {
        return StreamSupport.stream(new RandomData(schema, VALUES_PER_RECORD, 7L).spliterator(), false)
                .map(value -> encoded(schema, value));
    }

    private static byte[] encoded(Schema schema, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(CompiledSchemas.fingerprint(schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
