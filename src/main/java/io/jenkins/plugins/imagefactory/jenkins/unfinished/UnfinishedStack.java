package io.jenkins.plugins.imagefactory.jenkins.unfinished;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stack;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import java.util.Optional;
import java.util.function.Consumer;

/** A stack that is not complete yet, or that its build is to delete. */
public final class UnfinishedStack extends Unfinished {
    private final String name;
    private final String tag;
    private final String id;

    /**
     * @param tag which no other stack has
     * @param id null until Heat has told it
     */
    public UnfinishedStack(Run<?, ?> build, CloudChoice choice, String name, String tag, @CheckForNull String id) {
        super(build, choice);
        this.name = name;
        this.tag = tag;
        this.id = id;
    }

    @Override
    boolean isCalled(String wanted) {
        return super.isCalled(wanted) || wanted.equals(id);
    }

    @Override
    String mark() {
        return tag;
    }

    @Override
    String subject() {
        return "heat";
    }

    @Override
    String title() {
        return "Stack '" + name + "' was left when its build ended";
    }

    /** Heat takes its time: that it is gone is seen at a later look. */
    @Override
    boolean delete(Session session, Consumer<String> told) throws OpenStackException {
        Stacks stacks = Stacks.of(session);
        Optional<Stack> left = stacks.tagged(tag);
        if (left.isEmpty()) {
            return true;
        }
        Stack stack = left.get();
        if (stack.isBeingDeleted()) {
            return false;
        }
        stacks.delete(stack);
        if (stack.hasFailedToGo()) {
            throw new OpenStackException(stack.reason());
        }
        told.accept("Stack '" + name + "' (" + stack.id() + ") was left when its build ended, so it is deleted");
        return false;
    }
}
