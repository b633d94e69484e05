package io.jenkins.plugins.imagefactory.openstack.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.login.Project;
import io.jenkins.plugins.imagefactory.openstack.login.Projects;
import io.jenkins.plugins.imagefactory.openstack.login.Scope;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Shares one image with projects, several at a time, and accepts it there.
 *
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/#sharing">Image API v2: sharing</a>
 */
public final class ImageSharing {
    private static final int PROJECTS_AT_A_TIME = 8;
    private static final String ACCEPTED = "accepted";
    private static final String PRIVATE = "private";

    private final Session owner;
    private final Session acceptor;
    private final boolean exact;

    /**
     * @param acceptor whose identity accepts the image in each project; null to leave that to the projects
     * @param exact whether to take the image away from members that are not asked for
     */
    public ImageSharing(Session owner, @CheckForNull Session acceptor, boolean exact) {
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
    public record Share(
            String name,
            @CheckForNull String id,
            @CheckForNull String status,
            boolean changed,
            @CheckForNull String error) {}

    /**
     * Works on every project; one that fails does not stop the others. A private image becomes a shared one, once any of the
     * projects is found.
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
        Projects known = new Projects(owner);
        List<Wanted> wanted = inParallel(projects, name -> lookUp(known, name));
        if (wanted.stream().allMatch(project -> project.id() == null)) {
            return wanted.stream().map(Wanted::notFound).toList();
        }
        Set<Project> acceptable = acceptor == null ? Set.of() : acceptable(known);
        Glance glance = Glance.of(owner);
        if (PRIVATE.equals(image.visibility())) {
            glance.change(image, new ImageChanges().attribute("visibility", "shared"));
        }
        Map<String, String> members = glance.members(image.id());
        List<Share> shares = inParallel(
                wanted,
                project -> project.id() == null
                        ? project.notFound()
                        : shareWith(glance, image, project, acceptable, members));
        if (exact && wanted.stream().allMatch(project -> project.id() != null)) {
            shares.addAll(remove(
                    glance, image, members, wanted.stream().map(Wanted::id).collect(Collectors.toSet())));
        }
        return shares;
    }

    /** Whether that sharing has made a private image a shared one: only then can it have members. */
    public static boolean opened(Image image, List<Share> shares) {
        return PRIVATE.equals(image.visibility()) && shares.stream().anyMatch(share -> share.id() != null);
    }

    /** A project that is asked for: found, or why not. */
    private record Wanted(String name, Project project, String error) {
        private String id() {
            return project == null ? null : project.id();
        }

        private Share notFound() {
            return new Share(name, null, null, false, error);
        }
    }

    private static Wanted lookUp(Projects known, String name) {
        try {
            return new Wanted(name, known.find(name), null);
        } catch (OpenStackException e) {
            return new Wanted(name, null, e.getMessage());
        }
    }

    /** An application credential accepts in its own project only. */
    private Set<Project> acceptable(Projects ofOwner) throws OpenStackException {
        if (!acceptor.choosesProject()) {
            return Set.of(acceptor.project());
        }
        return new LinkedHashSet<>(acceptor == owner ? ofOwner.own() : acceptor.projects());
    }

    private static <T, R> List<R> inParallel(List<T> projects, Function<T, R> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(PROJECTS_AT_A_TIME);
        try {
            List<Callable<R>> tasks = new ArrayList<>();
            projects.forEach(project -> tasks.add(() -> work.apply(project)));
            List<R> done = new ArrayList<>();
            for (Future<R> result : threads.invokeAll(tasks)) {
                done.add(result.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Share shareWith(
            Glance glance, Image image, Wanted wanted, Set<Project> acceptable, Map<String, String> members) {
        String name = wanted.name();
        String id = wanted.id();
        try {
            String status = members.get(id);
            boolean added = status == null && glance.addMember(image.id(), id);
            boolean accepts = acceptable.stream().map(Project::id).anyMatch(id::equals);
            if (!accepts || ACCEPTED.equals(status)) {
                return new Share(name, id, status == null ? "pending" : status, added, null);
            }
            Glance.of((acceptor.choosesProject() ? acceptor.in(new Scope.OfProject(wanted.project())) : acceptor))
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
