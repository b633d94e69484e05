package io.jenkins.plugins.imagefactory.openstack.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an upload does when the project has an image of that name already, or another upload is about to make one. */
public enum IfExists {
    /** Uploads another image of the same name, which Glance allows. */
    KEEP,
    /** Fails. */
    ERROR,
    /** Takes one that is active and has the same data. */
    SKIP,
    /** Uploads, and then renames and hides the older ones. */
    REPLACE;

    /** @throws IllegalArgumentException with one sentence that names the choices */
    public static IfExists of(String parameter) {
        for (IfExists candidate : values()) {
            if (candidate.parameter().equals(parameter)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("ifExists is '" + parameter + "', but must be one of " + parameters());
    }

    public static List<String> parameters() {
        return Arrays.stream(values()).map(IfExists::parameter).toList();
    }

    private String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
