package io.jenkins.plugins.imagefactory.openstack.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;

/** What a token is good for. */
public sealed interface Scope {

    /** The {@code scope} object of {@code POST /v3/auth/tokens}. */
    ObjectNode toJson();

    /** How error messages call it. */
    String label();

    /**
     * One project.
     *
     * @param project by name or id
     * @param domain by name or id; null for a project given by id
     */
    record OfProject(String project, @CheckForNull String domain) implements Scope {
        public OfProject(Project project) {
            this(project.id(), null);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode scope = HttpTransport.JSON.createObjectNode();
            ObjectNode node = scope.putObject("project");
            if (domain == null || ResourceId.isId(project)) {
                node.put("id", project);
            } else {
                node.put("name", project).set("domain", Domain.reference(domain));
            }
            return scope;
        }

        @Override
        public String label() {
            return "project '" + project + "'";
        }

        boolean isMetBy(@CheckForNull Project actual) {
            return actual != null
                    && (actual.id().equals(project) || actual.name().equals(project));
        }
    }

    /** A domain, by name or id, as administrators of domains use it. */
    record OfDomain(String domain) implements Scope {
        @Override
        public ObjectNode toJson() {
            ObjectNode scope = HttpTransport.JSON.createObjectNode();
            scope.set("domain", Domain.reference(domain));
            return scope;
        }

        @Override
        public String label() {
            return "domain '" + domain + "'";
        }
    }

    /** What the identity itself implies: the project of an application credential, or the user's default project. */
    record OfIdentity() implements Scope {
        @Override
        public ObjectNode toJson() {
            return null;
        }

        @Override
        public String label() {
            return "the default project";
        }
    }
}
