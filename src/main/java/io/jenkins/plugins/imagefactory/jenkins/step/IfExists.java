package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What glanceUpload does when the project has an image of that name already. */
enum IfExists {
    /** Uploads another image of the same name, which Glance allows. */
    KEEP,
    /** Fails before anything is uploaded. */
    ERROR,
    /** Uploads nothing if one of them is active and has the same data. */
    SKIP,
    /** Uploads, and then renames and hides the older ones. */
    REPLACE;

    static IfExists of(String parameter) throws AbortException {
        for (IfExists candidate : values()) {
            if (candidate.parameter().equals(parameter)) {
                return candidate;
            }
        }
        throw new AbortException("ifExists is '" + parameter + "', but must be one of " + parameters());
    }

    static List<String> parameters() {
        return Arrays.stream(values()).map(IfExists::parameter).toList();
    }

    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
