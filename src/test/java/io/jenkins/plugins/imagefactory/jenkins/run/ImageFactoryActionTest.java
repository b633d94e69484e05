package io.jenkins.plugins.imagefactory.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFactoryActionTest {
    @Test
    void anImageOfWhichARestartedStepTellsAgainIsKeptOnce(@TempDir Path directory) throws IOException {
        Run<?, ?> build = LocalBuild.in(directory, directory, OutputStream.nullOutputStream(), null)
                .run();
        ImageFactoryAction action = ImageFactoryAction.of(build);

        action.imageUploaded(KeptResults.uploaded(1, 10));
        action.imageUploaded(KeptResults.uploaded(2, 10));
        action.imageUploaded(KeptResults.uploaded(1, 20));

        assertThat(action.uploadedImages()).containsExactly(KeptResults.uploaded(2, 10), KeptResults.uploaded(1, 20));
    }
}
