package dev.intermezzo.ingress.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record as it would have been sent: topic, key, headers and value, each with its length. The bytes are sealed as a whole,
 * so whoever decodes them knows that this installation wrote them.
 */
final class SpooledRecord {

    private static final byte VERSION = 1;

    private SpooledRecord() {}

    static byte[] encode(ProducerRecord<String, byte[]> record) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(utf8(record.topic()));
        parts.add(utf8(record.key()));
        parts.add(record.value());
        for (Header header : record.headers()) {
            parts.add(utf8(header.key()));
            parts.add(header.value());
        }
        ByteBuffer bytes = ByteBuffer.allocate(
                1 + parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
        bytes.put(VERSION);
        parts.forEach(part -> bytes.putInt(part.length).put(part));
        return bytes.array();
    }

    /** @throws IllegalArgumentException for what this build did not write: another one's version, or no record at all */
    static ProducerRecord<String, byte[]> decode(byte[] encoded) {
        if (encoded.length == 0 || encoded[0] != VERSION) {
            throw new IllegalArgumentException(
                    "a spooled record of version " + (encoded.length == 0 ? "none" : encoded[0]));
        }
        ByteBuffer bytes = ByteBuffer.wrap(encoded).position(1);
        String topic = text(part(bytes));
        String key = text(part(bytes));
        byte[] value = part(bytes);
        List<Header> headers = new ArrayList<>();
        while (bytes.hasRemaining()) {
            headers.add(new RecordHeader(text(part(bytes)), part(bytes)));
        }
        return new ProducerRecord<>(topic, null, key, value, headers);
    }

    private static byte[] part(ByteBuffer bytes) {
        int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("a spooled record that ends within a part");
        }
        byte[] part = new byte[length];
        bytes.get(part);
        return part;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(utf8(text), bytes)) {
            throw new IllegalArgumentException("a spooled record with a name that is no text");
        }
        return text;
    }
}
