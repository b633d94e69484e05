package io.jenkins.plugins.imagefactory.jenkins.cloud;

import hudson.EnvVars;
import hudson.util.Secret;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** The variables of a block's cloud, in place of every one that comes from outside. Jenkins keeps the secrets encrypted. */
public final class ClientVariables extends EnvironmentExpander {
    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "OS_";

    private final Map<String, String> open = new TreeMap<>();
    private final Map<String, Secret> secret = new TreeMap<>();

    public ClientVariables(Map<String, String> variables, Collection<String> secrets) {
        variables.forEach((name, value) -> {
            if (secrets.contains(value)) {
                secret.put(name, Secret.fromString(value));
            } else {
                open.put(name, value);
            }
        });
    }

    @Override
    public void expand(EnvVars env) {
        removeFrom(env);
        open.forEach(env::override);
        secret.forEach((name, value) -> env.override(name, value.getPlainText()));
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return Set.copyOf(secret.keySet());
    }

    /** Removes all that says something of a login. */
    public static void removeFrom(EnvVars env) {
        env.keySet().removeIf(name -> name.startsWith(PREFIX));
    }
}
