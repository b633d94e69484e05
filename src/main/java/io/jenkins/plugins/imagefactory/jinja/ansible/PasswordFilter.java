package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Ansible's {@code password_hash}: what the shadow file of a guest holds of a password. */
final class PasswordFilter {
    private static final String SALT_CHARACTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String BCRYPT = "bcrypt";
    private static final Map<String, String> TYPES = Map.of(
            "sha512",
            "sha512_crypt",
            "sha512_crypt",
            "sha512_crypt",
            "sha256",
            "sha256_crypt",
            "sha256_crypt",
            "sha256_crypt",
            "blowfish",
            BCRYPT,
            BCRYPT,
            BCRYPT);
    private static final Pattern SALT = Pattern.compile("[./0-9A-Za-z]+");
    private static final List<String> IDENTS = List.of("2a", "2b", "2y");
    private static final int LONGEST_SALT = 16;
    private static final int LONGEST_PASSWORD = 4096;
    private static final int LEAST_ROUNDS = 1000;
    private static final int IMPLICIT_ROUNDS = 5000;
    /** So many rounds of so many blocks take seconds, and nothing can look at the clock meanwhile. */
    private static final long MOST_BLOCKS = 2_000_000;

    private static final int BYTES_OF_BLOCK = 64;
    private static final int BCRYPT_SALT = 22;
    private static final int BCRYPT_BYTES = 72;
    private static final int BCRYPT_ROUNDS = 12;
    private static final int LEAST_BCRYPT_ROUNDS = 4;
    private static final int MOST_BCRYPT_ROUNDS = 14;

    private PasswordFilter() {}

    static void define(Functions filters) {
        filters.define(
                "password_hash(password, hashtype='sha512', salt=None, salt_size=None, rounds=None, ident=None)",
                PasswordFilter::hash);
    }

    private static Object hash(Caller caller, Object[] a) {
        Undefined.fail(a[0]);
        if (!Types.isString(a[0])) {
            throw new TemplateException("password_hash needs a string, not a " + Types.name(a[0]));
        }
        String password = a[0].toString();
        if (password.length() > LONGEST_PASSWORD || password.indexOf('\0') >= 0) {
            throw new TemplateException(
                    "password_hash needs a password of at most " + LONGEST_PASSWORD + " characters, none of them NUL");
        }
        String type = AnsibleFilters.text(a[1]);
        String known = TYPES.get(type);
        if (known == null) {
            throw new TemplateException(
                    "password_hash does not know the type '" + type + "'; it knows sha512, sha256 and bcrypt",
                    Suggestion.nearest(type, TYPES.keySet()));
        }
        byte[] secret = PythonText.utf8(password);
        String salt = Operators.truth(a[2]) ? AnsibleFilters.text(a[2]) : null;
        if (salt != null && !SALT.matcher(salt).matches()) {
            throw new TemplateException("the salt of password_hash has characters other than letters, digits, . and /");
        }
        int rounds = Operators.truth(a[4]) ? Numbers.toInt(a[4], "the rounds of password_hash") : 0;
        String hash = known.equals(BCRYPT)
                ? bcrypt(secret, salt, rounds, Operators.truth(a[5]) ? AnsibleFilters.text(a[5]) : "2b")
                : sha2(known, secret, salt == null ? random(size(a[3])) : salt, rounds);
        caller.budget().reads(Budget.ONE_LOOK_AT_THE_CLOCK);
        return hash;
    }

    private static int size(Object wanted) {
        int size = Operators.truth(wanted) ? Numbers.toInt(wanted, "the salt_size of password_hash") : LONGEST_SALT;
        if (size < 1 || size > LONGEST_SALT) {
            throw new TemplateException("the salt of password_hash has 1 to " + LONGEST_SALT + " characters");
        }
        return size;
    }

    private static String random(int length) {
        SecureRandom random = new SecureRandom();
        StringBuilder salt = new StringBuilder();
        for (int i = 0; i < length; i++) {
            salt.append(SALT_CHARACTERS.charAt(random.nextInt(SALT_CHARACTERS.length())));
        }
        return salt.toString();
    }

    private static String sha2(String type, byte[] secret, String salt, int given) {
        boolean sha512 = type.equals("sha512_crypt");
        int rounds = given == 0 ? (sha512 ? 656_000 : 535_000) : given;
        if (salt.length() > LONGEST_SALT) {
            throw new TemplateException("the salt of password_hash has 1 to " + LONGEST_SALT + " characters");
        }
        long blocks = rounds * (1 + (secret.length + salt.length()) / (long) BYTES_OF_BLOCK);
        if (rounds < LEAST_ROUNDS || blocks > MOST_BLOCKS) {
            throw new TemplateException("password_hash makes at least " + LEAST_ROUNDS
                    + " rounds, and not so many that one hash takes seconds, but " + rounds + " are asked for");
        }
        String setting = rounds == IMPLICIT_ROUNDS ? salt : "rounds=" + rounds + "$" + salt;
        byte[] copy = secret.clone();
        return sha512 ? Sha2Crypt.sha512Crypt(copy, "$6$" + setting) : Sha2Crypt.sha256Crypt(copy, "$5$" + setting);
    }

    private static String bcrypt(byte[] secret, String given, int wanted, String ident) {
        int rounds = wanted == 0 ? BCRYPT_ROUNDS : wanted;
        if (rounds < LEAST_BCRYPT_ROUNDS || rounds > MOST_BCRYPT_ROUNDS) {
            throw new TemplateException("bcrypt takes " + LEAST_BCRYPT_ROUNDS + " to " + MOST_BCRYPT_ROUNDS
                    + " as its rounds here, which are powers of two, but " + rounds + " are asked for");
        }
        if (!IDENTS.contains(ident)) {
            throw new TemplateException(
                    "bcrypt knows the idents " + String.join(", ", IDENTS) + ", not '" + ident + "'");
        }
        String salt = given == null ? random(BCRYPT_SALT) : given;
        if (salt.length() != BCRYPT_SALT) {
            throw new TemplateException("the salt of bcrypt has " + BCRYPT_SALT + " characters");
        }
        byte[] used = Arrays.copyOf(secret, Math.min(secret.length, BCRYPT_BYTES));
        return BCrypt.hashpw(used, String.format("$%s$%02d$%s", ident, rounds, salt));
    }
}
