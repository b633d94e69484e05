package io.jenkins.plugins.imagefactory.openstack;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
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
    private static final String ACCEPTED = "accepted";

    private final Session owner;
    private final Session acceptor;
    private final boolean exact;

    /**
     * @param acceptor whose identity accepts the image in each project; null to leave that to the projects
     * @param exact whether to take the image away from members that are not asked for
     */
    public ImageSharing(Session owner, Session acceptor, boolean exact) {
        this.owner = owner;
        this.acceptor = acceptor;
        this.exact = exact;
    }

    /**
     * What became of one project.
     *
     * @param name as it was asked for
     * @param id null if the project was not found
     * @param status of the member in Glance: accepted, pending or rejected; or visible, if every project sees the image;
     *     or removed; null on error
     * @param changed whether anything was done
     * @param error one sentence, or null
     */
    public record Share(String name, String id, String status, boolean changed, String error) {}

    /**
     * Works on every project; one that fails does not stop the others.
     *
     * @param projects each by name, by id, or as {@code name@domain}
     * @return one share for each project, in the same order, and then those that were removed
     */
    public List<Share> share(Image image, List<String> projects) throws OpenStackException, InterruptedException {
        if (List.of("public", "community").contains(image.visibility())) {
            return projects.stream()
                    .map(project -> new Share(project, null, "visible", false, null))
                    .toList();
        }
        Glance glance = owner.glance();
        if ("private".equals(image.visibility())) {
            glance.change(image, new ImageChanges().attribute("visibility", "shared"));
        }
        Projects known = new Projects(owner);
        Set<Project> acceptable = acceptor == null ? Set.of() : acceptable(known);
        Map<String, String> members = glance.members(image.id());
        Set<String> wanted = new ConcurrentSkipListSet<>();
        List<Share> shares = inParallel(projects, project -> {
            Share share = shareWith(glance, image, project, known, acceptable, members);
            if (share.id() != null) {
                wanted.add(share.id());
            }
            return share;
        });
        if (exact && shares.stream().allMatch(share -> share.id() != null)) {
            shares.addAll(remove(glance, image, members, wanted));
        }
        return shares;
    }

    /** An application credential accepts in its own project only. */
    private Set<Project> acceptable(Projects ofOwner) throws OpenStackException {
        if (!acceptor.choosesProject()) {
            return Set.of(acceptor.project());
        }
        return new LinkedHashSet<>(acceptor == owner ? ofOwner.own() : acceptor.projects());
    }

    @FunctionalInterface
    private interface Work {
        Share on(String project);
    }

    private static List<Share> inParallel(Iterable<String> projects, Work work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(PROJECTS_AT_A_TIME);
        try {
            List<Callable<Share>> tasks = new ArrayList<>();
            projects.forEach(project -> tasks.add(() -> work.on(project)));
            List<Share> done = new ArrayList<>();
            for (Future<Share> share : threads.invokeAll(tasks)) {
                done.add(share.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Share shareWith(
            Glance glance,
            Image image,
            String name,
            Projects known,
            Set<Project> acceptable,
            Map<String, String> members) {
        String id = null;
        try {
            Project project = known.find(name);
            id = project.id();
            String status = members.get(id);
            boolean added = status == null && glance.addMember(image.id(), id);
            boolean accepts = acceptable.stream().map(Project::id).anyMatch(id::equals);
            if (!accepts || ACCEPTED.equals(status)) {
                return new Share(name, id, status == null ? "pending" : status, added, null);
            }
            (acceptor.choosesProject() ? acceptor.in(new Scope.OfProject(project)) : acceptor)
                    .glance()
                    .accept(image.id(), id);
            return new Share(name, id, ACCEPTED, true, null);
        } catch (OpenStackException e) {
            return new Share(name, id, null, false, e.getMessage());
        }
    }

    private List<Share> remove(Glance glance, Image image, Map<String, String> members, Set<String> wanted)
            throws InterruptedException {
        List<String> unwanted = members.keySet().stream()
                .filter(id -> !wanted.contains(id))
                .sorted()
                .toList();
        return inParallel(unwanted, id -> {
            try {
                glance.removeMember(image.id(), id);
                return new Share(id, id, "removed", true, null);
            } catch (OpenStackException e) {
                return new Share(id, id, null, false, e.getMessage());
            }
        });
    }
}
