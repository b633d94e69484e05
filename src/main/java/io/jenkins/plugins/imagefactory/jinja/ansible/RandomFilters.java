package io.jenkins.plugins.imagefactory.jinja.ansible;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Attributes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/** Ansible's {@code random} and {@code shuffle}: with a seed they give what Python's generator gives. */
final class RandomFilters {
    private static final int BITS_OF_WORD = 32;
    /** Python's hash of a float is its value modulo this prime. */
    private static final int BITS_OF_HASH = 61;

    private static final long HASH_MODULUS = (1L << BITS_OF_HASH) - 1;
    private static final int BITS_OF_STEP = 28;

    private RandomFilters() {}

    static void define(Functions filters) {
        filters.define("random(end, start=None, step=None, seed=None)", RandomFilters::random)
                .define("shuffle(mylist, seed=None)", RandomFilters::shuffled);
    }

    private static Object random(Caller caller, Object[] a) {
        Undefined.fail(a[0]);
        IntSupplier words = words(a[3]);
        if (Types.isInteger(a[0])) {
            BigInteger start = Operators.truth(a[1]) ? integer(a[1]) : BigInteger.ZERO;
            BigInteger step = Operators.truth(a[2]) ? integer(a[2]) : BigInteger.ONE;
            return Numbers.normal(inRange(words, start, Numbers.big(a[0]), step));
        }
        if (!Iteration.isPossible(a[0])) {
            throw new TemplateException("random needs a number or a list, not a " + Types.name(a[0]));
        }
        if (Operators.truth(a[1]) || Operators.truth(a[2])) {
            throw new TemplateException("random takes 'start' and 'step' with a number only");
        }
        int length = Iteration.length(a[0]);
        if (length == 0) {
            throw new TemplateException("random cannot choose from nothing");
        }
        long index = below(words, BigInteger.valueOf(length)).longValue();
        Object chosen = Attributes.item(a[0], index);
        Undefined.fail(chosen);
        return chosen;
    }

    private static BigInteger integer(Object value) {
        if (!Types.isInteger(value)) {
            throw new TemplateException("random needs integers, not a " + Types.name(value));
        }
        return Numbers.big(value);
    }

    private static BigInteger inRange(IntSupplier words, BigInteger start, BigInteger end, BigInteger step) {
        BigInteger distance = end.subtract(start);
        BigInteger count = step.signum() > 0
                ? distance.add(step).subtract(BigInteger.ONE).divide(step)
                : distance.add(step).add(BigInteger.ONE).divide(step);
        if (distance.signum() != step.signum() || count.signum() <= 0) {
            throw new TemplateException("random has no number to choose: its range is empty");
        }
        return start.add(step.multiply(below(words, count)));
    }

    private static BigInteger below(IntSupplier words, BigInteger count) {
        BigInteger number;
        do {
            Budget.current().tick();
            number = bits(words, count.bitLength());
        } while (number.compareTo(count) >= 0);
        return number;
    }

    private static BigInteger bits(IntSupplier words, int count) {
        BigInteger bits = BigInteger.ZERO;
        for (int done = 0; done < count; done += BITS_OF_WORD) {
            int missing = Math.min(BITS_OF_WORD, count - done);
            long word = (words.getAsInt() & 0xffff_ffffL) >>> BITS_OF_WORD - missing;
            bits = bits.or(BigInteger.valueOf(word).shiftLeft(done));
        }
        return bits;
    }

    private static Object shuffled(Caller caller, Object[] a) {
        Undefined.fail(a[0]);
        if (!Iteration.isPossible(a[0])) {
            return a[0];
        }
        List<Object> elements = new ArrayList<>(Iteration.of(a[0]));
        caller.budget().elements(elements.size());
        Undefined.fail(a[1]);
        if (Operators.truth(a[1]) && !isSeed(a[1])) {
            return elements;
        }
        IntSupplier words = words(Operators.truth(a[1]) ? a[1] : null);
        for (int i = elements.size() - 1; i > 0; i--) {
            Collections.swap(
                    elements, i, below(words, BigInteger.valueOf(i + 1L)).intValue());
        }
        return elements;
    }

    private static boolean isSeed(Object value) {
        return Types.isNumber(value) || Types.isString(value);
    }

    /** @param seed null for numbers that nobody can tell before */
    private static IntSupplier words(@CheckForNull Object seed) {
        if (seed == null) {
            return () -> ThreadLocalRandom.current().nextInt();
        }
        if (Types.isInteger(seed)) {
            return new MersenneTwister(Numbers.big(seed));
        }
        if (seed instanceof Double real) {
            return new MersenneTwister(new BigInteger(Long.toUnsignedString(hash(real))));
        }
        Undefined.fail(seed);
        if (!Types.isString(seed)) {
            throw new TemplateException("a seed must be a number or a string, not a " + Types.name(seed));
        }
        byte[] text = PythonText.utf8(seed.toString());
        byte[] digest = sha512(text);
        byte[] both = new byte[text.length + digest.length];
        System.arraycopy(text, 0, both, 0, text.length);
        System.arraycopy(digest, 0, both, text.length, digest.length);
        return new MersenneTwister(new BigInteger(1, both));
    }

    private static byte[] sha512(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Python's {@code hash()}, so that equal numbers have equal ones. */
    private static long hash(double number) {
        if (Double.isInfinite(number) || Double.isNaN(number)) {
            return number > 0 ? 314_159 : number < 0 ? -314_159 : 0;
        }
        int exponent = number == 0 ? 0 : Math.getExponent(number) + 1;
        double fraction = Math.abs(number) / Math.pow(2, exponent);
        long hash = 0;
        while (fraction != 0) {
            hash = hash << BITS_OF_STEP & HASH_MODULUS | hash >>> BITS_OF_HASH - BITS_OF_STEP;
            fraction *= 1L << BITS_OF_STEP;
            exponent -= BITS_OF_STEP;
            long whole = (long) fraction;
            fraction -= whole;
            hash = (hash + whole) % HASH_MODULUS;
        }
        int turns = Math.floorMod(exponent, BITS_OF_HASH);
        hash = hash << turns & HASH_MODULUS | hash >>> BITS_OF_HASH - turns;
        long signed = number < 0 ? -hash : hash;
        return signed == -1 ? -2 : signed;
    }
}
