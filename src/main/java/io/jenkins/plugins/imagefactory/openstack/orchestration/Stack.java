package io.jenkins.plugins.imagefactory.openstack.orchestration;

import java.util.Map;

/**
 * A stack as Heat shows it.
 *
 * @param status an action and what became of it, such as {@code CREATE_COMPLETE}
 * @param reason why it has that status
 * @param outputs by name, each a text: what is no text in the template is JSON; none while they are not asked for
 * @see <a href="https://docs.openstack.org/api-ref/orchestration/v1/#show-stack-details">Show stack details</a>
 */
public record Stack(String id, String name, String status, String reason, Map<String, String> outputs) {
    public boolean isInProgress() {
        return status.endsWith("_IN_PROGRESS");
    }

    public boolean hasFailed() {
        return status.endsWith("_FAILED");
    }

    public boolean isBeingDeleted() {
        return status.equals("DELETE_IN_PROGRESS");
    }

    /** Whether Heat has tried to delete it, in vain. */
    public boolean hasFailedToGo() {
        return status.equals("DELETE_FAILED");
    }

    /** Heat shows stacks that are gone for a while. */
    public boolean isDeleted() {
        return status.equals("DELETE_COMPLETE");
    }
}
