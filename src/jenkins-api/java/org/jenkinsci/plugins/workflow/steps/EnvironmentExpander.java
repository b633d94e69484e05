package org.jenkinsci.plugins.workflow.steps;

import hudson.EnvVars;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

public abstract class EnvironmentExpander implements Serializable {
    private static final long serialVersionUID = 1L;

    public abstract void expand(EnvVars env) throws IOException, InterruptedException;

    public Set<String> getSensitiveVariables() {
        return Set.of();
    }

    public static EnvironmentExpander constant(Map<String, String> env) {
        return new Constant(env);
    }

    private static final class Constant extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;

        private final Map<String, String> variables;

        Constant(Map<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public void expand(EnvVars env) {
            env.putAll(variables);
        }
    }

    public static EnvironmentExpander merge(EnvironmentExpander original, EnvironmentExpander subsequent) {
        return original == null ? subsequent : new Merged(original, subsequent);
    }

    private static final class Merged extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;

        private final EnvironmentExpander original;
        private final EnvironmentExpander subsequent;

        Merged(EnvironmentExpander original, EnvironmentExpander subsequent) {
            this.original = original;
            this.subsequent = subsequent;
        }

        @Override
        public void expand(EnvVars env) throws IOException, InterruptedException {
            original.expand(env);
            subsequent.expand(env);
        }

        @Override
        public Set<String> getSensitiveVariables() {
            Set<String> variables = new TreeSet<>(original.getSensitiveVariables());
            variables.addAll(subsequent.getSensitiveVariables());
            return variables;
        }
    }
}
