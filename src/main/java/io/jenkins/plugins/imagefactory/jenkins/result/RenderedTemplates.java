package io.jenkins.plugins.imagefactory.jenkins.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.heat.RenderedTemplate;
import java.util.List;
import java.util.Map;

/** Result of heatRender: a list in Pipelines. */
public record RenderedTemplates(List<Template> templates) implements OperationResult {
    /**
     * @param template path in the workspace
     * @param output path in the workspace
     * @param heatTemplateVersion null if it is no Heat template
     * @param parameters the Heat template's, by name, as plain data
     */
    public record Template(
            String template, String output, @CheckForNull String heatTemplateVersion, Map<String, ?> parameters) {
        public static Template of(RenderedTemplate rendered) {
            return new Template(
                    rendered.template(), rendered.output(), rendered.heatTemplateVersion(), rendered.parameters());
        }
    }

    public static RenderedTemplates of(List<RenderedTemplate> rendered) {
        return new RenderedTemplates(rendered.stream().map(Template::of).toList());
    }
}
