package io.jenkins.plugins.imagefactory.openstack.orchestration;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits until Heat has done what it was asked, and tells what happens meanwhile. */
final class StackWatch {
    private static final int NOT_FOUND = 404;

    private final Stacks stacks;
    private final Stack stack;
    private final StackEvents events;
    private final Duration poll;
    private final StackLaunch.Observer observer;
    private boolean heardOf;

    /**
     * @param events of which those are told that nobody has heard of yet
     * @param poll between two looks, each of which is two requests
     */
    StackWatch(Stacks stacks, Stack stack, StackEvents events, Duration poll, StackLaunch.Observer observer) {
        this.stacks = stacks;
        this.stack = stack;
        this.events = events;
        this.poll = poll;
        this.observer = observer;
    }

    /** The same when Heat is known to have begun. */
    StackWatch begun() {
        heardOf = true;
        return this;
    }

    /**
     * How the stack is when that is done, or has failed; empty if it is gone. A Heat that is away for a while is waited for.
     *
     * @throws OpenStackException if it takes longer than until {@code end}
     */
    Optional<Stack> await(StackAction action, Instant end) throws OpenStackException, InterruptedException {
        String status = stack.status();
        while (true) {
            try {
                Optional<Stack> now = look(action);
                if (now.isEmpty() || isDone(now.get(), action)) {
                    return now;
                }
                status = now.get().status();
            } catch (OpenStackException e) {
                if (!e.isPassing()) {
                    throw e;
                }
                observer.unreachable(e);
            }
            if (Instant.now().isAfter(end)) {
                throw new OpenStackException("stack '" + stack.name() + "' (" + stack.id() + ") is still " + status
                        + ", and the time is up");
            }
            Thread.sleep(poll.toMillis());
        }
    }

    /** A stack that was updated before has that status until Heat begins, which its events tell. */
    private boolean isDone(Stack now, StackAction action) {
        return action.isSaidBy(now.status()) && !now.isInProgress() && (heardOf || action != StackAction.UPDATE);
    }

    private Optional<Stack> look(StackAction action) throws OpenStackException {
        try {
            Optional<Stack> now = stacks.status(stack);
            if (now.isPresent()) {
                tell(events.next(), action);
            }
            return now;
        } catch (OpenStackException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void tell(List<StackEvent> happened, StackAction action) {
        for (StackEvent event : happened) {
            heardOf |= event.depth() == 0 && event.resource().equals(stack.name()) && action.isSaidBy(event.status());
            observer.happened(event);
        }
    }
}
