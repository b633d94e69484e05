package io.jenkins.plugins.imagefactory.fuzz;

import io.jenkins.plugins.imagefactory.heat.RenderException;
import io.jenkins.plugins.imagefactory.heat.RenderRequest;
import io.jenkins.plugins.imagefactory.heat.StackSource;
import io.jenkins.plugins.imagefactory.workspace.UnusablePathException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Takes any text for a Heat template, in YAML and in JSON, for a file of variables, and for an environment of a stack. */
public final class HeatTemplateTarget {
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final String HARMLESS = "heat_template_version: 2018-08-31\nresources: {}\n";
    private static final Path WORKSPACE = workspace();

    private HeatTemplateTarget() {}

    /** What Jazzer calls, again and again. */
    public static void fuzzerTestOneInput(byte[] input) {
        Expectation.ends(TIME, () -> {
            for (String file : List.of("stack.yaml.j2", "stack.json.j2", "vars.yaml", "stack.env")) {
                Files.write(WORKSPACE.resolve(file), input);
            }
            String text = new String(input, StandardCharsets.UTF_8);
            ends(() -> rendering("stack.yaml.j2", List.of()).render(WORKSPACE));
            ends(() -> rendering("stack.json.j2", List.of()).render(WORKSPACE));
            ends(() -> rendering("empty.j2", List.of("vars.yaml")).render(WORKSPACE));
            ends(() -> new StackSource(text + "\n#\n", "stack.env", Map.of(), List.of("size")).gather(WORKSPACE));
            ends(() -> new StackSource(HARMLESS, "stack.env", Map.of(), List.of()).gather(WORKSPACE));
        });
    }

    private static void ends(Expectation.Task task) throws Exception {
        try {
            task.run();
        } catch (RenderException | UnusablePathException e) {
            Expectation.holds(!e.getMessage().isBlank(), "an error without a sentence");
        }
    }

    private static RenderRequest rendering(String template, List<String> varsFiles) {
        return new RenderRequest(template, "rendered", varsFiles, Map.of(), Map.of(), Map.of(), true);
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        HARMLESS,
                        """
                        heat_template_version: 2018-08-31
                        parameter_groups: [{label: all, parameters: [size]}]
                        parameters:
                          size: {type: number, default: 10, constraints: [{range: {min: 1, max: 100}}, {modulo: {step: 5, offset: 0}}]}
                          names: {type: comma_delimited_list, default: 'a,b', constraints: [{length: {max: 2}}], hidden: true}
                        conditions: {wanted: {equals: [{get_param: size}, 10]}}
                        resources:
                          one: {type: OS::Nova::Server, condition: wanted, depends_on: [two], properties: {a: {get_attr: [two, b]}}}
                          two: {type: x.yaml, properties: {c: {get_file: y.sh}, d: {get_resource: one}}}
                          three: {type: a, properties: {repeat: {for_each: {<%x%>: {get_param: names}}, template: <%x%>}}}
                        outputs: {id: {value: {if: [wanted, {get_resource: one}, '']}}}
                        """,
                        "{\"heat_template_version\": \"2021-04-16\", \"parameters\": {\"size\": {\"type\": \"string\"}}}",
                        "parameters: {size: 1}\nparameter_defaults: {a: b}\nresource_registry: {'A::B': x.yaml}\n",
                        "size: &x [1, 2]\nother: *x\nunsafe: !unsafe '{{ x }}'\nday: 2026-12-01\n",
                        "{% for i in range(3) %}\n{{ i }}: {{ size | default('x') }}\n{% endfor %}\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static Path workspace() {
        try {
            Path workspace = Files.createTempDirectory("fuzz").toRealPath();
            Files.writeString(workspace.resolve("empty.j2"), "");
            Files.writeString(workspace.resolve("x.yaml"), HARMLESS);
            Files.writeString(workspace.resolve("y.sh"), "#!/bin/sh\n");
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
