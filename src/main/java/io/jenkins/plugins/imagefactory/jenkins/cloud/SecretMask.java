package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.google.common.base.Throwables;
import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.jenkins.masking.SecretForms;
import java.io.OutputStream;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Puts {@code ****} in place of secrets, also where they are quoted for a shell or encoded in Base64: in the console of a
 * block, and in what its failure says after it.
 */
public final class SecretMask extends ConsoleLogFilter implements FailureHandler {
    private static final long serialVersionUID = 1L;

    private final Secret pattern;
    private final String charset;

    /** @param charset of the console */
    public SecretMask(Collection<String> secrets, String charset) {
        this.pattern = Secret.fromString(SecretForms.pattern(secrets).pattern());
        this.charset = charset;
    }

    @SuppressWarnings("rawtypes")
    @Override
    public OutputStream decorateLogger(Run build, OutputStream console) {
        return new SecretPatterns.MaskingOutputStream(console, () -> Pattern.compile(pattern.getPlainText()), charset);
    }

    @Override
    public Throwable handle(StepContext context, Throwable failure) {
        Pattern secrets = Pattern.compile(pattern.getPlainText());
        return secrets.matcher(Throwables.getStackTraceAsString(failure)).find()
                ? new AbortException(
                        secrets.matcher(String.valueOf(failure.getMessage())).replaceAll("****"))
                : failure;
    }
}
