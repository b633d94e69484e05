package io.jenkins.plugins.imagefactory.jenkins.job;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.run.GlanceImage;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import java.util.List;
import java.util.Optional;

/** An image, and the build that uploaded it. */
public record NewestImage(GlanceImage image, Run<?, ?> run) {
    /** A list shows many jobs: none loads more builds than these. */
    static final int BUILDS = 5;

    /** That of a job, if one of its newest builds uploaded one. */
    static Optional<NewestImage> of(Job<?, ?> job) {
        Run<?, ?> run = job.getLastBuild();
        for (int left = BUILDS; run != null && left > 0; left--) {
            ImageFactoryAction kept = run.getAction(ImageFactoryAction.class);
            List<GlanceImage> uploaded = kept == null
                    ? List.of()
                    : kept.getImages().stream().filter(GlanceImage::isUploaded).toList();
            if (!uploaded.isEmpty()) {
                return Optional.of(new NewestImage(uploaded.get(uploaded.size() - 1), run));
            }
            run = left > 1 ? run.getPreviousBuild() : null;
        }
        return Optional.empty();
    }

    public GlanceImage getImage() {
        return image;
    }

    public Run<?, ?> getRun() {
        return run;
    }
}
