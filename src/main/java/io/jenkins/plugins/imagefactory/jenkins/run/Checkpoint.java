package io.jenkins.plugins.imagefactory.jenkins.run;

import java.io.IOException;

/** What an operation that runs again after a restart of the controller knows of the run that was broken off. */
public interface Checkpoint {
    /** For operations that never run again. */
    Checkpoint NONE = new Checkpoint() {
        @Override
        public String last() {
            return null;
        }

        @Override
        public void set(String value) {
            // nobody will ask for it
        }
    };

    /** What was set last, also in the run that was broken off; null if nothing was. */
    String last();

    /** Returns when it is safe. */
    void set(String value) throws IOException, InterruptedException;
}
