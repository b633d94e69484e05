package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

public interface FailureHandler extends Serializable {
    Throwable handle(StepContext ctx, Throwable t);

    static FailureHandler merge(FailureHandler original, FailureHandler subsequent) {
        return original == null
                ? subsequent
                : (context, failure) -> subsequent.handle(context, original.handle(context, failure));
    }
}
