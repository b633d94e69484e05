package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.packer.PackerBuilding;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.packer.BuildOptions;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code packerBuild}: runs {@code packer build} in the workspace and keeps the images and the log that it made. */
public final class PackerBuildStep extends PackerTemplateStep {
    private static final long serialVersionUID = 1L;
    private static final String LOG_DIRECTORY = "packer-logs";
    private static final int ABORT_GRACE_SECONDS = 120;

    private boolean force;
    private String onError;
    private int parallelBuilds;
    private boolean timestampUi;
    private boolean init = true;
    private boolean validate = true;
    private boolean debugLog;
    private String logDir = LOG_DIRECTORY;
    private String images;
    private boolean checksums = true;
    private boolean archiveImages = true;
    private boolean archiveLogs = true;
    private int silenceTimeout;
    private int abortGrace = ABORT_GRACE_SECONDS;

    /** @param template a JSON or HCL2 file of the workspace, or a directory of HCL2 files */
    @DataBoundConstructor
    public PackerBuildStep(String template) {
        super(template);
    }

    public boolean isForce() {
        return force;
    }

    /** Whether to overwrite what an earlier build left. Default: false. */
    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    public String getOnError() {
        return onError;
    }

    /** What to do when a build fails: {@code cleanup}, {@code abort} or {@code run-cleanup-provisioner}. Default: cleanup. */
    @DataBoundSetter
    public void setOnError(String onError) {
        this.onError = Util.fixEmptyAndTrim(onError);
    }

    public int getParallelBuilds() {
        return parallelBuilds;
    }

    /** How many builds run at a time. Default: 0, all of them. */
    @DataBoundSetter
    public void setParallelBuilds(int parallelBuilds) {
        this.parallelBuilds = parallelBuilds;
    }

    public boolean isTimestampUi() {
        return timestampUi;
    }

    /** Whether Packer puts the time before its lines. Default: false. */
    @DataBoundSetter
    public void setTimestampUi(boolean timestampUi) {
        this.timestampUi = timestampUi;
    }

    public boolean isInit() {
        return init;
    }

    /** Whether to install the plugins that an HCL2 template requires, from Packer 1.7 on. Default: true. */
    @DataBoundSetter
    public void setInit(boolean init) {
        this.init = init;
    }

    public boolean isValidate() {
        return validate;
    }

    /** Whether to run {@code packer validate} first. Default: true. */
    @DataBoundSetter
    public void setValidate(boolean validate) {
        this.validate = validate;
    }

    public boolean isDebugLog() {
        return debugLog;
    }

    /** Whether to keep Packer's debug log beside its log. Default: false. */
    @DataBoundSetter
    public void setDebugLog(boolean debugLog) {
        this.debugLog = debugLog;
    }

    public String getLogDir() {
        return logDir;
    }

    /** Directory of the workspace for the logs. Default: {@code packer-logs}. */
    @DataBoundSetter
    public void setLogDir(String logDir) {
        this.logDir = Util.fixNull(Util.fixEmptyAndTrim(logDir), LOG_DIRECTORY);
    }

    public String getImages() {
        return images;
    }

    /** Ant glob of the images that the build makes. Default: those that Packer's output names. */
    @DataBoundSetter
    public void setImages(String images) {
        this.images = Util.fixEmptyAndTrim(images);
    }

    public boolean isChecksums() {
        return checksums;
    }

    /** Whether to write a SHA256SUM beside the images. Default: true. */
    @DataBoundSetter
    public void setChecksums(boolean checksums) {
        this.checksums = checksums;
    }

    public boolean isArchiveImages() {
        return archiveImages;
    }

    /** Whether to archive the images and their SHA256SUM with the build. Default: true. */
    @DataBoundSetter
    public void setArchiveImages(boolean archiveImages) {
        this.archiveImages = archiveImages;
    }

    public boolean isArchiveLogs() {
        return archiveLogs;
    }

    /** Whether to archive Packer's logs with the build. Default: true. */
    @DataBoundSetter
    public void setArchiveLogs(boolean archiveLogs) {
        this.archiveLogs = archiveLogs;
    }

    public int getSilenceTimeout() {
        return silenceTimeout;
    }

    /** Seconds without a line after which Packer is ended. Default: 0, no limit. */
    @DataBoundSetter
    public void setSilenceTimeout(int silenceTimeout) {
        this.silenceTimeout = silenceTimeout;
    }

    public int getAbortGrace() {
        return abortGrace;
    }

    /** Seconds that Packer may clean up when it is ended. Default: 120. */
    @DataBoundSetter
    public void setAbortGrace(int abortGrace) {
        this.abortGrace = abortGrace;
    }

    @Override
    PackerRun runPacker(BuildContext build, @CheckForNull LeftDirectory clientFiles)
            throws IOException, InterruptedException {
        return new PackerBuilding(build, parameters(build), options(build)).run(clientFiles);
    }

    private PackerBuilding.Options options(BuildContext build) throws AbortException {
        StepParameters.require(
                onError == null || BuildOptions.ON_ERROR.contains(onError),
                "onError: '" + onError + "' is none of " + BuildOptions.ON_ERROR);
        return new PackerBuilding.Options(
                new BuildOptions(force, onError, parallelBuilds, timestampUi),
                init,
                validate,
                debugLog,
                build.parameters().expand(logDir),
                images,
                checksums,
                archiveImages,
                archiveLogs,
                silenceTimeout > 0 ? Duration.ofSeconds(silenceTimeout) : null,
                Duration.ofSeconds(abortGrace));
    }

    /** What went on without the agent is taken up again; what was in the foreground may do so, too. */
    @Override
    boolean canBeginAgain(Serializable kept) {
        return kept != null;
    }

    @Extension
    public static final class DescriptorImpl extends TemplateDescriptor {
        public DescriptorImpl() {
            super("packerBuild");
        }

        @Override
        public String getDisplayName() {
            return Messages.PackerBuildStep_DisplayName();
        }

        @POST
        public ListBoxModel doFillOnErrorItems(@AncestorInPath Item item, @QueryParameter String onError) {
            return options(item, onError, Messages.PackerBuildStep_OnErrorDefault(), BuildOptions.ON_ERROR);
        }

        @POST
        public FormValidation doCheckParallelBuilds(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.count(item, value);
        }

        @POST
        public FormValidation doCheckAbortGrace(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.count(item, value);
        }
    }
}
