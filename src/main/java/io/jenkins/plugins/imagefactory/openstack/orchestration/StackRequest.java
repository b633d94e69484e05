package io.jenkins.plugins.imagefactory.openstack.orchestration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A stack to launch.
 *
 * @param template in YAML or JSON
 * @param files that the template names, by these names
 * @param environment in YAML; null for none
 * @param parameters values by name; lists and maps as JSON
 * @param timeout after which nobody waits for it any more
 */
public record StackRequest(
        String name,
        String template,
        Map<String, String> files,
        @CheckForNull String environment,
        Map<String, String> parameters,
        List<String> tags,
        Duration timeout) {
    private static final long SHORTEST_IN_HEAT = 60;

    /** The same with one more tag. */
    StackRequest tagged(String tag) {
        return tagged(List.of(tag));
    }

    /** The same with more tags. */
    StackRequest tagged(List<String> more) {
        Set<String> all = new LinkedHashSet<>(tags);
        all.addAll(more);
        return new StackRequest(name, template, files, environment, parameters, List.copyOf(all), timeout);
    }

    /** The same under a name that no stack has: Heat previews none whose name is taken. */
    StackRequest underAnotherName() {
        return new StackRequest(
                "preview-" + UUID.randomUUID(), template, files, environment, parameters, tags, timeout);
    }

    /** When Heat itself gives up; it uses that for the deletion, too, so it is never short. */
    long timeoutMinutes() {
        return Math.max(SHORTEST_IN_HEAT, timeout.toMinutes() + 1);
    }

    /** Null for none, as Heat wants it. */
    @CheckForNull
    String tagList() {
        return tags.isEmpty() ? null : String.join(",", tags);
    }
}
