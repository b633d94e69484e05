package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.ServerCertificate;
import io.jenkins.plugins.imagefactory.fixture.TlsFront;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenedCloud;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.Trust;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A login to the real Keystone over https, and the catalog of a cloud whose services are at http. */
@ExtendWith(OpenStackExtension.class)
class UnencryptedEndpointsIT {
    private static final String ANYTHING = "glanceUpdate image: 'none of this name', hidden: true";

    @TempDir
    Path directory;

    private final OpenStack cloud;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private TlsFront keystone;
    private FaultyProxy glance;
    private HttpTransport http;

    UnencryptedEndpointsIT(OpenStack cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void encryptTheLogin() throws IOException {
        ServerCertificate certificate = ServerCertificate.of(directory.resolve("keys.p12"));
        keystone = TlsFront.before(cloud.authUrl(), certificate);
        glance = FaultyProxy.before(cloud.glanceUrl());
        http = new HttpTransport(HttpSettings.DEFAULT.withTrust(new Trust(certificate.pem(), true)));
    }

    @AfterEach
    void stop() {
        http.close();
        if (glance != null) {
            glance.close();
        }
        keystone.close();
    }

    @Test
    void theConsoleWarnsOnceOfAServiceThatIsSpokenToInClear() throws IOException {
        Throwable failure = run(keystone.url(), true, ANYTHING);

        assertThat(failure).hasMessageContaining("there is no image 'none of this name'");
        assertThat(console())
                .containsOnlyOnce(
                        "[openstack] Warning: cloud 'testcloud' logs in over https, but its service image is at "
                                + glance.url() + ": anybody on the way can read the token");
        assertThat(glance.requests()).isNotEmpty();
    }

    @Test
    void nothingIsSaidInClearUnlessItIsAllowed() throws IOException {
        Throwable refusal = run(keystone.url(), false, ANYTHING);

        assertThat(refusal)
                .hasMessage("cloud 'testcloud' logs in over https, but its service image is at " + glance.url()
                        + ", where anybody on the way could read the token: have the cloud offer https, or tick"
                        + " 'Allow unencrypted endpoints' in the cloud's configuration");
        assertThat(glance.requests()).isEmpty();
    }

    @Test
    void theCatalogsOwnAddressIsHeldToTheSame() throws IOException {
        glance.close();
        glance = null;

        assertThat(run(keystone.url(), false, ANYTHING))
                .hasMessageContaining("but its service image is at " + cloud.glanceUrl());
    }

    @Test
    void clientsOfABlockGetNoLoginThatTheyWouldGiveAway() throws IOException {
        for (String block :
                List.of("withOpenStack { echo 'inside' }", "withOpenStack(token: true) { echo 'inside' }")) {
            assertThat(run(keystone.url(), false, block)).as(block).hasMessageContaining("Allow unencrypted endpoints");
        }
        assertThat(console()).doesNotContain("inside");

        assertThat(run(keystone.url(), true, "withOpenStack { echo 'inside' }")).isNull();
        assertThat(console())
                .contains("inside", "but its service identity is at http://", "but its service image is at");
    }

    @Test
    void programsOfStepsGetNoneEither() throws IOException {
        String build = "packerBuild template: 't.json', cloud: 'testcloud'";

        assertThat(run(keystone.url(), false, build)).hasMessageContaining("Allow unencrypted endpoints");
        assertThat(console()).doesNotContain("Packer 1.");

        assertThat(run(keystone.url(), true, build)).isNull();
        assertThat(console()).contains("but its service image is at http://", "Build 'null' finished");
    }

    @Test
    void aCloudThatLogsInInClearHasNothingToWarnOf() throws IOException {
        assertThat(run(cloud.authUrl(), false, ANYTHING)).hasMessageContaining("there is no image 'none of this name'");
        assertThat(console()).doesNotContain("Warning");
    }

    /** @return null if it does not fail */
    private Throwable run(URI authUrl, boolean allowed, String script) throws IOException {
        ClientOptions options = ClientOptions.none()
                .with("auth_url", authUrl.toString())
                .with("region_name", OpenStack.REGION)
                .with("username", User.BUILDER.name())
                .withDomain("user_domain", User.BUILDER.domain())
                .with("password", User.BUILDER.password())
                .with(
                        "image_endpoint_override",
                        glance == null ? null : glance.url().toString())
                .withProject(Project.FACTORY.name(), "default");
        CloudAccess clouds = (run, choice) -> new OpenedCloud("testcloud", options, null, !allowed, http);
        LocalBuild build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
        Files.writeString(
                build.workspace().resolve("t.json"),
                "{\"builders\": [{\"type\": \"null\", \"communicator\": \"none\"}]}");
        Path jenkinsfile = Files.writeString(directory.resolve("Jenkinsfile"), script);
        return catchThrowable(() -> Pipeline.run(jenkinsfile, build, Map.of()));
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
