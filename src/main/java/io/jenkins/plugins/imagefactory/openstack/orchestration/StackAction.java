package io.jenkins.plugins.imagefactory.openstack.orchestration;

/** What Heat does to a stack; statuses begin with it. */
public enum StackAction {
    CREATE,
    UPDATE,
    DELETE;

    boolean isSaidBy(String status) {
        return status.startsWith(name() + "_");
    }
}
