package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Heat is real, and so are the servers that it launches, in QEMU: an image is tested in the cloud that it was uploaded to. */
@ExtendWith(OpenStackExtension.class)
class StackOfServersIT {
    @TempDir
    private Path directory;

    private final OpenStack cloud;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    StackOfServersIT(OpenStack cloud) {
        this.cloud = cloud;
        cloud.nova();
        cloud.heat(Project.FACTORY);
    }

    @Test
    void anImageIsLaunchedFromARenderedTemplateAndReachedAndTheServerIsGoneAfterwards() throws Exception {
        Files.copy(BaseDisk.path(), workspace().resolve("base.qcow2"));
        Files.writeString(workspace().resolve("smoke.yaml.j2"), """
                heat_template_version: 2018-08-31
                parameters:
                  image: {type: string, default: {{ result_img_id }}}
                resources:
                  server:
                    type: OS::Nova::Server
                    properties: {image: {get_param: image}, flavor: m1.tiny, user_data_format: RAW}
                outputs:
                  address: {value: {get_attr: [server, first_address]}}
                """);

        run("""
                glanceUpload file: 'base.qcow2', name: 'tested in a stack'
                def rendered = heatRender template: 'smoke.yaml.j2', output: 'target'
                withHeatStack(template: rendered[0].output, name: 'smoke') {
                    sh '''for attempt in $(seq 300); do
                            ssh-keyscan -T 5 -p %d "$STACK_OUTPUT_ADDRESS" > keys 2>/dev/null && [ -s keys ] && break
                            sleep 1
                        done
                        cat keys'''
                }
                """.formatted(cloud.nova().sshPort()));

        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains(
                        "[heat] server CREATE_COMPLETE",
                        "[127.0.0.1]:" + cloud.nova().sshPort() + " ")
                .containsPattern("\\[heat\\] Stack 'smoke' \\(.*\\) is gone");
        assertThat(cloud.nova().servers()).isEmpty();
    }

    @Test
    void theConsoleOfAServerThatFailsIsShown() throws Exception {
        Files.writeString(workspace().resolve("disk.raw"), "no system");
        Files.writeString(workspace().resolve("stack.yaml"), """
                heat_template_version: 2018-08-31
                parameters:
                  image: {type: string}
                resources:
                  server:
                    type: OS::Nova::Server
                    properties: {image: {get_param: image}, flavor: m1.tiny, user_data_format: RAW}
                """);

        assertThatThrownBy(() -> run("""
                        def image = glanceUpload file: 'disk.raw', name: 'boots nowhere', diskFormat: 'raw', properties: [hw_machine_type: 'no-such-machine']
                        heatStack template: 'stack.yaml', name: 'fails', parameters: [image: image.id]
                        """)).cause().hasMessageContaining("is CREATE_FAILED");

        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("[heat] Failed: server (OS::Nova::Server): CREATE_FAILED")
                .containsPattern("(?s)\\[heat\\] The console of server server \\([0-9a-f-]+\\) ends with:"
                        + ".*\\[heat\\] Deleting stack 'fails'");
        assertThat(cloud.nova().servers()).isEmpty();
    }

    @Test
    void theConsolesOfAllServersAreShownIfSomethingElseFails() throws Exception {
        Files.copy(BaseDisk.path(), workspace().resolve("base.qcow2"));
        Files.writeString(workspace().resolve("stack.yaml"), """
                heat_template_version: 2018-08-31
                parameters:
                  image: {type: string}
                resources:
                  server:
                    type: OS::Nova::Server
                    properties: {image: {get_param: image}, flavor: m1.tiny, user_data_format: RAW}
                  waits:
                    type: OS::Heat::TestResource
                    depends_on: server
                    properties: {fail: true}
                """);

        assertThatThrownBy(() -> run("""
                        def image = glanceUpload file: 'base.qcow2', name: 'says nothing'
                        heatStack template: 'stack.yaml', name: 'waits', parameters: [image: image.id]
                        """)).cause().hasMessageContaining("is CREATE_FAILED");

        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("[heat] Failed: waits (OS::Heat::TestResource): CREATE_FAILED")
                .containsPattern("(?s)\\[heat\\] The console of server server \\([0-9a-f-]+\\) ends with:"
                        + ".*\\[heat\\] Deleting stack 'waits'");
        assertThat(cloud.nova().servers()).isEmpty();
    }

    private Path workspace() throws IOException {
        return Files.createDirectories(directory.resolve("workspace"));
    }

    private void run(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("Jenkinsfile"), "node {\n" + script + "\n}\n");
        try (TestClouds clouds = new TestClouds(cloud, User.BUILDER)) {
            Pipeline.run(file, LocalBuild.in(workspace(), directory.resolve("archive"), console, clouds), Map.of());
        }
    }
}
