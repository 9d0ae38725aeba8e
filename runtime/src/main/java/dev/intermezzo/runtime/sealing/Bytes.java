package dev.intermezzo.runtime.sealing;

import java.nio.ByteBuffer;

/** Avro's byte buffers as arrays, read without moving their position. */
final class Bytes {
    private Bytes() {}

    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
