package io.jenkins.plugins.imagefactory.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFactoryActionTest {
    @Test
    void anImageOfWhichARestartedStepTellsAgainIsKeptOnce(@TempDir Path directory) throws IOException {
        Run<?, ?> build = LocalBuild.in(directory, directory, OutputStream.nullOutputStream(), null)
                .run();
        ImageFactoryAction action = ImageFactoryAction.of(build);

        action.imageUploaded(Map.of("id", "1", "reused", false, "millis", 1L));
        action.imageUploaded(Map.of("id", "2", "reused", false));
        action.imageUploaded(Map.of("id", "1", "reused", false, "millis", 2L));

        assertThat(action.uploadedImages())
                .extracting(image -> image.get("id") + " " + image.get("millis"))
                .containsExactly("2 null", "1 2");
    }
}
