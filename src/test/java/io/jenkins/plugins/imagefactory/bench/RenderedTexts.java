package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.jinja.Engine;
import io.jenkins.plugins.imagefactory.jinja.Variables;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The templates of a directory, rendered in memory by the plugin's engine. */
final class RenderedTexts {
    private final List<String> sources;

    RenderedTexts(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            sources = files.sorted().map(RenderedTexts::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void render(Map<String, Object> variables) {
        Variables data = Variables.of(variables);
        Engine engine = new Engine(name -> null, Map.of(), Limits.STANDARD);
        sources.forEach(source -> engine.compile("stack", source).render(data));
    }
}
