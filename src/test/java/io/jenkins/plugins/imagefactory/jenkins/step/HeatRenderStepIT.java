package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Heat templates rendered by Jenkinsfiles and checked by a real Heat. */
@ExtendWith(OpenStackExtension.class)
class HeatRenderStepIT {
    @TempDir
    private Path directory;

    private final OpenStack cloud;
    private TestClouds clouds;
    private Path workspace;

    HeatRenderStepIT(OpenStack cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void configureTheCloud() throws IOException {
        cloud.heat(Project.FACTORY);
        clouds = new TestClouds(cloud, User.BUILDER);
        workspace = Files.createDirectories(directory.resolve("workspace"));
    }

    @AfterEach
    void closeTheCloud() {
        clouds.close();
    }

    @Test
    void heatTellsTheParametersOfATemplateThatItTakes() throws IOException {
        write("stack.yaml.j2", """
                heat_template_version: 2021-04-16
                parameters:
                  image: {type: string, default: {{ image_id }}}
                  count: {type: number, default: 2}
                resources:
                  password: {type: OS::Heat::RandomString, properties: {length: {get_param: count}}}
                outputs:
                  image: {value: {get_param: image}}
                """);

        String console = run("heatRender template: 'stack.yaml.j2', vars: [image_id: 'abc'], validate: 'cloud'");

        assertThat(console)
                .contains(
                        "[heat] Heat in project 'factory' of cloud 'testcloud' takes target/heat/stack.yaml, with parameters ")
                .contains("image (String)", "count (Number)");
    }

    @Test
    void heatsOwnWordsTellWhyItRefusesATemplate() throws IOException {
        write("stack.yaml.j2", """
                heat_template_version: 2021-04-16
                resources:
                  broken: {type: "OS::Heat::{{ kind }}"}
                """);

        assertThatThrownBy(() ->
                        run("heatRender template: 'stack.yaml.j2', vars: [kind: 'NoSuchThing'], validate: 'testcloud'"))
                .hasMessageContaining("Heat does not take target/heat/stack.yaml: ")
                .hasMessageContaining("OS::Heat::NoSuchThing");
        assertThat(directory.resolve("archive")).doesNotExist();
    }

    @Test
    void nestedTemplatesFilesAndTheEnvironmentGoWithTheTemplate() throws IOException {
        write("heat/stack.yaml.j2", """
                heat_template_version: 2021-04-16
                parameters:
                  size: {type: number}
                resources:
                  nested: {type: nested.yaml, properties: {size: {get_param: size}}}
                  mapped: {type: "My::Own::Thing", properties: {size: 3}}
                  config:
                    type: OS::Heat::SoftwareConfig
                    properties: {config: {get_file: scripts/setup.sh}}
                """);
        write("heat/nested.yaml.j2", """
                heat_template_version: 2021-04-16
                parameters:
                  size: {type: number}
                resources:
                  text: {type: OS::Heat::RandomString, properties: {length: {get_param: size}}}
                """);
        write("heat/env.yaml.j2", """
                parameters: {size: {{ size }}}
                resource_registry: {"My::Own::Thing": nested.yaml}
                """);
        write("heat/scripts/setup.sh", "#!/bin/sh\necho '{{ size }}'\n");

        String console = run("heatRender template: 'heat', vars: [size: 8], validate: 'cloud'");

        assertThat(console)
                .contains("takes target/heat/stack.yaml, with parameters size (Number)")
                .contains("takes target/heat/nested.yaml");
        assertThat(directory.resolve("archive/target/heat/scripts/setup.sh")).hasContent("#!/bin/sh\necho '8'\n");
    }

    @Test
    void whatTheBuildKnowsIsThere() throws IOException {
        write("v.yml", "a: {b: [1, 2]}\nbuild_number: hidden\n");
        write(
                "known.txt.j2",
                "{{ build_number }} {{ job_name }} {{ build_url }} {{ images | length }} {{ a.b[1] }} {{ lookup('env', 'FLAVOR') }}\n");

        run("withEnv(['FLAVOR=m1.small']) { heatRender template: 'known.txt.j2', varsFiles: ['v.yml'] }");

        assertThat(workspace.resolve("target/heat/known.txt"))
                .hasContent("1 it http://jenkins/job/it/1/ 0 2 m1.small\n");
    }

    private String run(String script) throws IOException {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        LocalBuild build = LocalBuild.in(workspace, directory.resolve("archive"), console, clouds);
        Path file = Files.writeString(directory.resolve("Jenkinsfile"), "node {\n" + script + "\n}");
        Pipeline.run(
                file, build, Map.of("BUILD_URL", "http://jenkins/job/it/1/", "JOB_NAME", "it", "BUILD_NUMBER", "1"));
        return console.toString(StandardCharsets.UTF_8);
    }

    private void write(String name, String content) throws IOException {
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
