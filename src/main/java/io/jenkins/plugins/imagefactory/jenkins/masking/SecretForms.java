package io.jenkins.plugins.imagefactory.jenkins.masking;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/**
 * The forms in which programs print a secret: whole as it is, as shells quote it, in Base64, in JSON and in addresses; each
 * line of it as it is and in JSON.
 */
public final class SecretForms {
    private static final int SHORTEST_LINE = 4;
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private SecretForms() {}

    /** Finds each form of each secret; nothing if there are none. */
    public static Pattern pattern(Collection<String> secrets) {
        String alternatives = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .flatMap(SecretForms::withItsLines)
                .sorted(Comparator.comparingInt((Part part) -> part.text().length())
                        .reversed())
                .distinct()
                .map(Part::expression)
                .filter(expression -> !expression.isEmpty())
                .collect(Collectors.joining("|"));
        return alternatives.isEmpty() ? NOTHING : Pattern.compile(alternatives);
    }

    /** A program prints a private key or a certificate line by line. */
    private static Stream<Part> withItsLines(String secret) {
        List<String> lines = secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE && !line.equals(secret))
                .toList();
        return Stream.concat(
                Stream.of(new Part(secret, true)), lines.stream().map(line -> new Part(line, lines.size() == 1)));
    }

    private record Part(String text, boolean whole) {
        /** Empty if the text is too short for Jenkins to hide it. */
        String expression() {
            List<String> written = Stream.of(text, inJson()).distinct().toList();
            if (!whole) {
                return written.stream().map(Pattern::quote).collect(Collectors.joining("|"));
            }
            String inAddress = URLEncoder.encode(text, StandardCharsets.UTF_8);
            return SecretPatterns.getAggregateSecretPattern(
                            Stream.concat(written.stream(), Stream.of(inAddress, inAddress.replace("+", "%20")))
                                    .distinct()
                                    .toList())
                    .pattern();
        }

        private String inJson() {
            return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
        }
    }
}
