package io.jenkins.plugins.imagefactory.jenkins.job;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** On the page of a job: its latest image, and how size and build time have changed. Nothing where no build made an image. */
public final class JobImages extends InvisibleAction {
    private final Job<?, ?> job;

    private JobImages(Job<?, ?> job) {
        this.job = job;
    }

    /** Looks at the newest builds: a page asks once. */
    public ImageTrend getTrend() {
        return ImageTrend.of(job);
    }

    /** Adds it to every job, without a look at its builds. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobImages.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            return List.of(new JobImages(job));
        }
    }
}
