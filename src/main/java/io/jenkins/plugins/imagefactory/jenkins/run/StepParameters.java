package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import java.util.function.UnaryOperator;

/** Reads the parameters of a step: freestyle jobs write {@code ${VAR}} in them, in Pipelines Groovy has expanded all. */
public final class StepParameters {
    private final UnaryOperator<String> expansion;

    private StepParameters(UnaryOperator<String> expansion) {
        this.expansion = expansion;
    }

    static StepParameters literal() {
        return new StepParameters(UnaryOperator.identity());
    }

    static StepParameters expandedBy(EnvVars env) {
        return new StepParameters(env::expand);
    }

    /** The parameter's value, with variables expanded; null stays null. */
    public String expand(String parameter) {
        return parameter == null ? null : expansion.apply(parameter);
    }

    /**
     * The parameter's value, with variables expanded.
     *
     * @param otherwise the sentence that ends the operation if nothing is left of it
     */
    public String required(String parameter, String otherwise) throws AbortException {
        String value = Util.fixEmptyAndTrim(expand(parameter));
        require(value != null, otherwise);
        return value;
    }

    /** Ends the operation with one sentence unless {@code holds}. */
    public static void require(boolean holds, String otherwise) throws AbortException {
        if (!holds) {
            throw new AbortException(otherwise);
        }
    }
}
