package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Ansible's filters for digests and Base64. */
final class HashFilters {
    private static final Map<String, String> DIGESTS = Map.ofEntries(
            Map.entry("md5", "MD5"),
            Map.entry("sha1", "SHA-1"),
            Map.entry("sha224", "SHA-224"),
            Map.entry("sha256", "SHA-256"),
            Map.entry("sha384", "SHA-384"),
            Map.entry("sha512", "SHA-512"),
            Map.entry("sha3_224", "SHA3-224"),
            Map.entry("sha3_256", "SHA3-256"),
            Map.entry("sha3_384", "SHA3-384"),
            Map.entry("sha3_512", "SHA3-512"));
    private static final Map<String, Charset> ENCODINGS = Map.of(
            "utf-8", StandardCharsets.UTF_8,
            "utf8", StandardCharsets.UTF_8,
            "ascii", StandardCharsets.US_ASCII,
            "us-ascii", StandardCharsets.US_ASCII,
            "latin-1", StandardCharsets.ISO_8859_1,
            "latin1", StandardCharsets.ISO_8859_1,
            "iso-8859-1", StandardCharsets.ISO_8859_1,
            "utf-16-le", StandardCharsets.UTF_16LE,
            "utf-16-be", StandardCharsets.UTF_16BE);

    private HashFilters() {}

    static void define(Functions filters) {
        filters.define("hash(data, hashtype='sha1')", (f, a) -> digest(a[0], AnsibleFilters.text(a[1])))
                .define("sha1(data)", (f, a) -> digest(a[0], "sha1"))
                .alias("checksum", "sha1")
                .define("to_uuid(string, namespace='361e6d51-faec-444a-9079-341386da8e2e')", (f, a) -> uuid(a[0], a[1]))
                .define("md5(data)", (f, a) -> digest(a[0], "md5"))
                .define(
                        "b64encode(string, encoding='utf-8')",
                        (f, a) -> f.budget().text(encoded(a[0], a[1])))
                .define("b64decode(string, encoding='utf-8')", (f, a) -> decoded(a[0], a[1]));
    }

    private static String digest(Object data, String type) {
        String algorithm = DIGESTS.get(type);
        if (algorithm == null) {
            throw new TemplateException(
                    "the hash type '" + type + "' is not supported", Suggestion.nearest(type, DIGESTS.keySet()));
        }
        byte[] bytes = PythonText.utf8(AnsibleFilters.text(data));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new TemplateException("the hash type '" + type + "' is switched off on this machine");
        }
    }

    /** Version 5: of a name in a namespace. */
    private static String uuid(Object name, Object namespace) {
        String space = AnsibleFilters.text(namespace)
                .replace("urn:", "")
                .replace("uuid:", "")
                .replaceAll("^[{}]+|[{}]+$|-", "");
        if (!space.matches("[0-9a-fA-F]{32}")) {
            throw new TemplateException("'" + AnsibleFilters.text(namespace) + "' is no UUID, as a namespace must be");
        }
        byte[] digest;
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(HexFormat.of().parseHex(space));
            digest = sha1.digest(PythonText.utf8(AnsibleFilters.text(name)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        digest[6] = (byte) (digest[6] & 0x0f | 0x50);
        digest[8] = (byte) (digest[8] & 0x3f | 0x80);
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    private static String encoded(Object text, Object encoding) {
        byte[] bytes = PythonText.bytes(AnsibleFilters.text(text), charset(encoding));
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** As Python does it: what is no letter of Base64 is skipped, but the padding must be there. */
    private static String decoded(Object text, Object encoding) {
        StringBuilder letters = new StringBuilder();
        int padding = 0;
        for (char c : AnsibleFilters.text(text).toCharArray()) {
            boolean letter = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
            if (letter) {
                letters.append(c);
                padding = 0;
            } else if (c == '=' && ++padding + letters.length() % 4 >= 4 && letters.length() % 4 > 1) {
                break;
            }
        }
        if (letters.length() % 4 == 1 || letters.length() % 4 != 0 && letters.length() % 4 + padding < 4) {
            throw new TemplateException("the text to decode is no Base64: its padding is incorrect");
        }
        byte[] bytes = Base64.getDecoder().decode(letters.toString());
        Charset charset = charset(encoding);
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new TemplateException("the decoded bytes are no text in " + charset);
        }
    }

    private static Charset charset(Object encoding) {
        String name = AnsibleFilters.text(encoding).toLowerCase(Locale.ROOT).replace('_', '-');
        Charset charset = ENCODINGS.get(name);
        if (charset == null) {
            throw new TemplateException(
                    "the encoding '" + name + "' is not supported", Suggestion.nearest(name, ENCODINGS.keySet()));
        }
        return charset;
    }
}
