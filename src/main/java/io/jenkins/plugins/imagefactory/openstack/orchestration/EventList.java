package io.jenkins.plugins.imagefactory.openstack.orchestration;

import java.util.List;
import org.openstack4j.model.heat.Event;
import org.openstack4j.openstack.heat.domain.HeatEvent;
import org.openstack4j.openstack.heat.internal.BaseHeatServices;

/** The list of events with what openstack4j's own leaves out: nested stacks, and pages. */
final class EventList extends BaseHeatServices {
    /**
     * The next events in the order of their time.
     *
     * @param nested how deep nested stacks are looked into
     * @param after id of the last one that is known; null for the first page
     */
    List<? extends Event> page(Stack stack, int nested, String after, int size) {
        return get(HeatEvent.Events.class, uri("/stacks/%s/%s/events", stack.name(), stack.id()))
                .param("nested_depth", nested)
                .param("sort_keys", "created_at")
                .param("limit", size)
                .param("marker", after)
                .execute()
                .getList();
    }
}
