package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.credentials.CredentialOptions;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Finds the credentials of clouds in Jenkins' store: for a build, for a form, and for its drop-downs. */
public final class CloudCredentials {
    private CloudCredentials() {}

    /**
     * Those that the build's scope holds, and notes that the build used them.
     *
     * @param authUrl the address that they are meant for; empty if only they know
     */
    static StandardCredentials of(Run<?, ?> run, String credentialsId, String cloud, String authUrl)
            throws AbortException {
        StandardCredentials credentials = CredentialsProvider.findCredentialById(
                credentialsId, StandardCredentials.class, run, meantFor(authUrl));
        if (credentials == null) {
            throw missing(credentialsId, cloud);
        }
        return CredentialsProvider.track(run, credentials);
    }

    /**
     * Those that the builds of a job may use, for its form.
     *
     * @param item null outside of any job
     */
    static StandardCredentials of(@CheckForNull Item item, String credentialsId, String cloud, String authUrl)
            throws AbortException {
        return visibleTo(item, credentialsId, authUrl).orElseThrow(() -> missing(credentialsId, cloud));
    }

    private static AbortException missing(String credentialsId, String cloud) {
        return new AbortException("credentials '" + credentialsId + "' of OpenStack cloud '" + cloud
                + "' do not exist, or are not visible to this job");
    }

    /** Those of the global configuration. */
    static Optional<StandardCredentials> ofSystem(String credentialsId, String authUrl) {
        return visibleTo(null, credentialsId, authUrl);
    }

    private static Optional<StandardCredentials> visibleTo(Item item, String credentialsId, String authUrl) {
        return Optional.ofNullable(CredentialsProvider.findCredentialByIdInItem(
                credentialsId, StandardCredentials.class, item, authenticationOf(item), meantFor(authUrl)));
    }

    /**
     * Whether the builds of a job may use credentials of that id and kind.
     *
     * @param item null outside of any job
     */
    public static boolean exist(
            @CheckForNull Item item, String credentialsId, Class<? extends StandardCredentials> kind) {
        return CredentialsProvider.findCredentialByIdInItem(
                        credentialsId, kind, item, authenticationOf(item), List.of())
                != null;
    }

    /**
     * The credentials that work, for those who may choose them; always the current value.
     *
     * @param item null in the global configuration
     */
    public static ListBoxModel options(@CheckForNull Item item, String current) {
        StandardListBoxModel options = new StandardListBoxModel();
        options.includeEmptyValue();
        if (mayChoose(item)) {
            options.includeMatchingAs(
                    authenticationOf(item), item, StandardCredentials.class, List.of(), new CredentialOptions.Usable());
        }
        options.includeCurrentValue(current);
        return options;
    }

    /** Whether the user may see which credentials there are. */
    public static boolean mayChoose(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /**
     * As whom the builds of a job run, and so look for credentials.
     *
     * @param item null outside of any job
     */
    public static Authentication authenticationOf(@CheckForNull Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private static List<DomainRequirement> meantFor(String authUrl) {
        return URIRequirementBuilder.fromUri(authUrl).build();
    }
}
