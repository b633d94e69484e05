package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.PipelineFailure;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real clients log in inside the block. */
@ExtendWith(OpenStackExtension.class)
class WithOpenStackStepIT {
    private static final String SHOW_PROJECT = "openstack token issue -f value -c project_id";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final OpenStack cloud;
    private TestClouds clouds;

    WithOpenStackStepIT(OpenStack cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void configureTheCloud() {
        clouds = new TestClouds(cloud, User.BUILDER);
    }

    @AfterEach
    void closeTheCloud() {
        clouds.close();
    }

    private String run(String jenkinsfile) throws IOException {
        Path file = Files.writeString(directory.resolve("Jenkinsfile"), jenkinsfile);
        LocalBuild build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
        try {
            Pipeline.run(file, build, Map.of());
        } finally {
            assertThat(directory.resolve("workspace@tmp"))
                    .satisfiesAnyOf(
                            tmp -> assertThat(tmp).doesNotExist(),
                            tmp -> assertThat(tmp).isEmptyDirectory());
        }
        return console.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theOpenstackClientLogsInToTheProject() throws IOException {
        assertThat(run("withOpenStack(project: 'dev') { sh '" + SHOW_PROJECT + "' }"))
                .contains(
                        "[openstack] In this block clients log in to project 'dev' of cloud 'testcloud' by OS_AUTH_TYPE, OS_AUTH_URL, ")
                .contains(cloud.id(Project.DEV));
    }

    @Test
    void theOpenstackClientReadsTheCloudsYaml() throws IOException {
        assertThat(run(
                        "withOpenStack(project: 'dev', clouds: true) { sh 'stat -c %a \"$OS_CLIENT_CONFIG_FILE\" \"$(dirname \"$OS_CLIENT_CONFIG_FILE\")\"; "
                                + SHOW_PROJECT + "' }"))
                .contains("\n600\n700\n")
                .contains(cloud.id(Project.DEV));
    }

    @Test
    void theBlockMayHoldATokenOnly() throws IOException {
        assertThat(run("withOpenStack(project: 'dev', token: true) { sh 'test -z \"$OS_PASSWORD\"; " + SHOW_PROJECT
                        + "' }"))
                .contains(cloud.id(Project.DEV));
    }

    @Test
    void packersOpenstackBuilderLogsIn() throws IOException {
        int before = cloud.nova().tokens().size();
        String template =
                "{\"builders\": [{\"type\": \"openstack\", \"image_name\": \"x\", \"source_image\": \"y\", \"flavor\": \"z\", \"ssh_username\": \"root\"}]}";

        assertThatThrownBy(() -> run("writeFile file: 'p.json', text: '''" + template
                        + "'''\nwithOpenStack { sh 'packer build p.json' }"))
                .isInstanceOf(PipelineFailure.class);
        assertThat(projectsOfTokensAfter(before)).isNotEmpty().containsOnly("factory");
    }

    @Test
    void anInnerBlockReplacesTheOuterOneAndGivesItBack() throws IOException {
        String console = run("""
                withOpenStack(project: 'dev') {
                    withOpenStack(project: 'prod-a') { sh 'echo inner $OS_PROJECT_NAME' }
                    sh 'echo outer $OS_PROJECT_NAME'
                }
                sh 'echo outside "<$OS_PROJECT_NAME>"'
                """);

        assertThat(console).contains("inner prod-a", "outer dev", "outside <>");
    }

    @Test
    void stepsOfThePluginWorkInTheBlocksProject() throws IOException {
        String console = run("""
                writeFile file: 'disk.raw', text: 'x' * 1024
                withOpenStack(project: 'dev') {
                    def image = glanceUpload(file: 'disk.raw', diskFormat: 'raw')
                    echo "in ${image.project}"
                    sh "openstack image delete ${image.id}"
                }
                """);

        assertThat(console).contains("in dev\n");
    }

    @Test
    void variablesFromOutsideThatWouldContradictAreGone() throws IOException {
        assertThat(
                        run(
                                "withEnv(['OS_USER_ID=somebody', 'OS_SYSTEM_SCOPE=all']) { withOpenStack { sh 'echo \"<$OS_USER_ID$OS_SYSTEM_SCOPE>\"' } }"))
                .contains("\n<>\n");
    }

    @Test
    void secretsAreMaskedInTheBlocksConsole() throws IOException {
        String password = User.BUILDER.password();
        String console = run(
                "withOpenStack { sh 'echo \"it is $OS_PASSWORD\"; echo \"$OS_PASSWORD\" | tr -d \"\\\\n\" | base64' }");

        assertThat(console)
                .contains("it is ****")
                .doesNotContain(password)
                .doesNotContain(Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void templatesReadNoSecretOfTheBlock() throws IOException {
        String rendered = run("writeFile file: 'login.txt.j2', text: '''"
                + "{{ lookup(\"env\", \"OS_USERNAME\") }}:{{ lookup(\"env\", \"OS_PASSWORD\") }}:'''\n"
                + "withOpenStack { heatRender template: 'login.txt.j2' }\n"
                + "echo readFile('target/heat/login.txt')");

        assertThat(rendered).contains("\nbuilder::\n");
    }

    @Test
    void filesOfTheBlockAreRemovedAfterAFailureToo() {
        assertThatThrownBy(() -> run("withOpenStack(clouds: true) { sh 'test -s \"$OS_CLIENT_CONFIG_FILE\"; exit 3' }"))
                .hasMessageContaining("script returned exit code 3");
    }

    @Test
    void aProjectThatIsNotThereFailsBeforeTheBlockBegins() {
        assertThatThrownBy(() -> run("withOpenStack(project: 'nowhere') { echo 'begun' }"))
                .hasMessageContaining("project 'nowhere' does not exist in cloud 'testcloud', or user 'builder'");
        assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain("begun");
    }

    @Test
    void packerBuildLogsInToACloudByItself() {
        int before = cloud.nova().tokens().size();
        assertThatThrownBy(() -> run("""
                        writeFile file: 'p.json', text: '{"builders": [{"type": "openstack", "image_name": "x", "source_image": "y", "flavor": "z", "ssh_username": "root"}]}'
                        packerBuild template: 'p.json', cloud: 'testcloud', project: 'dev'
                        """)).hasMessageStartingWith("Packer could not build 'openstack': ");
        assertThat(projectsOfTokensAfter(before)).isNotEmpty().containsOnly("dev");
    }

    private List<String> projectsOfTokensAfter(int before) {
        List<String> tokens = cloud.nova().tokens();
        return tokens.subList(before, tokens.size()).stream()
                .map(token -> cloud.describe(token).at("/project/name").asText())
                .toList();
    }
}
