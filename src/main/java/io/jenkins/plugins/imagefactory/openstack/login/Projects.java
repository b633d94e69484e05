package io.jenkins.plugins.imagefactory.openstack.login;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;
import java.util.List;

/** Finds projects as people name them, without any admin right as far as that goes. */
public final class Projects {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Session session;
    private final List<Project> own;

    public Projects(Session session) throws OpenStackException {
        this.session = session;
        this.own = session.projects();
    }

    /** Those that the session's identity can log in to. */
    public List<Project> own() {
        return own;
    }

    /**
     * The one project of that id or name.
     *
     * @param wanted a name that stands for itself may also be {@code name@domain}
     * @throws OpenStackException if there is none that this identity may see, or more than one
     */
    public Project find(String wanted) throws OpenStackException {
        List<Project> matches = own.stream()
                .filter(project -> project.id().equals(wanted) || project.name().equals(wanted))
                .toList();
        if (matches.isEmpty()) {
            matches = elsewhere(wanted);
        }
        if (matches.size() != 1) {
            throw new OpenStackException("there are " + matches.size() + " projects named '" + wanted
                    + "', so give the id of one, or its domain as '" + wanted + "@domain': "
                    + matches.stream().map(Project::id).toList());
        }
        return matches.get(0);
    }

    private List<Project> elsewhere(String wanted) throws OpenStackException {
        if (ResourceId.isId(wanted)) {
            return List.of(new Project(wanted, wanted, null));
        }
        List<Project> found = visible(wanted);
        int at = wanted.lastIndexOf('@');
        if (found.isEmpty() && at > 0) {
            found = inDomain(wanted.substring(0, at), wanted.substring(at + 1));
        }
        if (found.isEmpty()) {
            throw new OpenStackException("project '" + wanted + "' does not exist in cloud '" + session.cloudName()
                    + "', or " + session.identityLabel()
                    + " may not see it: check the name, or give the project's id");
        }
        return found;
    }

    /** A member may not list foreign projects; one whose role allows it finds them by name. */
    private List<Project> visible(String name) throws OpenStackException {
        try {
            return session.projectsNamed(name);
        } catch (OpenStackException e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            return List.of();
        }
    }

    /** Logging in to it tells a project's id to whoever has a role on it, and domains' names to nobody else. */
    private List<Project> inDomain(String name, String domain) throws OpenStackException {
        if (!session.choosesProject()) {
            return List.of();
        }
        try {
            return List.of(session.in(new Scope.OfProject(name, domain)).project());
        } catch (OpenStackException e) {
            if (e.status() != UNAUTHORIZED) {
                throw e;
            }
            return visible(name).stream()
                    .filter(project -> domain.equals(project.domainId()))
                    .toList();
        }
    }
}
