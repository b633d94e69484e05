package io.jenkins.plugins.imagefactory.jenkins.unfinished;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudChoice;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stack;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A stack that is not complete yet, or that its build is to delete. */
public final class UnfinishedStack extends Unfinished {
    private static final long MILLIS_UNTIL_HEAT_HAS_BEGUN =
            Duration.ofMinutes(10).toMillis();

    private final String name;
    private final String tag;
    private final String id;
    private final long asked;

    /**
     * @param tag which no other stack has
     * @param id null until Heat has told it
     */
    public UnfinishedStack(Run<?, ?> build, CloudChoice choice, String name, String tag, @CheckForNull String id) {
        super(build, choice);
        this.name = name;
        this.tag = tag;
        this.id = id;
        asked = System.currentTimeMillis();
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

    @Override
    String found() {
        return id == null ? "with the tag " + tag : "with the id " + id;
    }

    /**
     * Heat takes its time: that it is gone is seen at a later look, and one that it was asked for just now may still appear. Its
     * reasons are not told, since they may hold values that nobody knows to be secret any more.
     */
    @Override
    boolean delete(Session session, Consumer<String> told) throws OpenStackException {
        Stacks stacks = Stacks.of(session);
        Optional<Stack> left = stacks.begun(tag, id);
        if (left.isEmpty()) {
            return id != null || System.currentTimeMillis() - asked > MILLIS_UNTIL_HEAT_HAS_BEGUN;
        }
        Stack stack = left.get();
        if (stack.isBeingDeleted()) {
            return false;
        }
        stacks.delete(stack);
        if (stack.hasFailedToGo()) {
            throw new OpenStackException("Heat has failed to delete it, see: openstack stack show " + stack.id());
        }
        told.accept("Stack '" + name + "' (" + stack.id() + ") was left when its build ended, so it is deleted");
        return false;
    }
}
