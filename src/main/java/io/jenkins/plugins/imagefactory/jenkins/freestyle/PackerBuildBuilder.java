package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerBuildStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link PackerBuildStep} in freestyle jobs. */
public final class PackerBuildBuilder extends OperationBuilder {
    private final PackerBuildStep step;

    @DataBoundConstructor
    public PackerBuildBuilder(PackerBuildStep step) {
        this.step = step;
    }

    public PackerBuildStep getStep() {
        return step;
    }

    @Override
    protected PackerBuildStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(PackerBuildStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.PackerBuildStep_DisplayName();
        }
    }
}
