package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;

/** Where a file of the workspace lies in a build's archive. */
final class ArchivedFile {
    private ArchivedFile() {}

    /** Relative to the build's address; null for a file that was not archived. */
    @CheckForNull
    static String link(String path, Boolean archived) {
        return path != null && Boolean.TRUE.equals(archived)
                ? "artifact/" + Util.rawEncode(path).replace("%2F", "/")
                : null;
    }
}
