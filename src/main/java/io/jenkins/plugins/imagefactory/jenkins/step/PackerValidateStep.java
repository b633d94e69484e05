package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.imagefactory.jenkins.packer.PackerTemplate;
import io.jenkins.plugins.imagefactory.jenkins.result.ValidatedTemplate;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.packer.TemplateSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code packerValidate}: checks a template without building anything, as for a pull request. */
public final class PackerValidateStep extends PackerTemplateStep {
    private static final long serialVersionUID = 1L;

    private boolean init = true;
    private boolean format = true;

    /** @param template a JSON or HCL2 file of the workspace, or a directory of HCL2 files */
    @DataBoundConstructor
    public PackerValidateStep(String template) {
        super(template);
    }

    public boolean isInit() {
        return init;
    }

    /** Whether to install the plugins that an HCL2 template requires, from Packer 1.7 on. Default: true. */
    @DataBoundSetter
    public void setInit(boolean init) {
        this.init = init;
    }

    public boolean isFormat() {
        return format;
    }

    /** Whether an HCL2 template must be formatted as {@code packer fmt} does. Default: true. */
    @DataBoundSetter
    public void setFormat(boolean format) {
        this.format = format;
    }

    @Override
    ValidatedTemplate runPacker(BuildContext build, @CheckForNull LeftDirectory clientFiles)
            throws IOException, InterruptedException {
        PackerTemplate packer = PackerTemplate.open(build, parameters(build));
        try {
            return check(build, packer);
        } finally {
            packer.close();
        }
    }

    private ValidatedTemplate check(BuildContext build, PackerTemplate packer)
            throws IOException, InterruptedException {
        if (init) {
            packer.init();
        }
        List<String> flaws = new ArrayList<>();
        if (!packer.validate()) {
            flaws.add("Packer finds it invalid");
        }
        if (format && !packer.isFormatted()) {
            flaws.add("it is not formatted as 'packer fmt' does");
        }
        StepParameters.require(
                flaws.isEmpty(),
                "template '" + build.parameters().expand(getTemplate()) + "': " + String.join(", and ", flaws)
                        + "; the reasons stand above");
        TemplateSummary summary = packer.inspect();
        report(build, summary);
        return ValidatedTemplate.of(summary, packer.warnings());
    }

    private static void report(BuildContext build, TemplateSummary summary) {
        build.console()
                .log(
                        "packer",
                        "Valid: builders "
                                + String.join(
                                        ", ",
                                        summary.builders().stream()
                                                .map(TemplateSummary.Builder::name)
                                                .toList())
                                + "; variables " + String.join(", ", summary.variables()));
    }

    @Extension
    public static final class DescriptorImpl extends TemplateDescriptor {
        public DescriptorImpl() {
            super("packerValidate");
        }

        @Override
        public String getDisplayName() {
            return Messages.PackerValidateStep_DisplayName();
        }
    }
}
