package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.run.HeatStack;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stack;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.PipelineFailure;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** heatStack, heatStackDelete and withHeatStack, with the real Heat. */
@ExtendWith(OpenStackExtension.class)
class HeatStackStepIT {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final OpenStack cloud;
    private final Stacks stacks;
    private final String name = "web-" + UUID.randomUUID();
    private TestClouds clouds;
    private LocalBuild build;

    HeatStackStepIT(OpenStack cloud) {
        this.cloud = cloud;
        cloud.heat(Project.FACTORY);
        stacks = Stacks.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
    }

    @BeforeEach
    void writeTheTemplates() throws IOException {
        clouds = new TestClouds(cloud, User.BUILDER);
        Path stack = Files.createDirectories(directory.resolve("workspace/stack"));
        Files.writeString(stack.resolve("web.yaml"), WEB);
        Files.writeString(stack.resolve("inner.yaml"), INNER);
        Files.writeString(stack.resolve("motd.txt"), "hello from a file");
        Files.writeString(stack.resolve("env.yaml"), "parameters: {size: 5}\n");
        Files.writeString(stack.resolve("broken.yaml"), BROKEN);
    }

    @AfterEach
    void noStackIsLeft() throws Exception {
        assertThat(stack()).isEmpty();
        clouds.close();
    }

    @Test
    void aBlockHasAStackWithItsOutputsWhichIsGoneAfterwards() throws Exception {
        run("""
                withHeatStack(template: 'stack/web.yaml', name: '%s', parameters: [size: 3]) {
                    echo "in ${env.STACK_NAME}, ${env.STACK_OUTPUT_SIZE} of ${env.STACK_OUTPUT_MOTD}"
                    sh 'test -n "$STACK_ID"'
                }
                """.formatted(name));

        assertThat(console())
                .contains("[heat] Launching stack '" + name + "' in project 'factory' of cloud 'testcloud'")
                .contains("[heat] inner CREATE_COMPLETE", "[heat]   value CREATE_COMPLETE")
                .contains("in " + name + ", 3 of hello from a file")
                .contains("[heat] Deleting stack '" + name + "'")
                .containsPattern("\\[heat\\] Stack '" + name + "' \\(.*\\) is gone");
        HeatStack kept = build.action(ImageFactoryAction.class).getStacks().get(0);
        assertThat(kept.getName()).isEqualTo(name);
        assertThat(kept.getStatus()).isEqualTo("CREATE_COMPLETE");
        assertThat(kept.getProject()).isEqualTo("factory");
        assertThat(kept.getOutputs()).containsEntry("size", "3");
    }

    @Test
    void aBlockThatFailsLosesItsStackAndKeepsItsFailure() {
        assertThat(failure("withHeatStack(template: 'stack/web.yaml', name: '%s') { error 'the tests failed' }"
                        .formatted(name)))
                .isEqualTo("the tests failed");
        assertThat(console()).containsPattern("Stack '" + name + "' \\(.*\\) is gone");
    }

    @Test
    void aBlockThatFailsKeepsItsStackIfThatIsWishedForAndSaysHowItGoes() throws Exception {
        assertThat(failure(
                        "withHeatStack(template: 'stack/inner.yaml', name: '%s', keepOnFailure: true) { error 'red' }"
                                .formatted(name)))
                .isEqualTo("red");

        String id = stack().orElseThrow().id();
        assertThat(console())
                .contains("stack '" + name + "' stays: delete it with heatStackDelete '" + id
                        + "', or openstack stack delete " + id);
        run("heatStackDelete '" + id + "'");
    }

    @Test
    void aStackThatFailsTellsItsFailedResourcesAndRunsNoBlock() {
        assertThat(failure(
                        "withHeatStack(template: 'stack/broken.yaml', name: '%s') { echo 'inside' }".formatted(name)))
                .startsWith("stack '" + name + "' (")
                .contains("is CREATE_FAILED", "Test Resource failed broken");
        assertThat(console())
                .contains("[heat] Failed: broken (OS::Heat::TestResource): CREATE_FAILED: ")
                .doesNotContain("inside");
    }

    @Test
    void aStackIsLaunchedUpdatedAndDeleted() throws Exception {
        run("""
                def launched = heatStack(template: 'stack/web.yaml', name: '%1$s', environment: 'stack/env.yaml', tags: ['nightly'])
                echo "${launched.name} ${launched.status} size ${launched.outputs.size} with ${launched.resources[0].name} ${launched.resources[0].type}"
                def updated = heatStack(template: 'stack/web.yaml', name: '%1$s', parameters: [size: 6], ifExists: 'update')
                echo "same ${updated.id == launched.id} ${updated.status} size ${updated.outputs.size}"
                def gone = heatStackDelete(launched.id)
                echo "existed ${gone.existed}, again ${heatStackDelete('%1$s').existed}"
                """.formatted(name));

        assertThat(console())
                .contains(name + " CREATE_COMPLETE size 5 with inner inner.yaml")
                .contains("same true UPDATE_COMPLETE size 6")
                .contains("existed true, again false")
                .contains("[heat] There is no stack '" + name
                        + "' in project 'factory' of cloud 'testcloud': nothing to delete");
    }

    @Test
    void aDryRunTellsWhatHeatWouldMakeOrChangeAndMakesNothing() throws Exception {
        run("heatStack(template: 'stack/web.yaml', name: '%s', dryRun: true)".formatted(name));
        assertThat(console()).contains("Heat would", "[heat]   create value (OS::Heat::Value)");
        assertThat(stack()).isEmpty();

        run("""
                heatStack(template: 'stack/web.yaml', name: '%1$s')
                heatStack(template: 'stack/web.yaml', name: '%1$s', parameters: [size: 9], dryRun: true, ifExists: 'update')
                heatStackDelete '%1$s'
                """.formatted(name));
        assertThat(console()).containsPattern("\\[heat\\]   (update|replace|leave) (inner|value)");
    }

    @Test
    void aDryRunMindsAStackOfThatNameAsTheLaunchWould() throws Exception {
        run("heatStack(template: 'stack/inner.yaml', name: '%s')".formatted(name));
        String id = stack().orElseThrow().id();

        assertThat(failure("heatStack(template: 'stack/inner.yaml', name: '%s', dryRun: true)".formatted(name)))
                .startsWith("there is a stack '" + name + "' (" + id + ", CREATE_COMPLETE) in project 'factory'");
        run("""
                heatStack(template: 'stack/web.yaml', name: '%1$s', dryRun: true, ifExists: 'replace')
                echo 'it is there' + (heatStackDelete('%1$s').existed ? '' : ' no more')
                """.formatted(name));

        assertThat(console())
                .contains(
                        "[heat]   delete stack '" + name + "' (" + id + ", CREATE_COMPLETE)\n[heat]   create value",
                        "it is there\n");
    }

    @Test
    void valuesOfHiddenParametersAreMaskedWhereverTheyComeFrom() throws Exception {
        Files.writeString(directory.resolve("workspace/stack/secrets.yaml"), SECRETS);
        Files.writeString(directory.resolve("workspace/stack/secrets-env.yaml"), """
                parameters: {first: env-secret-1}
                parameter_defaults: {first: not-in-use, second: env-secret-2}
                """);

        run("""
                withHeatStack(template: 'stack/secrets.yaml', name: '%s', environment: 'stack/secrets-env.yaml', parameters: [fourth: 'given-secret']) {
                    echo "all: ${env.STACK_OUTPUT_ALL}"
                }
                """.formatted(name));

        assertThat(console()).contains("all: **** **** **** **** yes");
    }

    @Test
    void aTemplateOfSeveralLinesNeedsNoFile() throws Exception {
        run("""
                withHeatStack(template: '''%s''', name: '%s') { echo "value ${env.STACK_OUTPUT_WORD}" }
                """.formatted(INNER.replace("{get_param: size}", "few"), name));

        assertThat(console()).contains("value word");
    }

    @Test
    void theNameIsThatOfJobAndBuildUnlessItIsGiven() throws Exception {
        build = null;
        run("heatStack(template: 'stack/web.yaml', dryRun: true)");

        assertThat(console()).containsPattern("For stack '[A-Za-z][\\w.-]*-\\d+' in project");
    }

    @Test
    void parametersThatAreMissingOrUnknownAreNamedBeforeHeatIsAsked() throws Exception {
        Files.writeString(
                directory.resolve("workspace/stack/strict.yaml"),
                WEB.replace("size: {type: number, default: 1}", "size: {type: number}"));

        assertThat(failure("heatStack(template: 'stack/strict.yaml', name: '%s')".formatted(name)))
                .isEqualTo(
                        "parameter 'size' of stack/strict.yaml has no default and gets no value: set it in 'parameters',"
                                + " 'secretParameters' or the environment");
        assertThat(failure("heatStack(template: 'stack/web.yaml', name: '%s', parameters: [siez: 3])".formatted(name)))
                .isEqualTo("stack/web.yaml has no parameter 'siez'; did you mean 'size'?");
        assertThat(console()).doesNotContain("CREATE_IN_PROGRESS");
    }

    @Test
    void badInputIsOneSentence() {
        assertThat(failure("heatStack(template: 'stack/none.yaml', name: '%s')".formatted(name)))
                .contains("stack/none.yaml");
        assertThat(failure("heatStack(template: 'stack/web.yaml', name: '1 web')"))
                .startsWith("name is '1 web', but Heat wants a letter first");
        assertThat(failure("heatStack(template: 'stack/web.yaml', ifExists: 'keep')"))
                .isEqualTo("ifExists is 'keep', but must be one of [error, update, replace]");
        assertThat(failure("heatStack(template: '../outside.yaml', name: '%s')".formatted(name)))
                .contains("outside.yaml");
        assertThat(failure("heatStack(template: 'stack/motd.txt', name: '%s')".formatted(name)))
                .isEqualTo("stack/motd.txt is no YAML map, as a Heat template or environment is");
    }

    @Test
    void twentyStacksAtOnceAreAllLaunchedAndDeleted() throws Exception {
        run("""
                def branches = [:]
                (1..20).each { n -> branches["b${n}"] = {
                    withHeatStack(template: 'stack/inner.yaml', name: "%1$s-${n}", parameters: [size: n]) {
                        echo "branch ${n} has ${env.STACK_OUTPUT_WORD}"
                    }
                } }
                parallel branches
                """.formatted(name));

        for (int n = 1; n <= 20; n++) {
            assertThat(console()).contains("branch " + n + " has word");
            assertThat(stacks.find(name + "-" + n)).isEmpty();
        }
    }

    @Test
    void ofTwoHundredResourcesEveryEventIsToldAndHeatIsAskedEveryTwoSeconds() throws Exception {
        StringBuilder many = new StringBuilder("heat_template_version: 2018-08-31\nresources:\n");
        for (int n = 1; n <= 200; n++) {
            many.append("  r").append(n).append(": {type: OS::Heat::None}\n");
        }
        Files.writeString(directory.resolve("workspace/stack/many.yaml"), many);
        URI heat = cloud.heat(Project.FACTORY);
        clouds.close();
        try (FaultyProxy proxy = FaultyProxy.before(URI.create(heat.toString().replaceAll("/v1/.*", "")))) {
            clouds = TestClouds.withService(
                    cloud, User.BUILDER, "orchestration", URI.create(proxy.url() + heat.getPath()));
            run("""
                    def launched = heatStack(template: 'stack/many.yaml', name: '%1$s')
                    echo "it took ${launched.millis} ms"
                    heatStackDelete '%1$s'
                    """.formatted(name));

            Matcher took = Pattern.compile("it took ([0-9]+) ms").matcher(console());
            assertThat(took.find()).isTrue();
            List<String> requests = proxy.requests();
            int launched = requests.indexOf(requests.stream()
                    .filter(request -> request.matches("GET .*/resources.*"))
                    .findFirst()
                    .orElseThrow());
            assertThat(requests.subList(0, launched).stream()
                            .filter(request -> request.matches("GET .*/stacks\\?id=.*"))
                            .count())
                    .isBetween(1L, Long.parseLong(took.group(1)) / 2000 + 1);
        }
        for (int n = 1; n <= 200; n++) {
            assertThat(console()).contains("[heat] r" + n + " CREATE_COMPLETE\n");
        }
    }

    private Optional<Stack> stack() throws IOException {
        return stacks.find(name);
    }

    private void run(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("Jenkinsfile"), "node {\n" + script + "\n}\n");
        build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, clouds);
        Pipeline.run(file, build, Map.of());
    }

    private String failure(String script) {
        try {
            run(script);
        } catch (PipelineFailure e) {
            return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("did not fail: " + console());
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private static final String WEB = """
            heat_template_version: 2018-08-31
            parameters:
              size: {type: number, default: 1}
            resources:
              inner:
                type: inner.yaml
                properties: {size: {get_param: size}}
            outputs:
              size: {value: {get_param: size}}
              motd: {value: {get_file: motd.txt}}
            """;

    private static final String INNER = """
            heat_template_version: 2018-08-31
            parameters:
              size: {type: string, default: few}
            resources:
              value:
                type: OS::Heat::Value
                properties: {type: string, value: {get_param: size}}
            outputs:
              word: {value: word}
            """;

    private static final String SECRETS = """
            heat_template_version: 2018-08-31
            parameters:
              first: {type: string, hidden: true}
              second: {type: string, hidden: true}
              third: {type: string, hidden: true, default: default-secret}
              fourth: {type: string, hidden: true, default: not-in-use}
              fifth: {type: string, hidden: true, default: 'yes'}
            outputs:
              all:
                value: {list_join: [' ', [{get_param: first}, {get_param: second}, {get_param: third}, {get_param: fourth}, {get_param: fifth}]]}
            """;

    private static final String BROKEN = """
            heat_template_version: 2018-08-31
            resources:
              broken:
                type: OS::Heat::TestResource
                properties: {fail: true, value: broken}
            """;
}
