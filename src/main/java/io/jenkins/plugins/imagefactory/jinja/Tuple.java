package io.jenkins.plugins.imagefactory.jinja;

import java.util.Arrays;
import java.util.List;

/**
 * A Python tuple.
 *
 * @param names of the items where they have some (a group of {@code groupby} has a grouper and a list), else empty
 */
record Tuple(List<Object> items, List<String> names) {
    Tuple(List<Object> items) {
        this(items, List.of());
    }

    static Tuple of(Object... items) {
        return new Tuple(Arrays.asList(items));
    }
}
