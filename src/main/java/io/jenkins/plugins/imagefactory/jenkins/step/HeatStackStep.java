package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.result.LaunchedStack;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.stack.StackLaunching;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.orchestration.IfStackExists;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code heatStack}: launches a Heat stack, or changes the one of that name, and leaves it. */
public final class HeatStackStep extends StackStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "heat";

    private String ifExists = DescriptorImpl.IF_EXISTS;
    private boolean dryRun;

    /** @param template a Heat template of the workspace, or one itself, of several lines */
    @DataBoundConstructor
    public HeatStackStep(String template) {
        super(template);
    }

    public String getIfExists() {
        return ifExists;
    }

    /** What to do if there is a stack of that name: {@code error} (the default), {@code update} or {@code replace}. */
    @DataBoundSetter
    public void setIfExists(String ifExists) {
        this.ifExists = Util.fixNull(Util.fixEmptyAndTrim(ifExists), DescriptorImpl.IF_EXISTS);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether to tell only what Heat would make or change. Default: false. */
    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    protected LaunchedStack run(BuildContext build) throws IOException, InterruptedException {
        IfStackExists existing = existing(build);
        StackLaunching.Wish wish = wish(build);
        Session session = login(build);
        StackLaunching launching = new StackLaunching(build, session, choice(build));
        if (dryRun) {
            return previewed(build, launching.preview(wish, existing), wish, session);
        }
        return launching.launch(wish, existing);
    }

    private LaunchedStack previewed(BuildContext build, List<String> changes, StackLaunching.Wish wish, Session session)
            throws IOException {
        build.console().log(SUBJECT, "For stack '" + wish.name() + "' in " + session.place() + " Heat would");
        changes.forEach(change -> build.console().log(SUBJECT, "  " + change));
        return new LaunchedStack("", wish.name(), "", Map.of(), List.of(), 0);
    }

    private IfStackExists existing(BuildContext build) throws AbortException {
        String said = build.parameters().expand(ifExists);
        return IfStackExists.of(said)
                .orElseThrow(() ->
                        new AbortException("ifExists is '" + said + "', but must be one of " + IfStackExists.labels()));
    }

    @Extension
    public static final class DescriptorImpl extends StackDescriptor {
        static final String IF_EXISTS = "error";

        public DescriptorImpl() {
            super("heatStack");
        }

        @Override
        public String getDisplayName() {
            return Messages.HeatStackStep_DisplayName();
        }

        @POST
        public ListBoxModel doFillIfExistsItems(@AncestorInPath Item item, @QueryParameter String ifExists) {
            return options(item, ifExists, IfStackExists.labels());
        }
    }
}
