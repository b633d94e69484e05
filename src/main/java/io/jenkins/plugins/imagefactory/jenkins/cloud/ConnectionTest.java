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
                return report(cloud.opened(options, http));
            }
        } catch (IOException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static FormValidation report(OpenedCloud cloud) throws IOException {
        CloudLogin login = cloud.details();
        Session session = new Session(cloud.http(), login);
        if (OpenedCloud.lacksProject(login)) {
            return FormValidation.warning(Messages.ConnectionTest_NoProject(session.user(), names(session.projects())));
        }
        Glance.of(session).check();
        String found = Messages.ConnectionTest_Connected(
                session.user(),
                session.place(),
                session.region(),
                String.join(", ", session.services()),
                Duration.between(Instant.now(), session.tokenExpiry()).toMinutes());
        if (!cloud.options().verify()) {
            return FormValidation.warning(Messages.ConnectionTest_ConnectedUnverified(found));
        }
        Map<String, URI> unencrypted = session.unencrypted();
        return unencrypted.isEmpty()
                ? FormValidation.ok(found)
                : FormValidation.warning(Messages.ConnectionTest_ConnectedUnencrypted(found, unencrypted));
    }

    private static String names(List<Project> projects) {
        return projects.stream().map(Project::name).sorted().collect(Collectors.joining(", "));
    }
}
