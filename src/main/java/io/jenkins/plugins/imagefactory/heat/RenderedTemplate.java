package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
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
 * @param text of the rendered file
 */
public record RenderedTemplate(
        String template,
        String output,
        @CheckForNull String heatTemplateVersion,
        Map<String, Object> parameters,
        List<String> warnings,
        @CheckForNull StackTemplate stack,
        String text)
        implements Serializable {

    /**
     * Writes the whole file or nothing.
     *
     * @param onlyOwnerReads whether nobody else on the node may read it
     */
    public void write(Path workspace, boolean onlyOwnerReads) throws IOException {
        Path root = workspace.toAbsolutePath().normalize();
        WorkspaceFiles.write(root, root.resolve(output), text, onlyOwnerReads);
    }
}
