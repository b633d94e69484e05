package io.jenkins.plugins.imagefactory.openstack.orchestration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to do if there is a stack of the name already. */
public enum IfStackExists {
    /** Leave it, and fail. */
    ERROR,
    /** Change it to what is asked. */
    UPDATE,
    /** Delete it, then create one. */
    REPLACE;

    /** As steps say it: in small letters. */
    public static Optional<IfStackExists> of(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.label().equals(name))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(IfStackExists::label).toList();
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
