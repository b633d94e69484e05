package io.jenkins.plugins.imagefactory.jenkins.job;

import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.run.GlanceImage;

/** An image, and the build that uploaded it. */
public record NewestImage(GlanceImage image, Run<?, ?> run) {
    public GlanceImage getImage() {
        return image;
    }

    public Run<?, ?> getRun() {
        return run;
    }
}
