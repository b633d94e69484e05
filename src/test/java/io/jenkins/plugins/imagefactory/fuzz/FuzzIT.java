package io.jenkins.plugins.imagefactory.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fixed and small number of inputs for each target; {@code ./bench.sh fuzz} goes on for long. */
class FuzzIT {
    @TempDir
    Path found;

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void noInputBringsItToAnErrorOfOursOrBeyondItsTime(FuzzTarget target) throws IOException, InterruptedException {
        assertThat(target.run(target.few(), found)).as("see %s", target.log()).isZero();
    }
}
