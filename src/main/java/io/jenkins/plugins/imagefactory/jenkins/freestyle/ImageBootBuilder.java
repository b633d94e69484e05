package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageBootStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageBootStep} in freestyle jobs. */
public final class ImageBootBuilder extends OperationBuilder {
    private final ImageBootStep step;

    @DataBoundConstructor
    public ImageBootBuilder(ImageBootStep step) {
        this.step = step;
    }

    public ImageBootStep getStep() {
        return step;
    }

    @Override
    protected ImageBootStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(ImageBootStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.ImageBootStep_DisplayName();
        }
    }
}
