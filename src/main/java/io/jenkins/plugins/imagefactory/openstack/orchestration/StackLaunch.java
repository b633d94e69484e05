package io.jenkins.plugins.imagefactory.openstack.orchestration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Launches a stack, which ends with one that is complete or, unless it is to be kept, with none; and deletes stacks. A new
 * stack has a tag that no other has, by which it is found again when an answer, or the controller, is lost.
 */
public final class StackLaunch {
    private static final String TAG = "image-factory-";
    private static final int LOOKS_FOR_A_LOST_STACK = 5;
    private static final Duration TO_DELETE = Duration.ofMinutes(30);

    private final Stacks stacks;
    private final Duration poll;
    private final boolean keepsFailed;
    private final Observer observer;

    /** Is told what happens on the way. */
    public interface Observer {
        /** There is, or is about to be, a new stack, or a change of one: whoever takes over from here goes on with it. */
        void begun(Begun begun) throws IOException, InterruptedException;

        void happened(StackEvent event);

        /** Heat could not be asked; it will be again. */
        void unreachable(OpenStackException why);

        /** It has failed, and is still there. */
        void failed(Stack stack, List<StackResource> resources) throws InterruptedException;

        /** A stack is deleted now. */
        void deleting(Stack stack);
    }

    /**
     * How a begun stack is found again.
     *
     * @param tag which it has as soon as Heat has begun, and no other has
     * @param id null until Heat has told it
     * @param action whether it is new, or is changed
     */
    public record Begun(
            String name, String tag, @CheckForNull String id, StackAction action) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param poll how often Heat is asked how far it is
     * @param keepsFailed whether a stack that has failed stays, to be looked at
     */
    public StackLaunch(Stacks stacks, Duration poll, boolean keepsFailed, Observer observer) {
        this.stacks = stacks;
        this.poll = poll;
        this.keepsFailed = keepsFailed;
        this.observer = observer;
    }

    /** Launches a stack, or makes one of that name what is asked. */
    public Stack launch(StackRequest request, IfStackExists ifExists) throws IOException, InterruptedException {
        Optional<Stack> before = stacks.find(request.name());
        if (before.isPresent()) {
            switch (ifExists) {
                case UPDATE -> {
                    return update(before.get(), request);
                }
                case REPLACE -> delete(before.get());
                default -> throw new OpenStackException(taken(before.get()));
            }
        }
        return create(request);
    }

    private String taken(Stack stack) throws OpenStackException {
        return "there is a stack '" + stack.name() + "' (" + stack.id() + ", " + stack.status() + ") in "
                + stacks.place() + " already: choose another name, delete it, or say what to do with it (ifExists)";
    }

    /** Goes on with one that was begun; begins if Heat has not heard of it. */
    public Stack goOn(Begun before, StackRequest request) throws IOException, InterruptedException {
        Optional<Stack> begun = stacks.tagged(before.tag());
        if (before.action() == StackAction.UPDATE) {
            return begun.isPresent() ? goOnUpdating(begun.get(), request) : launch(request, IfStackExists.UPDATE);
        }
        return begun.isPresent() ? finish(begun.get(), request) : create(request);
    }

    private Stack create(StackRequest request) throws IOException, InterruptedException {
        String tag = newTag();
        observer.begun(new Begun(request.name(), tag, null, StackAction.CREATE));
        Stack stack = begin(request.tagged(tag), tag);
        observer.begun(new Begun(request.name(), tag, stack.id(), StackAction.CREATE));
        return finish(stack, request);
    }

    /** What was told of it before the restart is not told again. */
    private Stack goOnUpdating(Stack stack, StackRequest request) throws OpenStackException, InterruptedException {
        StackEvents events = stacks.events(stack);
        events.next();
        return completed(stack, watch(stack, events).begun(), StackAction.UPDATE, request);
    }

    private static String newTag() {
        return TAG + UUID.randomUUID();
    }

    /** An answer that was lost does not keep Heat from its work. */
    private Stack begin(StackRequest request, String tag) throws OpenStackException, InterruptedException {
        try {
            return new Stack(stacks.create(request), request.name(), "CREATE_IN_PROGRESS", "", Map.of());
        } catch (OpenStackException e) {
            if (Stacks.isConflict(e)) {
                Optional<Stack> other = stacks.find(request.name());
                throw other.isPresent() ? new OpenStackException(e.status(), taken(other.get())) : e;
            }
            if (!e.isPassing()) {
                throw e;
            }
            return begunAfterAll(
                            tag,
                            e,
                            "stack '" + request.name() + "' may be left behind in " + stacks.place()
                                    + ", to be deleted by hand")
                    .orElseThrow(() -> e);
        }
    }

    /**
     * Whether Heat has begun although its answer was lost.
     *
     * @param otherwise what is to be known if Heat does not tell
     */
    private Optional<Stack> begunAfterAll(String tag, OpenStackException lost, String otherwise)
            throws OpenStackException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return stacks.tagged(tag);
            } catch (OpenStackException e) {
                if (attempt == LOOKS_FOR_A_LOST_STACK) {
                    throw new OpenStackException(
                            lost.status(),
                            lost.getMessage() + "; " + otherwise + ", since Heat does not tell: " + e.getMessage());
                }
            }
            Thread.sleep(poll.toMillis());
        }
    }

    private Stack finish(Stack stack, StackRequest request) throws IOException, InterruptedException {
        try {
            return completed(stack, watch(stack, stacks.events(stack)), StackAction.CREATE, request);
        } catch (IOException | InterruptedException e) {
            discard(stack, e);
            throw e;
        }
    }

    private Stack update(Stack stack, StackRequest request) throws IOException, InterruptedException {
        String tag = newTag();
        observer.begun(new Begun(request.name(), tag, stack.id(), StackAction.UPDATE));
        StackEvents events = stacks.events(stack);
        events.next();
        try {
            stacks.update(stack, request.tagged(tag));
        } catch (OpenStackException e) {
            if (!e.isPassing() && !Stacks.isConflict(e)
                    || begunAfterAll(tag, e, "stack '" + stack.name() + "' may be changed")
                            .isEmpty()) {
                throw e;
            }
        }
        return completed(stack, watch(stack, events), StackAction.UPDATE, request);
    }

    private Stack completed(Stack stack, StackWatch watch, StackAction action, StackRequest request)
            throws OpenStackException, InterruptedException {
        Stack ended = watch.await(action, Instant.now().plus(request.timeout()))
                .orElseThrow(() -> new OpenStackException("stack '" + stack.name() + "' (" + stack.id()
                        + ") was deleted by somebody else while it was waited for"));
        if (ended.hasFailed()) {
            observer.failed(ended, failedResources(ended));
            throw new OpenStackException(
                    "stack '" + ended.name() + "' (" + ended.id() + ") is " + ended.status() + ": " + ended.reason());
        }
        return stacks.details(ended);
    }

    private List<StackResource> failedResources(Stack stack) {
        List<StackResource> failed = new ArrayList<>();
        try {
            stacks.resources(stack, true).stream()
                    .filter(StackResource::hasFailed)
                    .forEach(failed::add);
        } catch (OpenStackException e) {
            observer.unreachable(e);
        }
        return failed;
    }

    private StackWatch watch(Stack stack, StackEvents events) {
        return new StackWatch(stacks, stack, events, poll, observer);
    }

    /** Runs also on an interrupted thread: the flag is put back for the caller afterwards. */
    private void discard(Stack stack, Exception why) {
        if (keepsFailed && !(why instanceof InterruptedException)) {
            why.addSuppressed(new OpenStackException(stays(stack.name(), stack.id())));
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            delete(stack);
        } catch (OpenStackException e) {
            why.addSuppressed(e);
        } catch (InterruptedException e) {
            interrupted = true;
            why.addSuppressed(new OpenStackException(
                    "stack '" + stack.name() + "' (" + stack.id() + ") is being deleted, which nobody waits for"));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What to know of a stack that is left. */
    public static String stays(String name, String id) {
        return "stack '" + name + "' stays: delete it with heatStackDelete '" + id + "', or openstack stack delete "
                + id;
    }

    /**
     * Deletes a stack and waits until it is gone.
     *
     * @throws OpenStackException that names it if it stays
     */
    public void delete(Stack stack) throws OpenStackException, InterruptedException {
        observer.deleting(stack);
        StackEvents events = stacks.events(stack);
        try {
            events.next();
            stacks.delete(stack);
            Optional<Stack> left =
                    watch(stack, events).await(StackAction.DELETE, Instant.now().plus(TO_DELETE));
            if (left.isPresent() && left.get().hasFailed()) {
                throw new OpenStackException(left.get().reason());
            }
        } catch (OpenStackException e) {
            throw new OpenStackException(
                    e.status(),
                    "stack '" + stack.name() + "' (" + stack.id() + ") is left behind in " + stacks.place()
                            + ", to be deleted by hand: " + e.getMessage());
        }
    }
}
