package io.jenkins.plugins.imagefactory.heat;

import io.jenkins.plugins.imagefactory.workspace.Workspace;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The templates that a file, a directory or a glob means. A directory and the part of a glob before its first wildcard
 * keep the tree below them; {@code .j2} is dropped from the names.
 */
final class TemplateSelection {
    private static final String SUFFIX = ".j2";

    private final Path workspace;
    private final String pattern;

    /** @param pattern relative to the workspace, with {@code /} */
    TemplateSelection(Path workspace, String pattern) {
        this.workspace = workspace;
        this.pattern = pattern.replaceFirst("^(\\./)+", "");
    }

    /** Each template to the path of its output, relative to the output directory. */
    Map<Path, Path> outputs() throws IOException {
        Path named = workspace.resolve(pattern);
        if (Files.isRegularFile(named)) {
            return relativeTo(named.getParent(), List.of(named));
        }
        if (Files.isDirectory(named)) {
            new Workspace(workspace).requireInside(named);
            return relativeTo(named, filesBelow(named));
        }
        Path base = workspace.resolve(prefixWithoutWildcards());
        List<Path> matching = List.of();
        if (Files.isDirectory(base)) {
            new Workspace(workspace).requireInside(base);
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + zeroOrMoreDirectories());
            matching = filesBelow(base).stream()
                    .filter(file -> matcher.matches(workspace.relativize(file)))
                    .toList();
        }
        if (matching.isEmpty()) {
            throw new RenderException("no template matches '" + pattern + "' in " + workspace);
        }
        return relativeTo(base, matching);
    }

    private Map<Path, Path> relativeTo(Path base, List<Path> templates) throws IOException {
        Map<Path, Path> outputs = new LinkedHashMap<>();
        Map<Path, Path> sources = new LinkedHashMap<>();
        for (Path template : templates) {
            new Workspace(workspace).file(template.toString());
            Path output = withoutSuffix(base.relativize(template));
            Path other = sources.put(output, template);
            if (other != null) {
                throw new RenderException("templates " + workspace.relativize(other) + " and "
                        + workspace.relativize(template) + " would both become " + output);
            }
            outputs.put(template, output);
        }
        return outputs;
    }

    private static Path withoutSuffix(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(SUFFIX) ? path.resolveSibling(name.substring(0, name.length() - SUFFIX.length())) : path;
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String prefixWithoutWildcards() {
        int wildcard = pattern.length();
        for (char candidate : "*?[{".toCharArray()) {
            int index = pattern.indexOf(candidate);
            wildcard = index < 0 ? wildcard : Math.min(wildcard, index);
        }
        return pattern.substring(0, pattern.lastIndexOf('/', Math.max(wildcard - 1, 0)) + 1);
    }

    /** In Ant's globs {@code **}{@code /} is any number of directories, none included; in Java's at least one. */
    private String zeroOrMoreDirectories() {
        return pattern.replace("**/", "{**/,}");
    }
}
