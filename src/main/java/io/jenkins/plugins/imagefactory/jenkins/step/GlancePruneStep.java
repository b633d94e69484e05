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
import io.jenkins.plugins.imagefactory.jenkins.result.PrunedImages;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.ImagePruning;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code glancePrune}: keeps the newest images of a project and deletes or hides the older ones. Needs no node. */
public final class GlancePruneStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "glance";
    private static final String ANY = "*";

    private String name;
    private String tag;
    private int keep = DescriptorImpl.KEEP;
    private boolean hide;
    private Integer maxDelete;
    private boolean dryRun;

    @DataBoundConstructor
    public GlancePruneStep() {
        // name or tag must be set
    }

    public String getName() {
        return name;
    }

    /** Exact name of the images, or with {@code *} at its end the beginning of their names. */
    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getTag() {
        return tag;
    }

    /** A tag that the images have. */
    @DataBoundSetter
    public void setTag(String tag) {
        this.tag = Util.fixEmptyAndTrim(tag);
    }

    public int getKeep() {
        return keep;
    }

    /** How many of the newest active images stay. Default: 3. */
    @DataBoundSetter
    public void setKeep(int keep) {
        this.keep = keep;
    }

    public boolean isHide() {
        return hide;
    }

    /** Whether to hide the older ones and not delete them. Default: false. */
    @DataBoundSetter
    public void setHide(boolean hide) {
        this.hide = hide;
    }

    public int getMaxDelete() {
        return maxDelete == null ? DescriptorImpl.MAX_DELETE : maxDelete;
    }

    /** The step ends before it deletes anything if more images would go. Default: 100. */
    @DataBoundSetter
    public void setMaxDelete(int maxDelete) {
        this.maxDelete = maxDelete;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether only to tell what would be done. Default: false. */
    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    protected PrunedImages run(BuildContext build) throws IOException, InterruptedException {
        String wantedName = expanded(build, "name", name);
        String wantedTag = expanded(build, "tag", tag);
        StepParameters.require(
                wantedName != null && !wantedName.equals(ANY) || wantedTag != null,
                "glancePrune needs 'name' or 'tag': which images to prune");
        StepParameters.require(keep >= 0, "glancePrune cannot keep " + keep + " images");
        StepParameters.require(getMaxDelete() >= 0, "glancePrune cannot delete " + getMaxDelete() + " images");
        Session session = login(build);
        Set<String> ofThisBuild = build.record().uploadedImages().stream()
                .map(uploaded -> uploaded.image().id())
                .collect(Collectors.toSet());
        List<ImagePruning.Outcome> outcomes = new ImagePruning(
                        wantedName, wantedTag, keep, hide, getMaxDelete(), dryRun, ofThisBuild)
                .prune(Glance.of(session));
        report(build, session, wantedName, wantedTag, outcomes);
        return PrunedImages.of(outcomes);
    }

    /** A variable that is empty must not widen what is asked for. */
    private static String expanded(BuildContext build, String parameter, String given) throws AbortException {
        String used = Util.fixNull(build.parameters().expand(given)).trim();
        StepParameters.require(
                given == null || given.equals(used) || !used.isEmpty() && !used.equals(ANY),
                "glancePrune needs to know which images to prune, but " + parameter + " '" + given + "' is '" + used
                        + "' with its variables expanded, which fits any: is a variable empty?");
        return given == null ? null : used;
    }

    private void report(
            BuildContext build,
            Session session,
            String wantedName,
            String wantedTag,
            List<ImagePruning.Outcome> outcomes)
            throws IOException {
        build.console()
                .log(
                        SUBJECT,
                        outcomes.size() + " images " + (wantedName == null ? "" : "'" + wantedName + "' ")
                                + (wantedTag == null ? "" : "with tag '" + wantedTag + "' ") + "in " + session.place()
                                + (dryRun ? ", if this were no dry run:" : ":"));
        for (ImagePruning.Outcome outcome : outcomes) {
            build.console()
                    .log(
                            SUBJECT,
                            "  " + outcome.decision().name().toLowerCase(Locale.ROOT) + "  "
                                    + outcome.image().name() + " ("
                                    + outcome.image().id() + ", "
                                    + outcome.image().createdAt() + "), " + outcome.reason());
        }
    }

    @Override
    boolean needsNode() {
        return false;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        static final int KEEP = 3;
        static final int MAX_DELETE = 100;

        public DescriptorImpl() {
            super("glancePrune");
        }

        @Override
        public String getDisplayName() {
            return Messages.GlancePruneStep_DisplayName();
        }

        /** Needs no node. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @POST
        public FormValidation doCheckName(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String tag) {
            return Util.fixEmptyAndTrim(tag) == null ? FieldCheck.required(item, value) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckMaxDelete(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.count(item, value);
        }

        @POST
        public FormValidation doCheckKeep(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.count(item, value);
        }
    }
}
