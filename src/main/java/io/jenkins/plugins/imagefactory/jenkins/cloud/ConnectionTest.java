package io.jenkins.plugins.imagefactory.jenkins.cloud;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.FormValidation;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.CloudLogin;
import io.jenkins.plugins.imagefactory.openstack.login.Project;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Logs in to a cloud as it stands in a form, asks Glance something, and tells what came of it. */
final class ConnectionTest {
    private ConnectionTest() {}

    static FormValidation of(OpenStackCloud cloud) throws InterruptedException {
        Optional<StandardCredentials> credentials =
                CloudCredentials.ofSystem(cloud.getCredentialsId(), cloud.getAuthUrl());
        if (credentials.isEmpty()) {
            return FormValidation.error(Messages.ConnectionTest_NoCredentials());
        }
        try {
            ClientOptions options = cloud.options(credentials.get(), null);
            try (HttpTransport http =
                    new HttpTransport(cloud.connections(options).withRetries(0))) {
                return masked(cloud.opened(options, http));
            }
        } catch (IOException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static FormValidation masked(OpenedCloud cloud) {
        CloudMask mask = new CloudMask(cloud);
        try {
            return report(cloud, mask);
        } catch (IOException e) {
            return FormValidation.error(mask.text(e.getMessage()));
        }
    }

    private static FormValidation report(OpenedCloud cloud, CloudMask mask) throws IOException {
        CloudLogin login = cloud.details();
        Session session = new Session(cloud.http(), login, mask);
        if (OpenedCloud.lacksProject(login)) {
            return FormValidation.warning(
                    mask.text(Messages.ConnectionTest_NoProject(session.user(), names(session.projects()))));
        }
        Glance.of(session).check();
        String found = Messages.ConnectionTest_Connected(
                session.user(),
                session.place(),
                session.region().isEmpty() ? "" : Messages.ConnectionTest_Region(session.region()),
                String.join(", ", session.services()),
                Duration.between(Instant.now(), session.tokenExpiry()).toMinutes());
        String warned = cloud.options().verify() ? found : Messages.ConnectionTest_ConnectedUnverified(found);
        Map<String, URI> unencrypted = session.unencrypted();
        if (!unencrypted.isEmpty()) {
            warned = Messages.ConnectionTest_ConnectedUnencrypted(warned, unencrypted);
        }
        return warned.equals(found) ? FormValidation.ok(mask.text(found)) : FormValidation.warning(mask.text(warned));
    }

    private static String names(List<Project> projects) {
        return projects.stream().map(Project::name).sorted().collect(Collectors.joining(", "));
    }
}
