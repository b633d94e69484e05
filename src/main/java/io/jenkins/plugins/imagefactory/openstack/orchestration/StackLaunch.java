package io.jenkins.plugins.imagefactory.openstack.orchestration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
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
    private static final int NOT_FOUND = 404;
    /** As many polls: a minute and a half at one every two seconds. */
    private static final int LOOKS_FOR_A_LOST_STACK = 45;

    private static final int LOOKS_AFTER_A_CONFLICT = 10;

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

        /**
         * It has failed, or its time is up, and it is still there.
         *
         * @param unfinished resources that have failed or are still made
         * @param servers of those; all of the stack if none is among them
         */
        void failed(Stack stack, List<StackResource> unfinished, List<StackResource> servers)
                throws InterruptedException;

        /** A stack is deleted now. */
        void deleting(Stack stack);

        /** A new stack stays although nobody gets it. */
        void staying(Stack stack);

        /** Nobody has to look for it any more: Heat has refused it, or it is gone, or is to stay. */
        void settled(Begun begun);
    }

    /** It is somebody else's now, so it is not deleted. */
    private static final class NotOursException extends OpenStackException {
        private static final long serialVersionUID = 1L;

        NotOursException(String message) {
            super(message);
        }
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

    /**
     * Launches a stack, or makes one of that name what is asked. One that is replaced goes when Heat has seen what comes, which
     * it may still fail to make.
     */
    public Stack launch(StackRequest request, IfStackExists ifExists) throws IOException, InterruptedException {
        Optional<Stack> before = stacks.find(request.name());
        if (before.isPresent()) {
            switch (ifExists) {
                case UPDATE -> {
                    return update(before.get(), request);
                }
                case REPLACE -> {
                    stacks.preview(request.underAnotherName());
                    delete(before.get());
                }
                default -> throw new OpenStackException(taken(before.get()));
            }
        }
        return create(request);
    }

    private String taken(Stack stack) throws OpenStackException {
        return "there is a stack '" + stack.name() + "' (" + stack.id() + ", " + stack.status() + ") in "
                + stacks.place() + " already: choose another name, delete it, or say what to do with it (ifExists)";
    }

    /** What a launch would do, a line for each resource; nothing is made. */
    public List<String> preview(StackRequest request, IfStackExists ifExists) throws OpenStackException {
        Optional<Stack> before = stacks.find(request.name());
        if (before.isEmpty()) {
            return stacks.preview(request);
        }
        Stack existing = before.get();
        return switch (ifExists) {
            case UPDATE -> stacks.previewUpdate(existing, request);
            case REPLACE -> {
                List<String> changes = new ArrayList<>();
                changes.add(
                        "delete stack '" + existing.name() + "' (" + existing.id() + ", " + existing.status() + ")");
                changes.addAll(stacks.preview(request.underAnotherName()));
                yield changes;
            }
            default -> throw new OpenStackException(taken(existing));
        };
    }

    /** Goes on with one that was begun; begins if Heat has not heard of it. Tags may be replaced: what has an id goes by it. */
    public Stack goOn(Begun before, StackRequest request) throws IOException, InterruptedException {
        if (before.action() == StackAction.UPDATE) {
            Optional<Stack> begun = stacks.tagged(before.tag());
            return begun.isPresent() ? goOnUpdating(begun.get(), request) : launch(request, IfStackExists.UPDATE);
        }
        Optional<Stack> begun = stacks.begun(before.tag(), before.id());
        return begun.isPresent() ? finish(begun.get(), before, request) : create(request);
    }

    private Stack create(StackRequest request) throws IOException, InterruptedException {
        String tag = newTag();
        Begun asked = new Begun(request.name(), tag, null, StackAction.CREATE);
        observer.begun(asked);
        return finish(begin(request.tagged(tag), asked), asked, request);
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
    private Stack begin(StackRequest request, Begun asked) throws OpenStackException, InterruptedException {
        try {
            return new Stack(stacks.create(request), request.name(), "CREATE_IN_PROGRESS", "", Map.of());
        } catch (OpenStackException e) {
            if (Stacks.isConflict(e)) {
                observer.settled(asked);
                Optional<Stack> other = stacks.find(request.name());
                throw other.isPresent() ? new OpenStackException(e.status(), taken(other.get())) : e;
            }
            if (!e.isPassing()) {
                observer.settled(asked);
                throw e;
            }
            observer.unreachable(e);
            OpenStackException uncertain = new OpenStackException(
                    e.status(),
                    e.getMessage() + "; stack '" + asked.name() + "' (tag " + asked.tag() + ") may still appear in "
                            + stacks.place());
            return begunAfterAll(asked, LOOKS_FOR_A_LOST_STACK).orElseThrow(() -> uncertain);
        }
    }

    /**
     * What Heat has begun although its answer was lost. It checks a template first, which takes seconds, so it is asked for a
     * while.
     */
    private Optional<Stack> begunAfterAll(Begun asked, int looks) throws InterruptedException {
        for (int look = 0; look < looks; look++) {
            try {
                Optional<Stack> found = stacks.tagged(asked.tag());
                if (found.isPresent()) {
                    return found;
                }
            } catch (OpenStackException e) {
                observer.unreachable(e);
            }
            Thread.sleep(poll.toMillis());
        }
        return Optional.empty();
    }

    private Stack finish(Stack stack, Begun asked, StackRequest request) throws IOException, InterruptedException {
        Begun begun = new Begun(asked.name(), asked.tag(), stack.id(), StackAction.CREATE);
        try {
            observer.begun(begun);
            return completed(stack, watch(stack, stacks.events(stack)), StackAction.CREATE, request);
        } catch (NotOursException e) {
            observer.settled(begun);
            throw e;
        } catch (IOException | InterruptedException e) {
            discard(stack, begun, e);
            throw e;
        }
    }

    private Stack update(Stack stack, StackRequest request) throws IOException, InterruptedException {
        Begun asked = new Begun(request.name(), newTag(), stack.id(), StackAction.UPDATE);
        observer.begun(asked);
        List<String> tags = new ArrayList<>(stacks.tags(stack));
        tags.removeIf(tag -> tag.startsWith(TAG));
        StackEvents events = stacks.events(stack);
        events.next();
        try {
            stacks.update(stack, request.tagged(tags).tagged(asked.tag()));
        } catch (OpenStackException e) {
            requireBegunAfterAll(asked, stack, e);
        }
        return completed(stack, watch(stack, events), StackAction.UPDATE, request);
    }

    /** The answer to a second try may be that Heat is at work on the first. */
    private void requireBegunAfterAll(Begun asked, Stack stack, OpenStackException refusal)
            throws OpenStackException, InterruptedException {
        if (Stacks.isConflict(refusal)) {
            if (begunAfterAll(asked, LOOKS_AFTER_A_CONFLICT).isEmpty()) {
                throw refusal;
            }
        } else if (refusal.isPassing()) {
            observer.unreachable(refusal);
            if (begunAfterAll(asked, LOOKS_FOR_A_LOST_STACK).isEmpty()) {
                throw new OpenStackException(
                        refusal.status(),
                        refusal.getMessage() + "; stack '" + stack.name() + "' (" + stack.id()
                                + ") may still be changed (tag " + asked.tag() + ")");
            }
        } else {
            throw refusal;
        }
    }

    private Stack completed(Stack stack, StackWatch watch, StackAction action, StackRequest request)
            throws OpenStackException, InterruptedException {
        Stack ended = watch.await(action, request.timeout())
                .orElseThrow(() -> new NotOursException("stack '" + stack.name() + "' (" + stack.id()
                        + ") was deleted by somebody else while it was waited for"));
        String now = "stack '" + ended.name() + "' (" + ended.id() + ") is ";
        if (!watch.isDone(ended, action)) {
            tellWhatIsUnfinished(ended);
            throw new OpenStackException(now + "still " + ended.status() + ", and the time is up");
        }
        if (!action.isSaidBy(ended.status())) {
            throw new NotOursException(
                    now + ended.status() + ", so somebody else has changed it before it was seen complete: it stays");
        }
        if (ended.hasFailed()) {
            tellWhatIsUnfinished(ended);
            throw new OpenStackException(now + ended.status() + ": " + ended.reason());
        }
        return stacks.details(ended);
    }

    /** A stack that waits for a sign of its servers fails at what waits, and the servers know why. */
    private void tellWhatIsUnfinished(Stack stack) throws InterruptedException {
        List<StackResource> all = List.of();
        try {
            all = stacks.resources(stack, true);
        } catch (OpenStackException e) {
            observer.unreachable(e);
        }
        List<StackResource> unfinished =
                all.stream().filter(StackResource::isUnfinished).toList();
        List<StackResource> suspects = unfinished.stream().anyMatch(StackResource::isServer) ? unfinished : all;
        observer.failed(
                stack,
                unfinished,
                suspects.stream()
                        .filter(resource ->
                                resource.isServer() && !resource.id().isEmpty())
                        .toList());
    }

    private StackWatch watch(Stack stack, StackEvents events) {
        return new StackWatch(stacks, stack, events, poll, observer);
    }

    /**
     * Deletes a new stack that nobody gets because of that failure, to which is added what became of it; one that is to be
     * looked at stays, unless this is an abort. Runs also on an interrupted thread: the flag is put back for the caller.
     */
    public void discard(Stack stack, Begun begun, Exception why) {
        boolean interrupted = Thread.interrupted();
        try {
            if (keepsFailed && !interrupted && !(why instanceof InterruptedException)) {
                why.addSuppressed(new OpenStackException(stays(stack.name(), stack.id())));
                observer.staying(stacks.status(stack).orElse(stack));
            } else {
                delete(stack);
            }
            observer.settled(begun);
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
            Optional<Stack> left = watch(stack, events).await(StackAction.DELETE, TO_DELETE);
            if (left.isPresent()) {
                throw new OpenStackException(
                        "it is " + left.get().status() + ": " + left.get().reason());
            }
        } catch (OpenStackException e) {
            if (e.status() == NOT_FOUND && stacks.status(stack).isEmpty()) {
                return;
            }
            throw new OpenStackException(
                    e.status(),
                    "stack '" + stack.name() + "' (" + stack.id() + ") is left behind in " + stacks.place()
                            + ", to be deleted by hand: " + e.getMessage());
        }
    }
}
