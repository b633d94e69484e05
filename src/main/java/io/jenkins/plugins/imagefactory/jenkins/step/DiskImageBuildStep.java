package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.imagefactory.jenkins.dib.DiskImageBuilding;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.parameter.TextParameters;
import io.jenkins.plugins.imagefactory.jenkins.process.FollowedProgram;
import io.jenkins.plugins.imagefactory.jenkins.result.BuiltDiskImages;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code diskImageBuild}: builds an image of elements with diskimage-builder and keeps it and the log. */
public final class DiskImageBuildStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final String OUTPUT = "image";
    private static final String TYPE = "qcow2";

    private final List<String> elements;
    private String output = OUTPUT;
    private String release;
    private List<String> types = new ArrayList<>(List.of(TYPE));
    private int size;
    private List<String> elementsPath = new ArrayList<>();
    private Map<String, String> env = new LinkedHashMap<>();
    private List<String> options = new ArrayList<>();
    private boolean archiveImages = true;
    private int silenceTimeout;

    /** @param elements names of elements, one of which is an operating system */
    @DataBoundConstructor
    public DiskImageBuildStep(List<String> elements) {
        this.elements = new ArrayList<>(Util.fixNull(elements));
    }

    public List<String> getElements() {
        return elements;
    }

    public String getOutput() {
        return output;
    }

    /** Path of the image in the workspace, without suffix. Default: {@code image}. */
    @DataBoundSetter
    public void setOutput(String output) {
        this.output = Util.fixNull(Util.fixEmptyAndTrim(output), OUTPUT);
    }

    public String getRelease() {
        return release;
    }

    /** Release of the distribution, {@code DIB_RELEASE}. Default: that of the element. */
    @DataBoundSetter
    public void setRelease(String release) {
        this.release = Util.fixEmptyAndTrim(release);
    }

    public List<String> getTypes() {
        return types;
    }

    /** Types of files to make. Default: {@code qcow2}. */
    @DataBoundSetter
    public void setTypes(List<String> types) {
        this.types = new ArrayList<>(Util.fixNull(types).isEmpty() ? List.of(TYPE) : types);
    }

    public int getSize() {
        return size;
    }

    /** Size of the disk in GiB. Default: 0, as much as its files need. */
    @DataBoundSetter
    public void setSize(int size) {
        this.size = size;
    }

    public List<String> getElementsPath() {
        return elementsPath;
    }

    /** Directories of the workspace that hold elements. Default: none. */
    @DataBoundSetter
    public void setElementsPath(List<String> elementsPath) {
        this.elementsPath = new ArrayList<>(Util.fixNull(elementsPath));
    }

    public Map<String, String> getEnv() {
        return env;
    }

    /** Variables that the elements read. No place for secrets. Default: none. */
    @DataBoundSetter
    public void setEnv(Object env) {
        this.env = TextParameters.of(env);
    }

    public List<String> getOptions() {
        return options;
    }

    /** Further arguments of disk-image-create. Default: none. */
    @DataBoundSetter
    public void setOptions(List<String> options) {
        this.options = new ArrayList<>(Util.fixNull(options));
    }

    public boolean isArchiveImages() {
        return archiveImages;
    }

    /** Whether to archive the images and their SHA256SUM with the build. Default: true. */
    @DataBoundSetter
    public void setArchiveImages(boolean archiveImages) {
        this.archiveImages = archiveImages;
    }

    public int getSilenceTimeout() {
        return silenceTimeout;
    }

    /** Seconds without a line after which disk-image-create is ended. Default: 0, no limit. */
    @DataBoundSetter
    public void setSilenceTimeout(int silenceTimeout) {
        this.silenceTimeout = silenceTimeout;
    }

    @Override
    protected BuiltDiskImages run(BuildContext build) throws IOException, InterruptedException {
        return loggedIn(
                build,
                FollowedProgram.DISK_IMAGE_CREATE,
                (loggedIn, files) -> new DiskImageBuilding(loggedIn, parameters(build)).run(files));
    }

    private DiskImageBuilding.Parameters parameters(BuildContext build) {
        return new DiskImageBuilding.Parameters(
                TextParameters.expanded(build, elements),
                build.parameters().expand(output),
                build.parameters().expand(release),
                TextParameters.expanded(build, types),
                size,
                TextParameters.expanded(build, elementsPath),
                TextParameters.expanded(build, env),
                TextParameters.expanded(build, options),
                archiveImages,
                silenceTimeout > 0 ? Duration.ofSeconds(silenceTimeout) : null);
    }

    /** What went on without the agent is taken up again; what was in the foreground may do so, too. */
    @Override
    boolean canBeginAgain(Serializable kept) {
        return kept != null;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("diskImageBuild");
        }

        @Override
        public String getDisplayName() {
            return Messages.DiskImageBuildStep_DisplayName();
        }

        @POST
        public FormValidation doCheckElements(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.required(item, value);
        }

        @POST
        public FormValidation doCheckEnv(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.map(item, value);
        }

        @POST
        public FormValidation doCheckSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.count(item, value);
        }
    }
}
