package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.ImageConvertStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageConvertStep} in freestyle jobs. */
public final class ImageConvertBuilder extends OperationBuilder {
    private final ImageConvertStep step;

    @DataBoundConstructor
    public ImageConvertBuilder(ImageConvertStep step) {
        this.step = step;
    }

    public ImageConvertStep getStep() {
        return step;
    }

    @Override
    protected ImageConvertStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(ImageConvertStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.ImageConvertStep_DisplayName();
        }
    }
}
