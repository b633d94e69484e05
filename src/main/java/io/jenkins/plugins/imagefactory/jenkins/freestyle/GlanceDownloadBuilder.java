package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceDownloadStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link GlanceDownloadStep} in freestyle jobs. */
public final class GlanceDownloadBuilder extends OperationBuilder {
    private final GlanceDownloadStep step;

    @DataBoundConstructor
    public GlanceDownloadBuilder(GlanceDownloadStep step) {
        this.step = step;
    }

    public GlanceDownloadStep getStep() {
        return step;
    }

    @Override
    protected GlanceDownloadStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(GlanceDownloadStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.GlanceDownloadStep_DisplayName();
        }
    }
}
