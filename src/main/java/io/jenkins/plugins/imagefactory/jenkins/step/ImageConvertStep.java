package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.image.TargetFormat;
import io.jenkins.plugins.imagefactory.jenkins.convert.ImageConversion;
import io.jenkins.plugins.imagefactory.jenkins.form.FieldCheck;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.parameter.FileParameter;
import io.jenkins.plugins.imagefactory.jenkins.parameter.TextParameters;
import io.jenkins.plugins.imagefactory.jenkins.result.ConvertedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code imageConvert}: converts a disk image of the workspace to another format, or to what a provider takes. */
public final class ImageConvertStep extends OperationStep {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String format;
    private String output;
    private boolean compress;
    private Map<String, String> options = new LinkedHashMap<>();

    /**
     * @param file path or Ant glob of one file in the workspace
     * @param format one of {@link TargetFormat#titles}
     */
    @DataBoundConstructor
    public ImageConvertStep(String file, String format) {
        this.file = Util.fixNull(file).trim();
        this.format = Util.fixNull(format).trim();
    }

    public String getFile() {
        return file;
    }

    public String getFormat() {
        return format;
    }

    public String getOutput() {
        return output;
    }

    /** Path in the workspace. Default: beside the file, with the suffix of the format. */
    @DataBoundSetter
    public void setOutput(String output) {
        this.output = Util.fixEmptyAndTrim(output);
    }

    public boolean isCompress() {
        return compress;
    }

    /** Whether to compress a qcow2 or a vmdk. Default: false. */
    @DataBoundSetter
    public void setCompress(boolean compress) {
        this.compress = compress;
    }

    public Map<String, String> getOptions() {
        return options;
    }

    /** Options of the format. Default: none. */
    @DataBoundSetter
    public void setOptions(Object options) {
        this.options = TextParameters.of(options);
    }

    @Override
    String takenFromWorkspace() {
        return file;
    }

    @Override
    protected ConvertedImage run(BuildContext build) throws IOException, InterruptedException {
        TargetFormat target = targetFormat(build);
        FilePath source = FileParameter.matching(build, build.parameters().expand(file), "imageConvert");
        WorkspacePaths paths = WorkspacePaths.of(build.node());
        String path = paths.relative(source);
        return new ImageConversion(
                        build,
                        target,
                        paths.target(
                                output == null
                                        ? withSuffix(path, target.suffix())
                                        : build.parameters().expand(output)),
                        compress,
                        TextParameters.expanded(build, options))
                .run(source, path);
    }

    private TargetFormat targetFormat(BuildContext build) throws AbortException {
        try {
            return TargetFormat.of(build.parameters().expand(format));
        } catch (IllegalArgumentException e) {
            throw new AbortException("format: " + e.getMessage());
        }
    }

    private static String withSuffix(String path, String suffix) {
        int dot = path.lastIndexOf('.');
        return (dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path) + suffix;
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("imageConvert");
        }

        @Override
        public String getDisplayName() {
            return Messages.ImageConvertStep_DisplayName();
        }

        @POST
        public ListBoxModel doFillFormatItems(@AncestorInPath Item item, @QueryParameter String format) {
            return options(item, format, TargetFormat.titles());
        }

        @POST
        public FormValidation doCheckOptions(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.map(item, value);
        }
    }
}
