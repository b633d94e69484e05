package io.jenkins.plugins.imagefactory.jenkins.result;

import java.util.List;
import java.util.Map;

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
    /**
     * A resource.
     *
     * @param id of what Heat made for it; an empty text if there is nothing
     */
    public record Resource(String name, String type, String id, String status) {}
}
