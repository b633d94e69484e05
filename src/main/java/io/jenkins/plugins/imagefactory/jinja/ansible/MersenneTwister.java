package io.jenkins.plugins.imagefactory.jinja.ansible;

import java.math.BigInteger;
import java.util.function.IntSupplier;

/**
 * The generator that Python's {@code Random(seed)} is: MT19937, seeded with an array of numbers.
 *
 * @see <a href="https://doi.org/10.1145/272991.272995">Matsumoto, Nishimura: Mersenne Twister</a>
 */
final class MersenneTwister implements IntSupplier {
    private static final int SIZE = 624;
    private static final int MIDDLE = 397;

    private final int[] state = new int[SIZE];
    private int position = SIZE;

    /** @param seed of which the size counts, not the sign */
    MersenneTwister(BigInteger seed) {
        BigInteger size = seed.abs();
        int[] key = new int[Math.max(1, (size.bitLength() + 31) / 32)];
        for (int i = 0; i < key.length; i++) {
            key[i] = size.shiftRight(32 * i).intValue();
        }
        seed(key);
    }

    private void seed(int[] key) {
        state[0] = 19_650_218;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1_812_433_253 * mixed(i - 1) + i;
        }
        int i = 1;
        int j = 0;
        for (int k = Math.max(SIZE, key.length); k > 0; k--) {
            state[i] = (state[i] ^ mixed(i - 1) * 1_664_525) + key[j] + j;
            i = next(i);
            j = (j + 1) % key.length;
        }
        for (int k = SIZE - 1; k > 0; k--) {
            state[i] = (state[i] ^ mixed(i - 1) * 1_566_083_941) - i;
            i = next(i);
        }
        state[0] = 0x8000_0000;
    }

    private int mixed(int i) {
        return state[i] ^ state[i] >>> 30;
    }

    private int next(int i) {
        if (i + 1 < SIZE) {
            return i + 1;
        }
        state[0] = state[SIZE - 1];
        return 1;
    }

    @Override
    public int getAsInt() {
        if (position == SIZE) {
            twist();
        }
        int word = state[position++];
        word ^= word >>> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        return word ^ word >>> 18;
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int word = state[i] & 0x8000_0000 | state[(i + 1) % SIZE] & 0x7fff_ffff;
            state[i] = state[(i + MIDDLE) % SIZE] ^ word >>> 1 ^ ((word & 1) == 0 ? 0 : 0x9908_b0df);
        }
        position = 0;
    }
}
