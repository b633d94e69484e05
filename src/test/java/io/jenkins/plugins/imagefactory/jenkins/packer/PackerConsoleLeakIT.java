package io.jenkins.plugins.imagefactory.jenkins.packer;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramConsole;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerConsoleLeakIT {

    @Test
    void masksSecretsBeforeAnybodyReadsALine(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        StringBuilder read = new StringBuilder();
        LocalBuild local = LocalBuild.in(directory, directory, shown, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
        BuildContext build = BuildContext.of(
                local.run(),
                new FilePath(directory.toFile()),
                new EnvVars(),
                new Launcher.LocalLauncher(local.listener()),
                local.listener());
        build.masking().hide(List.of("s3cret"));
        ProgramConsole console = new ProgramConsole(
                build,
                new PackerRemarks(),
                (line, length, text, ended, time) ->
                        read.append(text).append('|').append(new String(line, 0, length, StandardCharsets.UTF_8)));

        console.write("the password is s3cret ü\n".getBytes(StandardCharsets.UTF_8));

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("the password is **** ü\n");
        assertThat(read).hasToString("the password is **** ü|the password is **** ü");
    }
}
