package io.jenkins.plugins.imagefactory.heat;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A template that was rendered.
 *
 * @param template its path in the workspace, with {@code /}
 * @param output the rendered file's path in the workspace, with {@code /}
 * @param heatTemplateVersion null if it is no Heat template
 * @param parameters the Heat template's, by name, as plain data
 * @param warnings about the rendered file, each a sentence
 * @param stack for Heat to check; null unless it was asked for and this is a Heat template
 */
public record RenderedTemplate(
        String template,
        String output,
        String heatTemplateVersion,
        Map<String, Object> parameters,
        List<String> warnings,
        Stack stack)
        implements Serializable {}
