package dev.intermezzo.partners.wallets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keccak-256 as Ethereum uses it: the hash that was chosen for SHA-3, with the padding it had before it became a standard.
 * Java's SHA3-256 pads otherwise, so it cannot stand in. It checks public addresses and keeps no secret.
 */
final class Keccak256 {

    private static final int RATE = 136;
    private static final int LANES = 25;
    private static final int ROUNDS = 24;
    private static final int HASH = 32;

    private static final long[] ROUND_CONSTANTS = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808AL, 0x8000000080008000L,
        0x000000000000808BL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008AL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000AL,
        0x000000008000808BL, 0x800000000000008BL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800AL, 0x800000008000000AL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };

    /** Along the one path of rho and pi: how far a lane is turned, and where it goes. */
    private static final int[] TURNS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };

    private static final int[] PLACES = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };

    private Keccak256() {}

    static byte[] hash(byte[] message) {
        byte[] padded = Arrays.copyOf(message, (message.length / RATE + 1) * RATE);
        padded[message.length] ^= 0x01;
        padded[padded.length - 1] ^= (byte) 0x80;
        long[] state = new long[LANES];
        ByteBuffer blocks = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        while (blocks.hasRemaining()) {
            for (int lane = 0; lane < RATE / Long.BYTES; lane++) {
                state[lane] ^= blocks.getLong();
            }
            permute(state);
        }
        ByteBuffer out = ByteBuffer.allocate(HASH).order(ByteOrder.LITTLE_ENDIAN);
        for (int lane = 0; lane < HASH / Long.BYTES; lane++) {
            out.putLong(state[lane]);
        }
        return out.array();
    }

    private static void permute(long[] state) {
        for (int round = 0; round < ROUNDS; round++) {
            theta(state);
            rhoAndPi(state);
            chi(state);
            state[0] ^= ROUND_CONSTANTS[round];
        }
    }

    private static void theta(long[] state) {
        long[] columns = new long[5];
        for (int lane = 0; lane < LANES; lane++) {
            columns[lane % 5] ^= state[lane];
        }
        for (int lane = 0; lane < LANES; lane++) {
            int x = lane % 5;
            state[lane] ^= columns[(x + 4) % 5] ^ Long.rotateLeft(columns[(x + 1) % 5], 1);
        }
    }

    private static void rhoAndPi(long[] state) {
        long moving = state[1];
        for (int step = 0; step < ROUNDS; step++) {
            int place = PLACES[step];
            long next = state[place];
            state[place] = Long.rotateLeft(moving, TURNS[step]);
            moving = next;
        }
    }

    private static void chi(long[] state) {
        long[] row = new long[5];
        for (int y = 0; y < LANES; y += 5) {
            System.arraycopy(state, y, row, 0, 5);
            for (int x = 0; x < 5; x++) {
                state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }
}
