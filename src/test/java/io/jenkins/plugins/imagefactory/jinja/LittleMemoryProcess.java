package io.jenkins.plugins.imagefactory.jinja;

import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Renders the templates of a file, and fails for each that ends otherwise than it should, or long after its time. */
final class LittleMemoryProcess {
    private static final Duration TIME = Duration.ofSeconds(1);
    /** One operation that is not broken off, and a machine that does other things meanwhile. */
    private static final Duration MORE = Duration.ofSeconds(20);

    private LittleMemoryProcess() {}

    /** @param arguments a file of templates, one a line; in them ↵ stands for a newline */
    public static void main(String[] arguments) throws IOException {
        List<String> templates = new ArrayList<>(Files.readAllLines(Path.of(arguments[0])));
        for (String opening : List.of("(", "[", "{'a':", "-", "not ", "1 + ", "1 if 1 else ", "x.", "x|", "a~")) {
            templates.add("{{ " + opening.repeat(20_000) + "1 }}");
            templates.add("{% set " + opening.repeat(20_000) + "x = 1 %}");
        }
        templates.add("{% if 1 %}".repeat(20_000));
        templates.add("{{ a }}".repeat(200_000));
        templates.add("{#".repeat(200_000));
        boolean failed = false;
        for (String template : templates) {
            String shown = template.substring(0, Math.min(100, template.length()));
            long start = System.nanoTime();
            try {
                render(template.replace('↵', '\n'));
                System.out.println("ended: " + shown);
            } catch (TemplateException e) {
                System.out.println("ended: " + shown + " " + (e.line() == 0 ? "WITHOUT A PLACE" : ""));
                failed |= e.line() == 0;
            } catch (RuntimeException | Error e) {
                System.out.println("FAILED: " + shown + " " + e);
                failed = true;
            }
            if (System.nanoTime() - start > TIME.plus(MORE).toNanos()) {
                System.out.println("TOO LATE: " + shown);
                failed = true;
            }
        }
        System.exit(failed ? 1 : 0);
    }

    private static void render(String template) {
        Limits standard = Limits.STANDARD;
        Limits limits = new Limits(standard.bytes(), standard.steps(), standard.depth(), standard.integerBits(), TIME);
        new Engine(name -> null, Map.of(), limits)
                .compile("template", template)
                .render(Variables.of(Map.of("d", Map.of("a", 1L))));
    }
}
