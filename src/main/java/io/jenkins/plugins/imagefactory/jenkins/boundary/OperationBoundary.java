package io.jenkins.plugins.imagefactory.jenkins.boundary;

import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ControllerStops;
import io.jenkins.plugins.imagefactory.jenkins.run.LostAgentException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one way out of a step: neither a result nor a failure that passes here tells a secret, and what users can mend is one
 * sentence instead of a stack trace.
 *
 * @param name of the step, as a Pipeline calls it
 * @param onNode whether it works with files of a node
 */
public record OperationBoundary(BuildContext build, String name, boolean onNode) {
    /** What is done within. */
    @FunctionalInterface
    public interface Operation<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * Runs the operation.
     *
     * @param undone what it has taken back if it is aborted; gives null if that is not worth a word
     * @throws LostAgentException if its agent was lost
     */
    public <T> T pass(Operation<T> operation, Supplier<String> undone) throws IOException, InterruptedException {
        try {
            return build.masking().data(operation.run());
        } catch (ControllerStops e) {
            throw e;
        } catch (IOException e) {
            throw failed(sentence(e).orElse(build.masking().failure(e)));
        } catch (InterruptedException e) {
            aborted(new OperationFailure(build, e).others(), undone);
            throw build.masking().failure(e);
        } catch (RuntimeException e) {
            Optional<IOException> sentence = sentence(e);
            if (sentence.isPresent()) {
                throw failed(sentence.get());
            }
            throw failed(build.masking().failure(e));
        } finally {
            build.masking().end();
        }
    }

    /** An operation that the controller's end broke off failed of nothing. */
    private Optional<IOException> sentence(Exception e) {
        build.continuity().checkController();
        OperationFailure failure = new OperationFailure(build, e);
        failure.others().forEach(build.console().listener()::error);
        if (onNode && LostAgentException.explains(e, build.node().workspace())) {
            return Optional.of(LostAgentException.in(build, name, e));
        }
        return failure.inOneSentence();
    }

    /** Keeps it with the build, unless the operation may begin again. */
    private <E extends Exception> E failed(E failure) {
        if (!(failure instanceof LostAgentException && build.continuity().lasts())) {
            try {
                build.record()
                        .failed(name, failure instanceof AbortException ? failure.getMessage() : failure.toString());
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    private void aborted(List<String> leftBehind, Supplier<String> undone) {
        build.continuity().checkController();
        leftBehind.forEach(build.console().listener()::error);
        String taken = leftBehind.isEmpty() ? undone.get() : null;
        build.console().log(name, "aborted" + (taken == null ? "" : "; " + taken));
    }
}
