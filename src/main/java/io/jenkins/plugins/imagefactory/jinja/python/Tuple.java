package io.jenkins.plugins.imagefactory.jinja.python;

import java.util.Arrays;
import java.util.List;

/**
 * A Python tuple.
 *
 * @param names of the items where they have some (a group of {@code groupby} has a grouper and a list), else empty
 */
public record Tuple(List<Object> items, List<String> names) {
    public Tuple(List<Object> items) {
        this(items, List.of());
    }

    public static Tuple of(Object... items) {
        return new Tuple(Arrays.asList(items));
    }
}
