package io.jenkins.plugins.imagefactory.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferProgressTest {
    private static final long MIB = 1 << 20;

    private final List<String> lines = new ArrayList<>();
    private long nanos = 17;
    private final TransferProgress progress = new TransferProgress(3000 * MIB, "sent", lines::add, () -> nanos);

    @Test
    void whatTakesLessThanASecondIsNoLine() {
        pass(Duration.ofMillis(500));
        progress.accept(1000 * MIB);
        pass(Duration.ofMillis(499));
        progress.accept(3000 * MIB);

        assertThat(lines).isEmpty();
    }

    @Test
    void aLineEveryTenSecondsTellsSpeedAndTimeLeftAndTheLastOneTheTime() {
        for (int second = 1; second <= 15; second++) {
            pass(Duration.ofSeconds(1));
            progress.accept(200L * second * MIB);
        }

        assertThat(lines)
                .containsExactly(
                        "66 % of 2.9 GiB sent, 200 MiB/s, 5 s left", "100 % of 2.9 GiB sent, 200 MiB/s, in 15.0 s");
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
