package io.jenkins.plugins.imagefactory.jenkins.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jenkins.result.RenderedTemplates;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A Heat template that a build rendered. Part of {@code build.xml}, as {@link GlanceImage} is. */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class HeatFile {
    private final String template;
    private final String output;
    private final String heatTemplateVersion;
    private final Boolean archived;

    HeatFile(RenderedTemplates.Template rendered, boolean archived) {
        template = rendered.template();
        output = rendered.output();
        heatTemplateVersion = rendered.heatTemplateVersion();
        this.archived = archived;
    }

    /** What it was rendered from. */
    @Exported
    public String getTemplate() {
        return template;
    }

    /** In the workspace, and in the archive. */
    @Exported
    public String getOutput() {
        return output;
    }

    /** Null for a file that is no Heat template. */
    @Exported
    public String getHeatTemplateVersion() {
        return heatTemplateVersion;
    }

    /** Relative to the build's address; null if it was not archived. */
    @CheckForNull
    @Exported
    public String getArtifact() {
        return ArchivedFile.link(output, archived);
    }
}
