package io.jenkins.plugins.imagefactory.jenkins.masking;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets that become known one after the other; what finds them is made when it is needed, not for each of them. */
final class LearntSecrets {
    private final int shortest;
    private final Set<String> secrets = new LinkedHashSet<>();
    private Pattern pattern;

    /** @param shortest length of a secret that is hidden */
    LearntSecrets(int shortest) {
        this.shortest = shortest;
    }

    synchronized void learn(Collection<String> more) {
        for (String secret : more) {
            if (secret != null && secret.length() >= shortest && secrets.add(secret)) {
                pattern = null;
            }
        }
    }

    synchronized boolean isEmpty() {
        return secrets.isEmpty();
    }

    String hiddenIn(String text) {
        return pattern().matcher(text).replaceAll(Masking.MASK);
    }

    private synchronized Pattern pattern() {
        if (pattern == null) {
            pattern = SecretForms.pattern(secrets);
        }
        return pattern;
    }
}
