package io.jenkins.plugins.imagefactory.fuzz;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imagefactory.jinja.Engine;
import io.jenkins.plugins.imagefactory.jinja.Variables;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compiles and renders any text as a template: it ends in time, with a text or the engine's own exception. */
public final class TemplateTarget {
    private static final Path RESOURCES = Path.of("src/test/resources/jinja");
    private static final Duration TIME = Duration.ofSeconds(2);
    /** One operation that is not broken off, and the instrumentation of classes. */
    private static final Duration MORE = Duration.ofSeconds(10);

    private static final Limits LIMITS =
            new Limits(Limits.STANDARD.bytes(), Limits.STANDARD.steps(), Limits.STANDARD.depth(), 1 << 20, TIME);

    private static final Variables VARIABLES = variables();
    private static final Map<String, String> FILES = files();

    static {
        // Loads the engine before anything is timed.
        new Engine(FILES::get, Map.of(), LIMITS)
                .compile("first", "{{ 1 | string }}")
                .render(VARIABLES);
    }

    private TemplateTarget() {}

    /** What Jazzer calls, again and again. */
    public static void fuzzerTestOneInput(byte[] input) {
        String template = new String(input, StandardCharsets.UTF_8);
        Expectation.ends(TIME.plus(MORE), () -> {
            try {
                new Engine(FILES::get, Map.of("file", FILES::get), LIMITS)
                        .compile("template", template)
                        .render(VARIABLES);
            } catch (TemplateException e) {
                Expectation.holds(e.line() > 0, "an error without its place: " + e.getMessage());
            }
        });
    }

    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String directory : List.of("snippets", "templates")) {
            try (Stream<Path> files = Files.list(RESOURCES.resolve(directory))) {
                for (Path file : files.sorted().toList()) {
                    String text = Files.readString(file);
                    if (directory.equals("snippets")) {
                        text.lines()
                                .filter(line -> !line.contains("password_hash"))
                                .map(line -> line.replace('↵', '\n'))
                                .forEach(line -> seeds.add(line.getBytes(StandardCharsets.UTF_8)));
                    } else {
                        seeds.add(text.getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return seeds;
    }

    private static Variables variables() {
        try {
            return Variables.of(new ObjectMapper()
                    .readValue(
                            RESOURCES.resolve("variables.json").toFile(), new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> files() {
        Map<String, String> texts = new HashMap<>();
        try (Stream<Path> files = Files.list(RESOURCES.resolve("files"))) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
