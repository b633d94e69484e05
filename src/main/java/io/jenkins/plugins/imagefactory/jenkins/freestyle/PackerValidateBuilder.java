package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import io.jenkins.plugins.imagefactory.jenkins.step.PackerValidateStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link PackerValidateStep} in freestyle jobs. */
public final class PackerValidateBuilder extends OperationBuilder {
    private final PackerValidateStep step;

    @DataBoundConstructor
    public PackerValidateBuilder(PackerValidateStep step) {
        this.step = step;
    }

    public PackerValidateStep getStep() {
        return step;
    }

    @Override
    protected PackerValidateStep operation() {
        return step;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super(PackerValidateStep.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.PackerValidateStep_DisplayName();
        }
    }
}
