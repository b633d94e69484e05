package io.jenkins.plugins.imagefactory.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Templates that strangers wrote to bring the agent to a standstill, in a process with little memory and a small stack. */
class LittleMemoryIT {
    @Test
    void everyTemplateEndsInTimeWithATextOrTheEnginesOwnException() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Xss512k",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        LittleMemoryProcess.class.getName(),
                        Corpus.DIRECTORY.resolve("strangers.txt").toString()))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines().filter(line -> line.startsWith("ended:"))).hasSizeGreaterThan(100);
    }
}
