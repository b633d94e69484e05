package io.jenkins.plugins.imagefactory.jenkins.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, as a shell runs it. */
class GroupScriptTest {
    @TempDir
    Path directory;

    @Test
    void passesArgumentsAsTheyAreAndReturnsTheExitCode() throws Exception {
        Path output = directory.resolve("out put");

        int exitCode = run(
                List.of("sh", "-c", "printf '<%s>' \"$@\"; exit 7", "x", "it's $HOME", "", "ü \"q\" `id` \\"), output);

        assertThat(exitCode).isEqualTo(7);
        assertThat(output).hasContent("<it's $HOME><><ü \"q\" `id` \\>");
    }

    @Test
    void runsTheCommandInAProcessGroupOfItsOwnAndNotesIt() throws Exception {
        Path output = directory.resolve("output");

        run(List.of("sh", "-c", "ps -o pgid= -p $$"), output);

        assertThat(Files.readString(output).strip())
                .isEqualTo(Files.readString(directory.resolve("group")).strip());
    }

    @Test
    void makesAProcessGroupWhereThereIsNoSetsid() throws Exception {
        Path programs = Files.createDirectories(directory.resolve("bin"));
        for (String program : List.of("sh", "bash", "ps", "rm")) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/bin", program));
        }
        Path output = directory.resolve("output");

        ProcessBuilder shell = new ProcessBuilder(
                "/bin/bash",
                script(List.of("sh", "-c", "ps -o pgid= -p $$"), output).toString());
        shell.environment().put("PATH", programs.toString());

        assertThat(shell.start().waitFor()).isZero();
        assertThat(Files.readString(output).strip())
                .isEqualTo(Files.readString(directory.resolve("group")).strip());
    }

    @Test
    void removesTheSecretsWhateverComesOfTheCommand() throws Exception {
        Files.writeString(directory.resolve("secrets"), "secret");

        run(List.of("false"), directory.resolve("output"));

        assertThat(directory.resolve("secrets")).doesNotExist();
    }

    private int run(List<String> command, Path output) throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", script(command, output).toString())
                .start()
                .waitFor();
    }

    private Path script(List<String> command, Path output) throws IOException {
        String script = new GroupScript(
                        command,
                        directory.resolve("group").toString(),
                        directory.resolve("secrets").toString(),
                        output.toString())
                .text();
        return Files.writeString(directory.resolve("packer.sh"), script);
    }
}
