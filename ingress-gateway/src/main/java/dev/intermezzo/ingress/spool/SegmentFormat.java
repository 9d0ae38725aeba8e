package dev.intermezzo.ingress.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a segment of the spool lies on the disk: eight bytes that name the format, then frames of a length, the length's
 * checksum, the content's checksum (both CRC-32C) and a content of at least one byte. The length has a checksum of its own,
 * because a changed one would otherwise pass for a frame that was not written to its end. Free of files, so that every way
 * in which a file can end is a plain test.
 */
final class SegmentFormat {

    /** A sealed webhook with what surrounds it is at most some 70 KiB. */
    static final int MOST_CONTENT = 1 << 20;

    static final int FRAME_HEAD = 3 * Integer.BYTES;

    private static final byte[] MAGIC = "IMZSPL01".getBytes(StandardCharsets.US_ASCII);

    private SegmentFormat() {}

    /** How a segment ends. */
    enum Ending {
        /** After a whole frame. */
        WHOLE,
        /**
         * Within a frame, or in zeros: the process or the machine went down while it was written. Nobody was told that it
         * is kept, because that takes an fsync of the whole frame.
         */
        TORN,
        /** Something that was written whole is not any more what was written. */
        DAMAGED
    }

    /**
     * What a segment holds.
     *
     * @param contents by their place in the segment; empty where a frame is damaged
     */
    record Reading(List<Optional<byte[]>> contents, Ending ending) {}

    static ByteBuffer head() {
        return ByteBuffer.wrap(MAGIC).asReadOnlyBuffer();
    }

    static int headBytes() {
        return MAGIC.length;
    }

    /** @throws IllegalArgumentException for a content that no reader would take */
    static ByteBuffer frame(byte[] content) {
        if (content.length < 1 || content.length > MOST_CONTENT) {
            throw new IllegalArgumentException("a frame of " + content.length + " bytes");
        }
        return ByteBuffer.allocate(FRAME_HEAD + content.length)
                .putInt(content.length)
                .putInt(checksum(length(content.length)))
                .putInt(checksum(ByteBuffer.wrap(content)))
                .put(content)
                .flip();
    }

    /** Reads whatever bytes a file may hold. */
    static Reading read(ByteBuffer file) {
        List<Optional<byte[]>> contents = new ArrayList<>();
        if (file.remaining() < MAGIC.length) {
            return new Reading(contents, Ending.TORN);
        }
        byte[] magic = new byte[MAGIC.length];
        file.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            return new Reading(contents, zeros(ByteBuffer.wrap(magic)) && zeros(file) ? Ending.TORN : Ending.DAMAGED);
        }
        boolean damaged = false;
        while (file.hasRemaining()) {
            if (file.remaining() < FRAME_HEAD || zeros(file.duplicate())) {
                return new Reading(contents, damaged ? Ending.DAMAGED : Ending.TORN);
            }
            int length = file.getInt();
            boolean meant = checksum(length(length)) == file.getInt();
            int checksum = file.getInt();
            if (!meant || length < 1 || length > MOST_CONTENT) {
                return new Reading(contents, Ending.DAMAGED);
            }
            if (length > file.remaining()) {
                return new Reading(contents, damaged ? Ending.DAMAGED : Ending.TORN);
            }
            byte[] content = new byte[length];
            file.get(content);
            boolean whole = checksum(ByteBuffer.wrap(content)) == checksum;
            damaged |= !whole;
            contents.add(whole ? Optional.of(content) : Optional.empty());
        }
        return new Reading(contents, damaged ? Ending.DAMAGED : Ending.WHOLE);
    }

    private static boolean zeros(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).flip();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}
