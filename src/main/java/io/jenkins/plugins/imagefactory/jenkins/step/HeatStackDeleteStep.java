package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.result.DeletedStack;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.stack.StackLaunching;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.io.IOException;
import java.util.Set;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code heatStackDelete}: deletes a Heat stack and waits until it is gone; fine if there is none. Needs no node. */
public final class HeatStackDeleteStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;

    private final String stack;

    /** @param stack id or exact name */
    @DataBoundConstructor
    public HeatStackDeleteStep(String stack) {
        this.stack = Util.fixNull(stack).trim();
    }

    public String getStack() {
        return stack;
    }

    @Override
    protected DeletedStack run(BuildContext build) throws IOException, InterruptedException {
        String wanted = build.parameters().required(stack, "heatStackDelete needs 'stack': a stack's id or exact name");
        try {
            return new DeletedStack(new StackLaunching(build, login(build), choice(build)).delete(wanted));
        } catch (OpenStackException | AbortException e) {
            String reason = String.valueOf(e.getMessage());
            throw reason.contains(wanted)
                    ? e
                    : new AbortException("stack '" + wanted + "' cannot be deleted: " + reason);
        }
    }

    @Override
    boolean needsNode() {
        return false;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("heatStackDelete");
        }

        @Override
        public String getDisplayName() {
            return Messages.HeatStackDeleteStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @POST
        public FormValidation doCheckStack(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.required(item, value);
        }
    }
}
