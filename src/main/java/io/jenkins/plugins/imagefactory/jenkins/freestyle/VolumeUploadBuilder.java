package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import io.jenkins.plugins.imagefactory.jenkins.step.VolumeUploadStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link VolumeUploadStep} in freestyle jobs. */
public final class VolumeUploadBuilder extends OperationBuilder {
    private final VolumeUploadStep step;

    @DataBoundConstructor
    public VolumeUploadBuilder(VolumeUploadStep step) {
        this.step = step;
    }

    public VolumeUploadStep getStep() {
        return step;
    }

    @Override
    protected VolumeUploadStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(VolumeUploadStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.VolumeUploadStep_DisplayName();
        }
    }
}
