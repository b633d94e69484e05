package io.jenkins.plugins.imagefactory.jenkins.masking;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/** The forms in which programs print a secret: whole and by lines, as shells quote it, in Base64, in JSON and in addresses. */
public final class SecretForms {
    private static final int SHORTEST_LINE = 4;
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private SecretForms() {}

    /** Finds each form of each secret; nothing if there are none. */
    public static Pattern pattern(Collection<String> secrets) {
        List<String> forms = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .flatMap(SecretForms::withItsLines)
                .flatMap(SecretForms::written)
                .distinct()
                .toList();
        return forms.isEmpty() ? NOTHING : SecretPatterns.getAggregateSecretPattern(forms);
    }

    /** A program prints a private key or a certificate line by line. */
    private static Stream<String> withItsLines(String secret) {
        return Stream.concat(
                Stream.of(secret), secret.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE));
    }

    private static Stream<String> written(String secret) {
        String inAddress = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                String.valueOf(JsonStringEncoder.getInstance().quoteAsString(secret)),
                inAddress,
                inAddress.replace("+", "%20"));
    }
}
