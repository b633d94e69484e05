package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.packer.PackerHints;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PackerConsoleTest {

    @Test
    void ofALineThatOverwritesItselfTheLastStateIsKept() throws IOException {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (PackerConsole packer = new PackerConsole(console, log, new PackerOutput(), new PackerHints())) {
            packer.write("1 %\r50 %\r100 %\nplain\r\nlast".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(console).hasToString("100 %\nplain\r\nlast");
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z (100 %|plain|last)"));
    }
}
