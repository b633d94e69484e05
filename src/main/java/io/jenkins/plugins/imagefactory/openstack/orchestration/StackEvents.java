package io.jenkins.plugins.imagefactory.openstack.orchestration;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.sdk.OpenStack4j;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openstack4j.model.common.Link;
import org.openstack4j.model.heat.Event;

/** The events of a stack and the stacks nested in it, each given once. */
public final class StackEvents {
    private static final int NESTED_DEPTH = 5;
    private static final int PAGE = 200;
    private static final int MOST = 100_000;
    /** Heat's clock tells seconds, and events of one second come in no order: those of the last few are asked for again. */
    private static final long MILLIS_ASKED_AGAIN = 5000;

    private final OpenStack4j heat;
    private final Stack stack;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> depths = new HashMap<>();
    private String marker;

    StackEvents(OpenStack4j heat, Stack stack) {
        this.heat = heat;
        this.stack = stack;
        depths.put(stack.id(), 0);
    }

    /** Those since the last call. */
    public List<StackEvent> next() throws OpenStackException {
        List<StackEvent> events = new ArrayList<>();
        List<Event> old = new ArrayList<>();
        String after = marker;
        List<? extends Event> page;
        do {
            String from = after;
            page = heat.call(client -> new EventList().page(stack, NESTED_DEPTH, from, PAGE));
            for (Event event : page) {
                if (seen.size() < MOST && seen.add(event.getId())) {
                    events.add(read(event));
                }
                old.add(event);
                after = event.getId();
            }
        } while (page.size() == PAGE && seen.size() < MOST);
        forget(old);
        return events;
    }

    private void forget(List<Event> asked) {
        if (!asked.isEmpty()) {
            long newest = asked.get(asked.size() - 1).getTime().getTime();
            for (Event event : asked) {
                if (event.getTime().getTime() < newest - MILLIS_ASKED_AGAIN) {
                    marker = event.getId();
                }
            }
        }
    }

    /** A resource that is a stack has that stack's id. */
    private StackEvent read(Event event) {
        int depth = depths.getOrDefault(stackOf(event), 0);
        String made = Objects.requireNonNullElse(event.getPhysicalResourceId(), "");
        depths.putIfAbsent(made, depth + 1);
        return new StackEvent(
                depth,
                event.getResourceName(),
                event.getResourceStatus(),
                Objects.requireNonNullElse(event.getReason(), ""));
    }

    /** The last part of the address of the stack. */
    private static String stackOf(Event event) {
        for (Link link : event.getLinks()) {
            if ("stack".equals(link.getRel())) {
                return link.getHref().substring(link.getHref().lastIndexOf('/') + 1);
            }
        }
        return "";
    }
}
