package io.jenkins.plugins.imagefactory.openstack.orchestration;

import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.time.Duration;
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
     * How the stack is when that is {@link #isDone done} or has failed, or when the {@code limit} is over; empty if it is gone. A
     * Heat that is away for a while is waited for.
     */
    Optional<Stack> await(StackAction action, Duration limit) throws OpenStackException, InterruptedException {
        Deadline end = Deadline.in(limit);
        Optional<Stack> last = Optional.of(stack);
        while (true) {
            try {
                last = look(action);
                if (last.isEmpty() || isDone(last.get(), action)) {
                    return last;
                }
            } catch (OpenStackException e) {
                if (!e.isPassing()) {
                    throw e;
                }
                observer.unreachable(e);
            }
            if (end.isOver()) {
                return last;
            }
            Thread.sleep(poll.toMillis());
        }
    }

    /**
     * A stack that was updated before has that status until Heat begins, which its events tell. A new one that has another status
     * was complete before.
     */
    boolean isDone(Stack now, StackAction action) {
        return !now.isInProgress()
                && switch (action) {
                    case CREATE -> true;
                    case UPDATE -> action.isSaidBy(now.status()) && heardOf;
                    case DELETE -> action.isSaidBy(now.status());
                };
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
