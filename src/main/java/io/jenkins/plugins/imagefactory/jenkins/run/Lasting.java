package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/** What an operation keeps of something that goes on without it. */
public interface Lasting extends Serializable {
    /**
     * The operation was ended while the agent was away, and nobody will follow what goes on there.
     *
     * @return what becomes of it, a sentence; null if that was told before
     */
    @CheckForNull
    String abandoned();
}
