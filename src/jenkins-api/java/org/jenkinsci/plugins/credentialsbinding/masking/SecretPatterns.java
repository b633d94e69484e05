package org.jenkinsci.plugins.credentialsbinding.masking;

import hudson.console.LineTransformationOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public class SecretPatterns {
    SecretPatterns() {}

    public static Pattern getAggregateSecretPattern(Collection<String> inputs) {
        return Pattern.compile(inputs.stream()
                .flatMap(input ->
                        Stream.of(input, Base64.getEncoder().encodeToString(input.getBytes(StandardCharsets.UTF_8))))
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    public static class MaskingOutputStream extends LineTransformationOutputStream.Delegating {
        private final Pattern pattern;
        private final String charset;

        public MaskingOutputStream(OutputStream out, Supplier<Pattern> secretPattern, String charsetName) {
            super(out);
            pattern = secretPattern.get();
            charset = charsetName;
        }

        @Override
        protected void eol(byte[] b, int len) throws IOException {
            out.write(pattern.matcher(new String(b, 0, len, charset))
                    .replaceAll("****")
                    .getBytes(charset));
        }
    }
}
