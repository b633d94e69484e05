package io.jenkins.plugins.imagefactory.jenkins.result;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stack that Heat has launched or changed.
 *
 * @param status such as {@code CREATE_COMPLETE}
 * @param outputs by name, each a text: what is no text in the template is JSON
 * @param resources in the stack itself, not in nested ones
 * @param millis from the step's beginning to its end
 */
public record LaunchedStack(
        String id, String name, String status, Map<String, String> outputs, List<Resource> resources, long millis)
        implements OperationResult {
    /** The variables that those find who work in it: {@code STACK_ID}, {@code STACK_NAME}, {@code STACK_OUTPUT_<NAME>}. */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        outputs.forEach((output, value) ->
                variables.put("STACK_OUTPUT_" + output.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        variables.put("STACK_ID", id);
        variables.put("STACK_NAME", name);
        return variables;
    }

    /**
     * A resource.
     *
     * @param id of what Heat made for it; an empty text if there is nothing
     */
    public record Resource(String name, String type, String id, String status) {}
}
