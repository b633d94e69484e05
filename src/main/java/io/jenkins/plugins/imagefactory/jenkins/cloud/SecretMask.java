package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.console.ConsoleLogFilter;
import hudson.model.AbstractBuild;
import hudson.util.Secret;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/** Puts {@code ****} in place of secrets in a console, also where they are quoted for a shell or encoded in Base64. */
public final class SecretMask extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Secret pattern;
    private final String charset;

    /** @param charset of the console */
    public SecretMask(Collection<String> secrets, String charset) {
        this.pattern = Secret.fromString(
                SecretPatterns.getAggregateSecretPattern(secrets).pattern());
        this.charset = charset;
    }

    @SuppressWarnings("rawtypes")
    @Override
    public OutputStream decorateLogger(AbstractBuild build, OutputStream console) {
        return new SecretPatterns.MaskingOutputStream(console, () -> Pattern.compile(pattern.getPlainText()), charset);
    }
}
