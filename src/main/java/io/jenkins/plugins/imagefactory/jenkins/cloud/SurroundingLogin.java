package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.masking.SecretForms;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/**
 * What the build environment of a freestyle build that runs has logged in to. In memory alone, since such a build outlives no
 * restart; its secrets are masked up to the end of its console.
 *
 * @param access of the build steps; null once they have ended
 * @param secrets matches them
 * @param sensitiveVariables those that hold one
 */
public record SurroundingLogin(@CheckForNull CloudAccess access, Pattern secrets, Set<String> sensitiveVariables) {
    private static final Cache<Run<?, ?>, SurroundingLogin> LOGINS =
            CacheBuilder.newBuilder().weakKeys().build();

    /** @param choice stands for what a build step leaves open */
    public static void begin(
            Run<?, ?> run, CloudChoice choice, Map<String, String> variables, Collection<String> secrets) {
        LOGINS.put(
                run,
                new SurroundingLogin(
                        new ChosenCloud(choice),
                        SecretForms.pattern(secrets),
                        variables.keySet().stream()
                                .filter(variable -> secrets.contains(variables.get(variable)))
                                .collect(Collectors.toUnmodifiableSet())));
    }

    /** The build steps have ended. */
    public static void end(Run<?, ?> run) {
        of(run).ifPresent(
                        login -> LOGINS.put(run, new SurroundingLogin(null, login.secrets, login.sensitiveVariables)));
    }

    public static Optional<SurroundingLogin> of(@CheckForNull Run<?, ?> run) {
        return Optional.ofNullable(run).map(LOGINS::getIfPresent);
    }

    /** Masks the secrets in the console of a build, which begins before there is a login. */
    public static final class Mask extends ConsoleLogFilter {
        @SuppressWarnings("rawtypes")
        @Override
        public OutputStream decorateLogger(Run build, OutputStream console) {
            Run<?, ?> run = build;
            return new SecretPatterns.MaskingOutputStream(
                    console,
                    () -> of(run).map(SurroundingLogin::secrets).orElse(null),
                    run.getCharset().name());
        }
    }
}
