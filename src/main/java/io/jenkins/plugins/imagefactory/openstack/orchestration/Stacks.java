package io.jenkins.plugins.imagefactory.openstack.orchestration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.sdk.OpenStack4j;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.openstack4j.api.Builders;
import org.openstack4j.model.heat.Resource;

/** Heat's stacks in one project. */
public final class Stacks {
    private static final int TRIES_TO_LIST = 5;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int NESTED_DEPTH = 5;

    private final Session session;
    private final OpenStack4j heat;

    private Stacks(Session session) {
        this.session = session;
        heat = new OpenStack4j(session, ServiceType.ORCHESTRATION, "Heat");
    }

    public static Stacks of(Session session) {
        return new Stacks(session);
    }

    /** Where they are, for messages. */
    public String place() throws OpenStackException {
        return session.place();
    }

    /** The one of that id or exact name; an id comes first. */
    public Optional<Stack> find(String idOrName) throws OpenStackException {
        Optional<Stack> byId = ResourceId.isId(idOrName) ? first("id", idOrName) : Optional.empty();
        return byId.isPresent() ? byId : first("name", idOrName);
    }

    /** The one that has that tag, which no other has. */
    public Optional<Stack> tagged(String tag) throws OpenStackException {
        return list("tags", tag).stream().findFirst();
    }

    /**
     * The one that was begun: by its id, and by its tag until that is known, since whoever changes a stack may replace its tags.
     *
     * @param id null until Heat has told it
     */
    public Optional<Stack> begun(String tag, @CheckForNull String id) throws OpenStackException {
        return id == null ? tagged(tag) : first("id", id);
    }

    /** The tags that it has. */
    List<String> tags(Stack stack) throws OpenStackException {
        return Heat.of(session).tags(stack);
    }

    /** As {@link Heat#preview} tells. */
    List<String> preview(StackRequest request) throws OpenStackException {
        return Heat.of(session).preview(request);
    }

    /** As {@link Heat#previewUpdate} tells. */
    List<String> previewUpdate(Stack stack, StackRequest request) throws OpenStackException {
        return Heat.of(session).previewUpdate(stack, request);
    }

    private Optional<Stack> first(String filter, String value) throws OpenStackException {
        return list(filter, value).stream()
                .filter(stack -> stack.id().equals(value) || stack.name().equals(value))
                .findFirst();
    }

    /** While Heat changes another stack it may answer 400 to this (its log has a TypeError then), and the list to the next try. */
    private List<Stack> list(String filter, String value) throws OpenStackException {
        for (int attempt = 1; ; attempt++) {
            try {
                return heat.call(client -> client.heat().stacks().list(Map.of(filter, value))).stream()
                        .filter(stack -> stack != null && stack.getId() != null && stack.getName() != null)
                        .map(Stacks::read)
                        .filter(stack -> !stack.isDeleted())
                        .toList();
            } catch (OpenStackException e) {
                if (e.status() != BAD_REQUEST || attempt == TRIES_TO_LIST) {
                    throw e;
                }
            }
        }
    }

    /**
     * Lets Heat begin to make it.
     *
     * @return its id
     * @throws OpenStackException with Heat's reason when it refuses; {@link #isConflict} tells one of them
     */
    public String create(StackRequest request) throws OpenStackException {
        return heat.call(client -> client.heat()
                        .stacks()
                        .create(Builders.stack()
                                .name(request.name())
                                .template(request.template())
                                .files(request.files())
                                .environment(request.environment())
                                .parameters(request.parameters())
                                .tags(request.tagList())
                                .timeoutMins(request.timeoutMinutes())
                                .build()))
                .getId();
    }

    /** Whether Heat refused because there is a stack of that name, or because it is at work on the one to change. */
    static boolean isConflict(OpenStackException refusal) {
        return refusal.status() == CONFLICT;
    }

    /** Lets Heat begin to change it to what is asked. */
    public void update(Stack stack, StackRequest request) throws OpenStackException {
        heat.call(client -> client.heat()
                .stacks()
                .update(
                        stack.name(),
                        stack.id(),
                        Builders.stackUpdate()
                                .template(request.template())
                                .files(request.files())
                                .environment(request.environment())
                                .parameters(request.parameters())
                                .tags(request.tagList())
                                .timeoutMins(request.timeoutMinutes())
                                .build()));
    }

    /** Lets Heat begin to delete it; fine if it is gone. */
    public void delete(Stack stack) throws OpenStackException {
        try {
            heat.call(client -> client.heat().stacks().delete(stack.name(), stack.id()));
        } catch (OpenStackException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
    }

    /** How it is now, without its outputs, which Heat would make for it; empty if it is gone. */
    public Optional<Stack> status(Stack stack) throws OpenStackException {
        return first("id", stack.id());
    }

    /** How it is now, with its outputs. */
    public Stack details(Stack stack) throws OpenStackException {
        return read(heat.call(client -> client.heat().stacks().getDetails(stack.name(), stack.id())));
    }

    /** Its resources, and with {@code nested} those of the stacks in it. */
    public List<StackResource> resources(Stack stack, boolean nested) throws OpenStackException {
        return heat
                .call(client ->
                        client.heat().resources().list(stack.name() + "/" + stack.id(), nested ? NESTED_DEPTH : 0))
                .stream()
                .map(Stacks::resource)
                .toList();
    }

    public StackEvents events(Stack stack) {
        return new StackEvents(heat, stack);
    }

    private static Stack read(org.openstack4j.model.heat.Stack stack) {
        return new Stack(
                stack.getId(),
                stack.getName(),
                Objects.requireNonNullElse(stack.getStatus(), ""),
                Objects.requireNonNullElse(stack.getStackStatusReason(), ""),
                outputs(stack.getOutputs()));
    }

    private static Map<String, String> outputs(@CheckForNull List<Map<String, Object>> outputs) {
        Map<String, String> values = new TreeMap<>();
        if (outputs != null) {
            outputs.forEach(
                    output -> values.put(String.valueOf(output.get("output_key")), text(output.get("output_value"))));
        }
        return values;
    }

    private static String text(@CheckForNull Object value) {
        if (value == null || value instanceof String) {
            return Objects.toString(value, "");
        }
        return HttpTransport.JSON.valueToTree(value).toString();
    }

    private static StackResource resource(Resource resource) {
        return new StackResource(
                resource.getResourceName(),
                Objects.requireNonNullElse(resource.getType(), ""),
                Objects.requireNonNullElse(resource.getPhysicalResourceId(), ""),
                Objects.requireNonNullElse(resource.getResourceStatus(), ""),
                Objects.requireNonNullElse(resource.getReason(), ""));
    }
}
