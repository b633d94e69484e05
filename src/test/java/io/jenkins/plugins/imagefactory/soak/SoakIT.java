package io.jenkins.plugins.imagefactory.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some seconds of what {@code ./bench.sh soak} does for an hour. What the process has is not compared here, since other tests run in
 * it, too.
 */
@ExtendWith(OpenStackExtension.class)
class SoakIT {
    private static final long SEED = 4711;

    @Test
    void whateverFailsOrIsAbortedThereIsTheWholeResultOrNone(OpenStack cloud, @TempDir Path directory)
            throws Exception {
        try (Soak soak = new Soak(cloud, directory, SEED)) {
            soak.run(Duration.ofSeconds(5));

            assertThat(soak.wrong()).as(soak.done()).isEmpty();
            assertThat(soak.images()).isZero();
        }
    }
}
