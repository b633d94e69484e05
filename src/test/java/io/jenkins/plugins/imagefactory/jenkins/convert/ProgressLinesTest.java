package io.jenkins.plugins.imagefactory.jenkins.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos = 17;

    @Test
    void aProgressOfElevenSecondsIsTwoLines() {
        ProgressLines progress = new ProgressLines(lines::add, () -> nanos);

        for (int tenths = 1; tenths <= 110; tenths++) {
            nanos += Duration.ofMillis(100).toNanos();
            progress.accept(tenths / 1.1);
        }

        assertThat(lines).containsExactly("45 %", "90 %");
    }
}
