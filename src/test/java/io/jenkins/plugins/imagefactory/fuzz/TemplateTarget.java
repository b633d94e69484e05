package io.jenkins.plugins.imagefactory.fuzz;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imagefactory.jinja.Engine;
import io.jenkins.plugins.imagefactory.jinja.Variables;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
    /** Of the processor: the machine may do other things meanwhile. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

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
        long start = CLOCK.getCurrentThreadCpuTime();
        try {
            new Engine(FILES::get, Map.of("file", FILES::get), LIMITS)
                    .compile("template", template)
                    .render(VARIABLES);
        } catch (TemplateException e) {
            if (e.line() == 0) {
                throw new AssertionError("an error without its place", e);
            }
        }
        if (CLOCK.getCurrentThreadCpuTime() - start > TIME.plus(MORE).toNanos()) {
            throw new AssertionError("it took longer than its limit");
        }
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
