package io.jenkins.plugins.imagefactory.openstack.orchestration;

/**
 * Something that happened to a resource of a stack, or to the stack itself.
 *
 * @param depth how many stacks lie around that of the resource
 * @param resource its name; that of the stack for the stack itself
 * @param status an action and what became of it, such as {@code CREATE_FAILED}
 * @param reason an empty text if Heat gives none
 */
public record StackEvent(int depth, String resource, String status, String reason) {
    /** In one line; nested stacks are indented. */
    public String line() {
        String because = reason.isEmpty() || reason.equals("state changed") ? "" : ": " + reason;
        return "  ".repeat(depth) + resource + " " + status + because;
    }
}
