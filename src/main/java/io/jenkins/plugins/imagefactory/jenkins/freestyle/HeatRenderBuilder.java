package io.jenkins.plugins.imagefactory.jenkins.freestyle;

import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatRenderStep;
import io.jenkins.plugins.imagefactory.jenkins.step.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link HeatRenderStep} in freestyle jobs. */
public final class HeatRenderBuilder extends OperationBuilder<HeatRenderStep> {
    @DataBoundConstructor
    public HeatRenderBuilder(HeatRenderStep step) {
        super(step);
    }

    @Extension
    @Symbol("heatRender")
    public static final class DescriptorImpl extends OperationDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.HeatRenderStep_DisplayName();
        }
    }
}
