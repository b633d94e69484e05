package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.fixture.images.Qcow2File;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path that a step is given leads out of the workspace. */
@Timeout(120)
class StepPathsIT {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private LocalBuild build;
    private List<Path> outsideBefore;

    @BeforeEach
    void makeAWorkspaceWithWaysOut() throws Exception {
        build = LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), console, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.write(outside.resolve("disk.qcow2"), new Qcow2File().bytes());
        Files.writeString(
                outside.resolve("t.json"), "{\"builders\": [{\"type\": \"null\", \"communicator\": \"none\"}]}");
        Files.writeString(outside.resolve("vars.json"), "{}");
        Files.writeString(outside.resolve("a.j2"), "a");
        Files.createDirectory(outside.resolve("elements"));
        Path workspace = build.workspace();
        Files.write(workspace.resolve("disk.qcow2"), new Qcow2File().bytes());
        Files.writeString(
                workspace.resolve("t.json"), "{\"builders\": [{\"type\": \"null\", \"communicator\": \"none\"}]}");
        Files.writeString(workspace.resolve("a.j2"), "a");
        Files.createSymbolicLink(workspace.resolve("links"), outside);
        Files.createSymbolicLink(workspace.resolve("link.qcow2"), outside.resolve("disk.qcow2"));
        Files.createSymbolicLink(workspace.resolve("dangling"), outside.resolve("new"));
        assertThat(new ProcessBuilder("mkfifo", workspace.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        outsideBefore = outside();
    }

    @AfterEach
    void nothingWasWrittenOutside() throws IOException {
        assertThat(outside()).isEqualTo(outsideBefore);
    }

    private List<Path> outside() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("outside"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imageConvert file: 'link.qcow2', format: 'raw'",
                "imageConvert file: '../outside/disk.qcow2', format: 'raw'",
                "imageConvert file: \"${pwd()}/../outside/disk.qcow2\", format: 'raw'",
                "imageConvert file: 'links/*.qcow2', format: 'raw'",
                "imageConvert file: 'link.*', format: 'raw'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: '../outside/new'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: 'links/new'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: 'dangling'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: '/tmp/new'",
                "imageBoot file: 'link.qcow2'",
                "imageBoot file: 'links/*.qcow2'",
                "sh 'ln -s links image-boot'; imageBoot file: 'disk.qcow2', timeout: 5",
                "glanceUpload file: 'link.qcow2', cloud: 'c'",
                "glanceUpload file: 'links/*.qcow2', cloud: 'c'",
                "packerBuild template: '../outside/t.json'",
                "packerBuild template: 'links/t.json'",
                "packerBuild template: 'links'",
                "packerBuild template: 't.json', varFiles: ['links/vars.json']",
                "packerBuild template: 't.json', logDir: '../outside/logs'",
                "packerBuild template: 't.json', logDir: 'links'",
                "packerBuild template: 't.json', images: 'links/*.qcow2'",
                "packerBuild template: 't.json', images: '../outside/*.qcow2,link.qcow2'",
                "sh 'ln -s links/new packer.latest.log'; packerBuild template: 't.json'",
                "packerValidate template: 'links/t.json'",
                "packerValidate template: 't.json', varFiles: ['../outside/vars.json']",
                "diskImageBuild elements: ['vm'], output: '../outside/new'",
                "diskImageBuild elements: ['vm'], output: 'links/new'",
                "diskImageBuild elements: ['vm'], output: 'disk', types: ['qcow2/../../../outside/new']",
                "diskImageBuild elements: ['vm'], elementsPath: ['links/elements']",
                "heatRender template: 'links/a.j2'",
                "heatRender template: 'links/*.j2'",
                "heatRender template: 'links'",
                "heatRender template: 'a.j2', varsFiles: ['links/vars.json']",
                "heatRender template: 'a.j2', output: 'links/rendered'",
                "heatRender template: 'a.j2', output: '../outside/rendered'",
            })
    void whatLeadsOutIsRefused(String script) {
        assertThatThrownBy(() -> run(script))
                .hasCauseInstanceOf(AbortException.class)
                .hasMessageContaining("outside of the workspace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imageConvert file: '..%soutside%sdisk.qcow2', format: 'raw'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: '..%soutside%snew'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: 'C:/new'",
                "imageBoot file: '..%soutside%sdisk.qcow2'",
                "glanceUpload file: '..%soutside%sdisk.qcow2', cloud: 'c'",
                "packerBuild template: '..%soutside%st.json'",
                "packerBuild template: 't.json', logDir: '..%soutside%slogs'",
                "packerValidate template: 't.json', varFiles: ['..%soutside%svars.json']",
                "diskImageBuild elements: ['vm'], output: '..%soutside%snew'",
                "heatRender template: '..%soutside%sa.j2'",
                "heatRender template: 'a.j2', output: '..%soutside%snew'",
            })
    void aPathOfWindowsIsRefusedOnANodeThatIsNone(String script) throws IOException {
        for (String name : List.of("disk.qcow2", "t.json", "vars.json", "a.j2")) {
            Files.copy(
                    directory.resolve("outside").resolve(name),
                    build.workspace().resolve("..\\outside\\" + name));
        }

        assertThatThrownBy(() -> run(script.formatted("\\\\", "\\\\")))
                .hasCauseInstanceOf(AbortException.class)
                .message()
                .containsAnyOf("is written as on Windows", "outside of the workspace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imageConvert file: 'fifo', format: 'raw'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: 'fifo'",
                "imageBoot file: 'fifo'",
                "glanceUpload file: 'fifo', cloud: 'c'",
                "packerBuild template: 'fifo'",
                "packerValidate template: 't.json', varFiles: ['fifo']",
                "heatRender template: 'a.j2', varsFiles: ['fifo']",
            })
    void aFifoIsNotOpened(String script) {
        assertThatThrownBy(() -> run(script))
                .hasCauseInstanceOf(AbortException.class)
                .hasMessageEndingWith("fifo is no regular file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imageConvert file: 'new\\nline.qcow2', format: 'raw'",
                "imageConvert file: 'disk.qcow2', format: 'raw', output: 'new\\nline'",
                "imageBoot file: 'new\\nline.qcow2'",
                "glanceUpload file: 'new\\nline.qcow2', cloud: 'c'",
                "packerBuild template: 'new\\nline.json'",
                "packerBuild template: 't.json', logDir: 'new\\nline'",
                "packerBuild template: 't.json', images: 'new*.qcow2'",
                "diskImageBuild elements: ['vm'], output: 'new\\nline'",
                "heatRender template: 'new\\nline.j2'",
                "heatRender template: 'a.j2', output: 'new\\nline'",
            })
    void aPathWithALineBreakIsRefused(String script) throws IOException {
        for (String suffix : List.of("qcow2", "json", "j2")) {
            Files.copy(
                    build.workspace().resolve("disk.qcow2"), build.workspace().resolve("new\nline." + suffix));
        }

        assertThatThrownBy(() -> run(script))
                .hasCauseInstanceOf(AbortException.class)
                .hasMessageContaining("control character");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packerBuild 't.json'",
                "packerValidate 't.json'",
                "diskImageBuild elements: ['vm']",
                "imageBoot 'disk.qcow2'",
                "imageConvert file: 'disk.qcow2', format: 'vhd'",
                "glanceUpload 'disk.qcow2'",
                "heatRender 'a.j2'"
            })
    void aWorkspaceThatDoesNotExistIsOneSentence(String call) throws IOException {
        Path gone = build.workspace();
        MoreFiles.deleteRecursively(gone, RecursiveDeleteOption.ALLOW_INSECURE);

        String step = call.split(" ")[0];
        String sentence = "the directory " + gone + " does not exist on the agent, and " + step
                + " needs the files of a workspace";
        Matcher file = Pattern.compile("'([\\w.]+\\.\\w+)'").matcher(call);
        assertThatThrownBy(() -> run(call))
                .hasMessageStartingWith(file.find() ? "there is no '" + file.group(1) + "': " + sentence : sentence);
        assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
    }

    @Test
    void aTemplateWhoseNameBeginsAsAnOptionIsATemplate() throws IOException {
        Files.move(build.workspace().resolve("t.json"), build.workspace().resolve("-t.json"));
        Files.writeString(build.workspace().resolve("-v.json"), "{}");

        run("packerBuild template: '-t.json', varFiles: ['-v.json']; packerValidate '-t.json'");

        assertThat(console.toString(StandardCharsets.UTF_8)).contains("Build 'null' finished");
    }

    @Test
    void anAbsolutePathIntoTheWorkspaceIsTaken() throws IOException {
        run("def made = imageConvert(file: \"${pwd()}/disk.qcow2\", format: 'raw', output: \"${pwd()}/out/disk.raw\");"
                + " echo \"made ${made.path}\"");

        assertThat(console.toString(StandardCharsets.UTF_8)).contains("made out/disk.raw");
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }
}
