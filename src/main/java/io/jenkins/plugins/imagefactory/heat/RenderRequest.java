package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.Engine;
import io.jenkins.plugins.imagefactory.jinja.Rendering;
import io.jenkins.plugins.imagefactory.jinja.TemplateLoader;
import io.jenkins.plugins.imagefactory.jinja.Variables;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
 * @param environment what {@code lookup('env', …)} finds
 * @param gathersStacks whether Heat templates are returned with all that Heat needs to check them
 */
public record RenderRequest(
        String template,
        @CheckForNull String output,
        List<String> varsFiles,
        Map<String, Object> known,
        Map<String, Object> vars,
        Map<String, String> environment,
        boolean gathersStacks)
        implements Serializable {
    private static final String DEFAULT_OUTPUT = "target/heat";

    private record Result(Path template, Path output, String text, CheckedResult check) {}

    /** Renders every template and checks the results; writes nothing. */
    public List<RenderedTemplate> render(Path workspace) throws IOException {
        Path root = workspace.toAbsolutePath().normalize();
        Path outputDirectory = root.resolve(output == null ? DEFAULT_OUTPUT : output);
        Variables variables = variables(root);
        List<Result> results = new ArrayList<>();
        Map<Path, Path> outputs = new TemplateSelection(root, template).outputs();
        for (Map.Entry<Path, Path> selected : outputs.entrySet()) {
            Path rendered = outputDirectory.resolve(selected.getValue()).normalize();
            if (outputs.containsKey(rendered)) {
                throw new RenderException(slashed(root.relativize(selected.getKey()))
                        + " would be rendered over the template " + slashed(root.relativize(rendered))
                        + ": choose another 'output' directory");
            }
            results.add(render(root, selected.getKey(), rendered, variables));
        }
        Map<Path, String> texts = new LinkedHashMap<>();
        results.forEach(result -> texts.put(result.output(), result.text()));
        StackFiles stacks = new StackFiles(root, texts);
        List<RenderedTemplate> rendered = new ArrayList<>();
        for (Result result : results) {
            boolean gathers = gathersStacks && result.check().heat() != null;
            rendered.add(describe(root, result, gathers ? stacks.of(result.template(), result.output()) : null));
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

    private Result render(Path root, Path template, Path output, Variables variables) throws IOException {
        String name = slashed(root.relativize(template));
        Neighbours neighbours = new Neighbours(root, template);
        Engine engine =
                new Engine(neighbours, Map.of("env", environment::get, "file", neighbours::source), Limits.STANDARD);
        try {
            Map<String, Object> own = TemplateVariables.of(name, template, slashed(root.relativize(output)));
            Rendering rendering =
                    engine.compile(name, WorkspaceFiles.read(root, template)).rendering(variables.with(own));
            return new Result(template, output, rendering.text(), CheckedResult.of(name, output, rendering));
        } catch (TemplateException e) {
            throw new RenderException(e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What a template includes, imports, extends or looks up is looked for beside it. */
    private record Neighbours(Path root, Path template) implements TemplateLoader {
        private Path file(String name) {
            return template.resolveSibling(name).normalize();
        }

        @Override
        public String source(String name) {
            try {
                return Files.exists(file(name)) ? WorkspaceFiles.read(root, file(name)) : null;
            } catch (InvalidPathException e) {
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Map<String, Object> variables(String name) {
            try {
                return TemplateVariables.of(name, file(name), null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static RenderedTemplate describe(Path root, Result result, StackTemplate stack) {
        HeatTemplate heat = result.check().heat();
        return new RenderedTemplate(
                slashed(root.relativize(result.template())),
                slashed(root.relativize(result.output())),
                heat == null ? null : heat.version(),
                heat == null ? new LinkedHashMap<>() : heat.parameters(),
                result.check().warnings(),
                stack,
                result.text());
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
