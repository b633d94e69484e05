package io.jenkins.plugins.imagefactory.jenkins.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeptOutputTest {
    private final KeptOutput output = new KeptOutput();

    @Test
    void keepsAllOfALittle() {
        print("Packer ");
        print("v1.6.6\n");

        assertThat(output.text()).isEqualTo("Packer v1.6.6\n");
    }

    @Test
    void keepsTheEndOfMuch() {
        for (int i = 0; i < 50; i++) {
            print("x".repeat(99_999) + "\n");
        }
        print("no such file");

        assertThat(output.text()).hasSize(KeptOutput.MOST).endsWith("x\nno such file");
    }

    @Test
    void keepsTheEndOfMuchAtOnce() {
        print("x".repeat(3 * KeptOutput.MOST) + "end");

        assertThat(output.text()).hasSize(KeptOutput.MOST).endsWith("xend");
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
    }
}
