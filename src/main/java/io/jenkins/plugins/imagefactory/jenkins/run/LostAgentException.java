package io.jenkins.plugins.imagefactory.jenkins.run;

import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import java.util.Objects;

/** An operation failed because the connection to its agent was lost; the message is one sentence. */
public final class LostAgentException extends AbortException {
    private static final long serialVersionUID = 1L;
    /** What a call throws that was waiting for its answer. */
    private static final String REQUEST_ABORTED = "hudson.remoting.RequestAbortedException";

    private LostAgentException(String message) {
        super(message);
    }

    /** @param operation as users call it */
    public static LostAgentException in(BuildContext build, String operation, Throwable failure) {
        return new LostAgentException(build.node().title() + " was lost in the middle of " + operation + " ("
                + build.masking().text(reason(failure)) + ")");
    }

    /** Whether a failure is one of the connection, and not of what was done over it. */
    public static boolean explains(Throwable failure, FilePath workspace) {
        return Throwables.getCausalChain(failure).stream()
                        .anyMatch(cause -> cause instanceof ChannelClosedException
                                || cause.getClass().getName().equals(REQUEST_ABORTED))
                || workspace != null
                        && workspace.getChannel() instanceof Channel channel
                        && channel.isClosingOrClosed();
    }

    /** What lies deepest of what says something. */
    public static String reason(Throwable failure) {
        return Lists.reverse(Throwables.getCausalChain(failure)).stream()
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("the connection is closed");
    }
}
