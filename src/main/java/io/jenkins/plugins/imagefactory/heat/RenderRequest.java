package io.jenkins.plugins.imagefactory.heat;

import io.jenkins.plugins.imagefactory.jinja.Engine;
import io.jenkins.plugins.imagefactory.jinja.Limits;
import io.jenkins.plugins.imagefactory.jinja.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.Variables;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to render. All paths are relative to the workspace.
 *
 * @param template a file, a directory or a glob
 * @param output directory for the rendered files; null for {@code target/heat}
 * @param varsFiles YAML or JSON files with variables, later ones over earlier ones
 * @param known what the build knows, over all of those
 * @param vars over everything
 */
public record RenderRequest(
        String template, String output, List<String> varsFiles, Map<String, Object> known, Map<String, Object> vars)
        implements Serializable {
    private static final String DEFAULT_OUTPUT = "target/heat";

    private record Rendering(Path template, Path output, String text, CheckedResult result) {}

    /** Renders every template and checks the results; then writes them all, or, if one fails, none. */
    public List<RenderedTemplate> render(Path workspace) throws IOException {
        Path root = workspace.toAbsolutePath().normalize();
        Path outputDirectory = root.resolve(output == null ? DEFAULT_OUTPUT : output);
        Variables variables = variables(root);
        List<Rendering> renderings = new ArrayList<>();
        Map<Path, Path> outputs = new TemplateSelection(root, template).outputs();
        for (Map.Entry<Path, Path> selected : outputs.entrySet()) {
            Path rendered = outputDirectory.resolve(selected.getValue()).normalize();
            if (outputs.containsKey(rendered)) {
                throw new RenderException(slashed(root.relativize(selected.getKey()))
                        + " would be rendered over the template " + slashed(root.relativize(rendered))
                        + ": choose another 'output' directory");
            }
            renderings.add(render(root, selected.getKey(), rendered, variables));
        }
        List<RenderedTemplate> rendered = new ArrayList<>();
        for (Rendering rendering : renderings) {
            WorkspaceFiles.write(root, rendering.output(), rendering.text());
            rendered.add(describe(root, rendering));
        }
        return rendered;
    }

    private Variables variables(Path root) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String varsFile : varsFiles) {
            all.putAll(new VarsFile(varsFile, WorkspaceFiles.read(root, root.resolve(varsFile))).variables());
        }
        all.putAll(known);
        all.putAll(vars);
        try {
            return Variables.of(all);
        } catch (TemplateException e) {
            throw new RenderException(e.getMessage());
        }
    }

    private static Rendering render(Path root, Path template, Path output, Variables variables) throws IOException {
        String name = slashed(root.relativize(template));
        Engine engine = new Engine(other -> neighbour(root, template, other), Map.of(), Limits.STANDARD);
        try {
            String text =
                    engine.compile(name, WorkspaceFiles.read(root, template)).render(variables);
            return new Rendering(template, output, text, CheckedResult.of(name, output, text));
        } catch (TemplateException e) {
            throw new RenderException(e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Includes, imports and layouts are looked for beside the template. */
    private static String neighbour(Path root, Path template, String name) {
        try {
            Path file = template.resolveSibling(name).normalize();
            return Files.exists(file) ? WorkspaceFiles.read(root, file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RenderedTemplate describe(Path root, Rendering rendering) {
        HeatTemplate heat = rendering.result().heat();
        return new RenderedTemplate(
                slashed(root.relativize(rendering.template())),
                slashed(root.relativize(rendering.output())),
                heat == null ? null : heat.version(),
                heat == null ? new LinkedHashMap<>() : heat.parameters(),
                rendering.result().warnings());
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
