package dev.intermezzo.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro single-object encoding (Avro specification, "Single-object encoding"): the two bytes {@code C3 01}, the writer's
 * schema fingerprint (CRC-64-AVRO, little endian), then the body in Avro binary. Equal values give equal bytes, which the
 * ledger's digests rely on; no record in the catalogue holds a map, a float or a double.
 *
 * <p>Safe for use by several threads.
 */
public final class Codec<T extends SpecificRecordBase> {
    private static final int HEADER_BYTES = 10;
    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = 0x01;

    static {
        AvroGuards.install();
    }

    private final Schema schema;
    private final long fingerprint;
    private final SpecificData model;
    private final DatumWriter<T> writer;
    private final boolean levelled;
    private final Map<Long, DatumReader<T>> readers = new ConcurrentHashMap<>();

    private Codec(Class<T> type) {
        this.model = modelOf(type);
        this.schema = model.getSchema(type);
        this.fingerprint = CompiledSchemas.fingerprint(schema);
        this.writer = writerOf();
        this.levelled = WriteLevel.highest(schema) > WriteLevel.FIRST;
    }

    public static <T extends SpecificRecordBase> Codec<T> of(Class<T> type) {
        return new Codec<>(type);
    }

    /** Fingerprint of the schema that {@link #encode} writes with. */
    public long fingerprint() {
        return fingerprint;
    }

    /** @throws WriteLevelException when the value holds a kind or a symbol that may not be written yet */
    public byte[] encode(T value) {
        if (levelled) {
            WriteLevel.require(schema, value);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.writeBytes(header(fingerprint));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws UndecodableException when the bytes are not such a value
     * @throws UnknownSchemaException when the writer's schema is not known yet
     */
    public T decode(byte[] bytes, WriterSchemas schemas) {
        DatumReader<T> reader = reader(fingerprint(bytes), schemas);
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        T value;
        try {
            value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException("bytes are left over after a " + schema.getName());
            }
            Decimals.require(value);
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // Avro has no one exception for "these bytes are not that"
            throw new UndecodableException("the body is not a " + schema.getName(), e);
        }
        return value;
    }

    /**
     * The same value as a build would have written it whose schema was {@code older}: fields that it did not know are left
     * out. For comparing with digests that such a build made.
     *
     * @param encoded written with a schema of this build
     * @throws UndecodableException when the value holds a kind that the older schema does not know
     */
    public static byte[] asWrittenWith(Schema older, byte[] encoded) {
        Schema own = CompiledSchemas.find(fingerprint(encoded));
        try {
            Object value = new GenericDatumReader<>(own, older)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(encoded, HEADER_BYTES, encoded.length - HEADER_BYTES, null));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
            bytes.writeBytes(header(CompiledSchemas.fingerprint(older)));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(older).write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException | RuntimeException e) { // as above
            throw new UndecodableException("the value cannot be written as an older " + older.getName(), e);
        }
    }

    /** Fingerprint of the schema that {@code encoded} was written with. */
    public static long fingerprint(byte[] encoded) {
        if (encoded.length < HEADER_BYTES || encoded[0] != MARKER_0 || encoded[1] != MARKER_1) {
            throw new UndecodableException("the value has no single-object header");
        }
        return ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    private static byte[] header(long fingerprint) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER_0)
                .put(MARKER_1)
                .putLong(fingerprint)
                .array();
    }

    /** A schema may have to be waited for, so it is looked up outside the map: that would hold up readers of others. */
    private DatumReader<T> reader(long written, WriterSchemas schemas) {
        DatumReader<T> known = readers.get(written);
        if (known != null) {
            return known;
        }
        DatumReader<T> made = readerOf(written == fingerprint ? schema : schemas.find(written));
        DatumReader<T> earlier = readers.putIfAbsent(written, made);
        return earlier == null ? made : earlier;
    }

    @SuppressWarnings("unchecked") // the model's writer for T's schema writes T
    private DatumWriter<T> writerOf() {
        return (DatumWriter<T>) model.createDatumWriter(schema);
    }

    @SuppressWarnings("unchecked") // the reader's own schema is T's
    private DatumReader<T> readerOf(Schema written) {
        return (DatumReader<T>) model.createDatumReader(written, schema);
    }

    /** The generated class carries a model of its own that knows its logical types. */
    private static SpecificData modelOf(Class<? extends SpecificRecordBase> type) {
        try {
            return type.getDeclaredConstructor().newInstance().getSpecificData();
        } catch (InstantiationException
                | IllegalAccessException
                | NoSuchMethodException
                | InvocationTargetException e) {
            throw new IllegalArgumentException(type + " is not a generated record", e);
        }
    }
}
