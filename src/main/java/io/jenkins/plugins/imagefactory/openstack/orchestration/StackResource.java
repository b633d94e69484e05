package io.jenkins.plugins.imagefactory.openstack.orchestration;

/**
 * A resource of a stack.
 *
 * @param type such as {@code OS::Nova::Server}
 * @param id of what Heat made for it; an empty text if there is nothing
 * @param reason an empty text if Heat gives none
 */
public record StackResource(String name, String type, String id, String status, String reason) {
    /** Whether it has failed, or Heat is at work on it. */
    public boolean isUnfinished() {
        return isInProgress() || status.endsWith("_FAILED");
    }

    public boolean isInProgress() {
        return status.endsWith("_IN_PROGRESS");
    }

    public boolean isServer() {
        return type.equals("OS::Nova::Server");
    }
}
