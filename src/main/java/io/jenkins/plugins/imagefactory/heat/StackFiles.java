package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Gathers what belongs to a Heat template: the files it names and its environment. They are looked for among what was rendered,
 * then in the directory of the rendered template, then beside the template itself.
 */
final class StackFiles {
    private static final Set<String> ENVIRONMENT_SECTIONS = Set.of(
            "parameters",
            "parameter_defaults",
            "parameter_merge_strategies",
            "resource_registry",
            "encrypted_param_names",
            "event_sinks");

    private static final int MOST_FILES = 1000;
    private static final long MOST_CHARACTERS = 64L << 20;

    private final Path workspace;
    private final Map<Path, String> rendered;

    /** @param rendered texts by the paths that they will be written to */
    StackFiles(Path workspace, Map<Path, String> rendered) {
        this.workspace = workspace;
        this.rendered = rendered;
    }

    /**
     * @param template the file that was rendered
     * @param output where to
     */
    StackTemplate of(Path template, Path output) throws IOException {
        String text = rendered.get(output);
        List<Path> directories = List.of(output.getParent(), template.getParent());
        Map<String, String> files = new LinkedHashMap<>();
        addFilesOf(text, output.toString(), directories, files);
        String environment = environment(output);
        if (environment != null) {
            addFilesOf(environment, "environment of " + output, directories, files);
        }
        return new StackTemplate(text, files, environment);
    }

    /**
     * Of a template that is to be launched as it is.
     *
     * @param environment null for none
     * @param named texts of files that the template names, in place of those that lie beside it
     */
    StackTemplate of(Path template, @CheckForNull Path environment, Map<String, String> named) throws IOException {
        return of(WorkspaceFiles.read(workspace, template), template.getParent(), environment, named);
    }

    /** @param directory where the files lie that it names */
    StackTemplate of(String template, Path directory, @CheckForNull Path environment, Map<String, String> named)
            throws IOException {
        Map<String, String> files = new LinkedHashMap<>(named);
        addFilesOf(template, "the template", List.of(directory), files);
        String settings = null;
        if (environment != null) {
            settings = WorkspaceFiles.read(workspace, environment);
            addFilesOf(settings, environment.toString(), List.of(environment.getParent(), directory), files);
        }
        return new StackTemplate(template, files, settings);
    }

    private void addFilesOf(String yaml, String name, List<Path> directories, Map<String, String> files)
            throws IOException {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node document : new StrictYaml(yaml, TextPlaces.of(name)).documents()) {
            add(document, seen, directories, files);
        }
    }

    private void add(Node node, Set<Node> seen, List<Path> directories, Map<String, String> files) throws IOException {
        if (!seen.add(node)) {
            return;
        }
        for (Node element : YamlNodes.elements(node)) {
            add(element, seen, directories, files);
        }
        for (YamlNodes.Entry entry : YamlNodes.entries(node).values()) {
            String value = YamlNodes.text(entry.value());
            if (value != null && namesFile(entry.name(), value) && !files.containsKey(value)) {
                addFile(value, directories, files);
            } else {
                add(entry.value(), seen, directories, files);
            }
        }
    }

    private static boolean namesFile(String key, String value) {
        boolean isAddress = value.contains("://");
        return !isAddress && (key.equals("get_file") || isTemplate(value));
    }

    private static boolean isTemplate(String file) {
        return file.endsWith(".yaml") || file.endsWith(".yml") || file.endsWith(".template");
    }

    private void addFile(String name, List<Path> directories, Map<String, String> files) throws IOException {
        for (Path directory : directories) {
            Path file = place(directory, name);
            String text = rendered.get(file);
            if (text == null && Files.isRegularFile(file)) {
                text = WorkspaceFiles.read(workspace, file);
            }
            if (text != null) {
                files.put(name, text);
                requireFew(files);
                if (isTemplate(name)) {
                    addFilesOf(text, name, List.of(file.getParent(), directory), files);
                }
                return;
            }
        }
    }

    private static Path place(Path directory, String name) throws RenderException {
        try {
            return directory.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new RenderException(
                    "a Heat template names the file '" + name.replaceAll("\\p{Cc}", "?") + "', which is no path");
        }
    }

    private static void requireFew(Map<String, String> files) throws RenderException {
        long characters = files.values().stream().mapToLong(String::length).sum();
        if (files.size() > MOST_FILES || characters > MOST_CHARACTERS) {
            throw new RenderException("a Heat template and its nested templates name more than " + MOST_FILES
                    + " files, or more than " + (MOST_CHARACTERS >> 20) + " MiB of them");
        }
    }

    /** The environment that lies beside the rendered template: its own before one for all in the directory. */
    private String environment(Path output) throws IOException {
        String stem = String.valueOf(output.getFileName()).replaceFirst("\\.[^.]*$", "");
        for (String name :
                List.of(stem + ".env", stem + ".env.yaml", stem + "-env.yaml", "env.yaml", "environment.yaml")) {
            Path file = output.resolveSibling(name);
            String text = rendered.get(file);
            if (text == null && Files.isRegularFile(file)) {
                text = WorkspaceFiles.read(workspace, file);
            }
            if (text != null && isEnvironment(text, name)) {
                return text;
            }
        }
        return null;
    }

    private static boolean isEnvironment(String text, String name) throws RenderException {
        List<Node> documents = new StrictYaml(text, TextPlaces.of(name)).documents();
        return documents.size() == 1
                && ENVIRONMENT_SECTIONS.containsAll(
                        YamlNodes.entries(documents.get(0)).keySet());
    }
}
