package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.Serializable;

/** By what an operation outlives a restart of the controller or a lost connection to the agent. */
public interface Continuity {
    /** In freestyle jobs, which outlive neither: what is kept is known as long as the operation runs. */
    static Continuity ofThisRun() {
        return new Continuity() {
            private volatile Serializable kept;

            @Override
            public Serializable kept() {
                return kept;
            }

            @Override
            public void keep(Serializable state) {
                kept = state;
            }

            @Override
            public boolean lasts() {
                return false;
            }

            @Override
            public void checkController() {
                // the operation ends with the controller
            }

            @Override
            public BuildContext awaitAgent() {
                throw new UnsupportedOperationException("a build that does not last has lost its agent for good");
            }
        };
    }

    /** What the operation kept last, before a restart perhaps; null before it has kept anything. */
    @CheckForNull
    Serializable kept();

    /** Keeps how far the operation is; returns when that is safe. */
    void keep(Serializable state) throws IOException, InterruptedException;

    /** Whether the operation is begun anew, with what it kept, after a restart. */
    boolean lasts();

    /** @throws ControllerStops if the controller is about to */
    void checkController();

    /** Waits until the agent and the workspace are there again; only where the operation {@link #lasts}. */
    BuildContext awaitAgent() throws InterruptedException;
}
