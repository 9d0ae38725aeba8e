package dev.intermezzo.fuzzing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One change of an input. Places and lengths are thousandths of the input's length, so that a mutation fits every input
 * and still means much the same after jqwik has taken another one away.
 */
public sealed interface Mutation {

    /** No mutation makes an input longer than this; above every bound that our parsers set for theirs. */
    int LONGEST = 96 * 1024;

    /** The input after this mutation. The array that is passed in stays as it is. */
    byte[] apply(byte[] input, Corpus corpus);

    /** Takes a piece out. */
    record Cut(int from, int length) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            Piece piece = Piece.of(input, from, length);
            return piece.replacedBy(new byte[0]);
        }
    }

    /** Ends the input early. */
    record Truncate(int at) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            return Arrays.copyOf(input, Piece.place(input, at));
        }
    }

    /** Says a piece several times. */
    record Repeat(int from, int length, int times) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            Piece piece = Piece.of(input, from, length);
            return piece.replacedBy(piece.repeated(times));
        }
    }

    /** Exchanges two pieces. */
    record Swap(int first, int second, int length) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            Piece one = Piece.of(input, Math.min(first, second), length);
            Piece other = Piece.of(input, Math.max(first, second), length);
            if (one.to() > other.from()) {
                return input;
            }
            byte[] swapped = other.replacedBy(one.bytes());
            return new Piece(swapped, one.from(), one.to()).replacedBy(other.bytes());
        }
    }

    /** Puts a word of the parser's language, or of its enemies', over a piece; over nothing, it is inserted. */
    record Word(int from, int length, String word) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            return Piece.of(input, from, length).replacedBy(Line.bytes(word));
        }
    }

    /** Flips one bit. */
    record Flip(int at, int bit) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            if (input.length == 0) {
                return input;
            }
            byte[] flipped = input.clone();
            flipped[Math.min(Piece.place(input, at), input.length - 1)] ^= (byte) (1 << bit);
            return flipped;
        }
    }

    /** Turns the case of a piece's letters. */
    record Fold(int from, int length) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            Piece piece = Piece.of(input, from, length);
            byte[] folded = piece.bytes();
            for (int i = 0; i < folded.length; i++) {
                boolean letter = (folded[i] >= 'a' && folded[i] <= 'z') || (folded[i] >= 'A' && folded[i] <= 'Z');
                folded[i] ^= (byte) (letter ? 0x20 : 0);
            }
            return piece.replacedBy(folded);
        }
    }

    /** Puts another number in the place of one of those in the input. */
    record OtherNumber(int which, String number) implements Mutation {
        private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            List<MatchResult> numbers = NUMBER.matcher(new String(input, StandardCharsets.ISO_8859_1))
                    .results()
                    .toList();
            if (numbers.isEmpty()) {
                return input;
            }
            MatchResult found = numbers.get(Math.floorMod(which, numbers.size()));
            return new Piece(input, found.start(), found.end()).replacedBy(Line.bytes(number));
        }
    }

    /** Moves, drops or doubles one of the parts that a separator makes: fields, lines, elements. */
    record Part(String separator, int which, int to, What what) implements Mutation {
        /** What happens to it. */
        public enum What {
            MOVED,
            DROPPED,
            DOUBLED
        }

        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            List<String> parts = new ArrayList<>(List.of(text.split(Pattern.quote(separator), -1)));
            int at = Math.floorMod(which, parts.size());
            String part = what == What.DOUBLED ? parts.get(at) : parts.remove(at);
            if (what != What.DROPPED) {
                parts.add(Math.floorMod(to, parts.size() + 1), part);
            }
            return Piece.bounded(String.join(separator, parts).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Puts a piece of another example there. */
    record Splice(int at, int example, int from, int length) implements Mutation {
        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            byte[] piece = Piece.of(corpus.example(example), from, length).bytes();
            return Piece.of(input, at, 0).replacedBy(piece);
        }
    }

    /** Writes a piece in another way of writing. */
    record Encode(int from, int length, How how) implements Mutation {
        /** Ways of writing bytes. */
        public enum How {
            PERCENT,
            JSON_ESCAPES,
            UTF_16,
            HEX,
            OVERLONG_UTF_8
        }

        @Override
        public byte[] apply(byte[] input, Corpus corpus) {
            Piece piece = Piece.of(input, from, length);
            return piece.replacedBy(written(piece.bytes()));
        }

        private byte[] written(byte[] bytes) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 6);
            for (byte b : bytes) {
                String hex = HexFormat.of().toHexDigits(b);
                switch (how) {
                    case PERCENT -> out.writeBytes(ascii("%" + hex));
                    case JSON_ESCAPES -> out.writeBytes(ascii("\\u00" + hex));
                    case UTF_16 -> out.writeBytes(new byte[] {0, b});
                    case HEX -> out.writeBytes(ascii(hex));
                    case OVERLONG_UTF_8 ->
                        out.writeBytes(new byte[] {(byte) (0xc0 | (b & 0xff) >> 6), (byte) (0x80 | (b & 0x3f))});
                }
            }
            return out.toByteArray();
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
