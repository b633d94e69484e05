package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.DiskImageBuildStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link DiskImageBuildStep} in freestyle jobs. */
public final class DiskImageBuildBuilder extends OperationBuilder {
    private final DiskImageBuildStep step;

    @DataBoundConstructor
    public DiskImageBuildBuilder(DiskImageBuildStep step) {
        this.step = step;
    }

    public DiskImageBuildStep getStep() {
        return step;
    }

    @Override
    protected DiskImageBuildStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(DiskImageBuildStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.DiskImageBuildStep_DisplayName();
        }
    }
}
