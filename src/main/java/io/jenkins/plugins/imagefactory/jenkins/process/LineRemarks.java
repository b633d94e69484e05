package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** What the console adds to the lines of a program. */
public interface LineRemarks {
    /** Adds nothing. */
    LineRemarks NONE = line -> Remark.NONE;

    Remark on(String line);

    /**
     * What stands around one line.
     *
     * @param before right before it, such as a console note; may be empty
     * @param under a line of its own; null for none
     */
    record Remark(String before, @CheckForNull String under) {
        public static final Remark NONE = new Remark("", null);
    }
}
