package io.jenkins.plugins.imagefactory.openstack.orchestration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        List<String> more = new ArrayList<>(tags);
        more.add(tag);
        return new StackRequest(name, template, files, environment, parameters, more, timeout);
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
