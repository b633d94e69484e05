package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QemuImgOutputTest {
    private final List<Double> progress = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    @Test
    void readsTheProgressThatIsWrittenOverAndOver() throws IOException {
        print("    (0.00/100%)\r    (1.01/100%)\r    (100.00/100%)\r\n");

        assertThat(progress).containsExactly(0.0, 1.01, 100.0);
        assertThat(lines).isEmpty();
    }

    @Test
    void passesOnAnErrorThatFollowsAProgressOnTheSameLine() throws IOException {
        print("    (3.00/100%)\r    (4.00/100%)qemu-img: error while writing: No space left on device");

        assertThat(progress).containsExactly(3.0, 4.0);
        assertThat(lines).containsExactly("qemu-img: error while writing: No space left on device");
    }

    @Test
    void passesOnAllElseLineByLine() throws IOException {
        print("\none\n  two with (5.00/100%) in it \n");

        assertThat(progress).isEmpty();
        assertThat(lines).containsExactly("one", "two with (5.00/100%) in it");
    }

    @Test
    void aProgressThatIsNoNumberIsALine() throws IOException {
        print("(1.2.3/100%)\n(./100%)\n");

        assertThat(progress).isEmpty();
        assertThat(lines).containsExactly("(1.2.3/100%)", "(./100%)");
    }

    private void print(String text) throws IOException {
        try (QemuImgOutput output = new QemuImgOutput(progress::add, lines::add)) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
