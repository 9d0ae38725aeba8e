package dev.intermezzo.fuzzing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A part of an input, {@code from} inclusive, {@code to} exclusive. */
final class Piece {

    private static final int WHOLE = 1_000;

    private final byte[] input;
    private final int from;
    private final int to;

    Piece(byte[] input, int from, int to) {
        this.input = input;
        this.from = from;
        this.to = to;
    }

    /** The piece at these thousandths of the input. */
    static Piece of(byte[] input, int from, int length) {
        int start = place(input, from);
        long size = length == 0 ? 0 : Math.max(1, (long) input.length * length / WHOLE);
        return new Piece(input, start, (int) Math.min(input.length, start + size));
    }

    static int place(byte[] input, int at) {
        return (int) ((long) input.length * at / WHOLE);
    }

    static byte[] bounded(byte[] input) {
        return input.length <= Mutation.LONGEST ? input : Arrays.copyOf(input, Mutation.LONGEST);
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(input, from, to);
    }

    byte[] repeated(int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times && out.size() < Mutation.LONGEST; i++) {
            out.write(input, from, to - from);
        }
        return out.toByteArray();
    }

    byte[] replacedBy(byte[] other) {
        byte[] result = new byte[from + other.length + input.length - to];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(other, 0, result, from, other.length);
        System.arraycopy(input, to, result, from + other.length, input.length - to);
        return bounded(result);
    }
}
