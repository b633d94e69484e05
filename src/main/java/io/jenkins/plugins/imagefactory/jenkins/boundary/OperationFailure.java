package io.jenkins.plugins.imagefactory.jenkins.boundary;

import com.google.common.base.Throwables;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.heat.RenderException;
import io.jenkins.plugins.imagefactory.image.UnusableImageException;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.workspace.FullDisk;
import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import io.jenkins.plugins.imagefactory.workspace.UnusablePathException;
import io.jenkins.plugins.imagefactory.workspace.UnwritableFileException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What people read of a failure: one sentence where they can mend it. */
public record OperationFailure(BuildContext build, Exception failure) {
    /** What remoting adds to what an agent throws, for those who look for a bug. */
    private static final String CALL_SITE = "hudson.remoting.Channel$CallSiteStackTrace";

    /** The failure that says it; empty if it is that itself, or if a stack trace tells more. */
    Optional<IOException> inOneSentence() {
        return sentence()
                .map(sentence ->
                        build.masking().failure((IOException) new AbortException(sentence).initCause(failure)));
    }

    private Optional<String> sentence() {
        Optional<Throwable> full = Throwables.getCausalChain(failure).stream()
                .filter(OperationFailure::tellsOfAFullDisk)
                .findFirst();
        if (full.isPresent()) {
            return Optional.of(fullDisk(full.get()));
        }
        if (failure instanceof UnreadableFileException) {
            return Optional.of(failure.getMessage() + ": that is a matter of "
                    + build.node().title() + ", its disk and the rights of who runs the build there");
        }
        return isSentence(failure) && !(failure instanceof AbortException)
                ? Optional.of(failure.getMessage())
                : Optional.empty();
    }

    /** What else went wrong in its wake, a sentence each. */
    List<String> others() {
        return Arrays.stream(failure.getSuppressed())
                .filter(OperationFailure::isSentence)
                .map(Throwable::getMessage)
                .toList();
    }

    private static boolean isSentence(Throwable failure) {
        return failure instanceof OpenStackException
                || failure instanceof UnusableImageException
                || failure instanceof UnusablePathException
                || failure instanceof UnwritableFileException
                || failure instanceof RenderException
                || failure instanceof AbortException;
    }

    private static boolean tellsOfAFullDisk(Throwable failure) {
        return failure instanceof UnwritableFileException file
                ? file.isDiskFull()
                : failure instanceof IOException && FullDisk.isSaidIn(failure.getMessage());
    }

    private String fullDisk(Throwable said) {
        boolean here = isOfTheController(said);
        String place = here ? "the controller" : build.node().title();
        return "the disk of " + place + " is full: make room there, and build again (" + said.getMessage()
                + (here || said instanceof FileSystemException || said instanceof UnwritableFileException
                        ? ")"
                        : ", in " + build.node().workspace().getRemote() + ")");
    }

    /** Such as an archive of artifacts that finds no room. */
    private boolean isOfTheController(Throwable said) {
        return build.node().workspace() == null
                || build.node().workspace().isRemote()
                        && !isSentence(said)
                        && Throwables.getCausalChain(failure).stream()
                                .flatMap(cause -> Arrays.stream(cause.getSuppressed()))
                                .noneMatch(mark -> mark.getClass().getName().equals(CALL_SITE));
    }
}
