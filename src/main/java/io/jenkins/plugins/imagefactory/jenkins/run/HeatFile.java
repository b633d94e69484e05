package io.jenkins.plugins.imagefactory.jenkins.run;

import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A Heat template that a build rendered. Part of {@code build.xml}, as {@link GlanceImage} is. */
@ExportedBean(defaultVisibility = ImageFactoryAction.EXPORTED)
public final class HeatFile {
    private final String template;
    private final String output;
    private final String heatTemplateVersion;
    private final Boolean archived;

    /** @param result one of what heatRender returns */
    HeatFile(Map<String, Object> result, boolean archived) {
        template = (String) result.get("template");
        output = (String) result.get("output");
        heatTemplateVersion = (String) result.get("heatTemplateVersion");
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
    @Exported
    public String getArtifact() {
        return ArchivedFile.link(output, archived);
    }
}
