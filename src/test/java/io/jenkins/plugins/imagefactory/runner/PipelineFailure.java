package io.jenkins.plugins.imagefactory.runner;

/** A step failed: its cause is what the step threw. */
public final class PipelineFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PipelineFailure(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
