package io.jenkins.plugins.imagefactory.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What Java digests of all that Glance's {@code hashing_algorithm} may be: the names of Python's hashlib. */
public enum DigestAlgorithm {
    MD5("MD5"),
    SHA1("SHA-1"),
    SHA224("SHA-224"),
    SHA256("SHA-256"),
    SHA384("SHA-384"),
    SHA512("SHA-512"),
    SHA3_224("SHA3-224"),
    SHA3_256("SHA3-256"),
    SHA3_384("SHA3-384"),
    SHA3_512("SHA3-512");

    private final String javaName;

    DigestAlgorithm(String javaName) {
        this.javaName = javaName;
    }

    /** @param name null for none */
    public static Optional<DigestAlgorithm> ofGlanceName(@CheckForNull String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.glanceName().equalsIgnoreCase(name))
                .findFirst();
    }

    /** As {@code os_hash_algo} has it. */
    public String glanceName() {
        return name().toLowerCase(Locale.ROOT);
    }

    MessageDigest begin() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
