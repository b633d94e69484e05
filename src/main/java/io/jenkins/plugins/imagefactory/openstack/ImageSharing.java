package io.jenkins.plugins.imagefactory.openstack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Shares one image with projects, several at a time, and accepts it there.
 *
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#sharing">Image API v2: sharing</a>
 */
public final class ImageSharing {
    private static final int PROJECTS_AT_A_TIME = 8;

    private final Session owner;
    private final boolean accept;

    /** @param accept whether to accept the image in each project with the owner's own identity */
    public ImageSharing(Session owner, boolean accept) {
        this.owner = owner;
        this.accept = accept;
    }

    /**
     * What became of one project.
     *
     * @param name as it was asked for
     * @param id null if the project was not found
     * @param status the member's status in Glance: accepted, pending or rejected; null on error
     * @param changed whether anything was done
     * @param error one sentence, or null
     */
    public record Share(String name, String id, String status, boolean changed, String error) {}

    /**
     * Works on every project; one that fails does not stop the others.
     *
     * @param projects names or ids
     * @return one share for each project, in the same order
     */
    public List<Share> share(Image image, List<String> projects) throws OpenStackException, InterruptedException {
        Glance glance = owner.glance();
        if (List.of("public", "community").contains(image.visibility())) {
            throw new OpenStackException(
                    "image '" + image.name() + "' is " + image.visibility()
                            + ", so every project sees it already and it has no members: share it only when it is private or shared");
        }
        if ("private".equals(image.visibility())) {
            glance.set(image.id(), "visibility", "shared");
        }
        List<Project> known = owner.projects();
        ExecutorService threads = Executors.newFixedThreadPool(PROJECTS_AT_A_TIME);
        try {
            List<Future<Share>> shares = new ArrayList<>();
            for (String project : projects) {
                shares.add(threads.submit(() -> shareWith(glance, image, project, known)));
            }
            List<Share> done = new ArrayList<>();
            for (Future<Share> share : shares) {
                done.add(share.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Share shareWith(Glance glance, Image image, String name, List<Project> known) {
        String id = null;
        try {
            Project project = find(name, known);
            id = project.id();
            boolean added = glance.addMember(image.id(), id);
            if (!accept || !mayAcceptFor(project, known)) {
                return new Share(name, id, added ? "pending" : glance.memberStatus(image.id(), id), added, null);
            }
            if (!added && "accepted".equals(glance.memberStatus(image.id(), id))) {
                return new Share(name, id, "accepted", false, null);
            }
            owner.in(project).glance().accept(image.id(), id);
            return new Share(name, id, "accepted", true, null);
        } catch (OpenStackException e) {
            return new Share(name, id, null, false, e.getMessage());
        }
    }

    private boolean mayAcceptFor(Project project, List<Project> known) {
        return owner.choosesProject() && known.contains(project);
    }

    private Project find(String nameOrId, List<Project> known) throws OpenStackException {
        List<Project> matches = known.stream()
                .filter(project ->
                        project.id().equals(nameOrId) || project.name().equals(nameOrId))
                .toList();
        if (matches.isEmpty()) {
            matches = ResourceId.isId(nameOrId) ? List.of(new Project(nameOrId, nameOrId, null)) : elsewhere(nameOrId);
        }
        if (matches.size() != 1) {
            throw new OpenStackException("there are " + matches.size() + " projects named '" + nameOrId
                    + "', so give the id of one: "
                    + matches.stream().map(Project::id).toList());
        }
        return matches.get(0);
    }

    /** A member may not list foreign projects; one whose role allows it finds them by name. */
    private List<Project> elsewhere(String name) throws OpenStackException {
        List<Project> found;
        try {
            found = owner.projectsNamed(name);
        } catch (OpenStackException e) {
            if (e.status() != 403) {
                throw e;
            }
            found = List.of();
        }
        if (found.isEmpty()) {
            throw new OpenStackException("project '" + name + "' does not exist in cloud '" + owner.cloudName()
                    + "', or " + owner.identityLabel()
                    + " may not see it: check the name, or give the project's id");
        }
        return found;
    }
}
