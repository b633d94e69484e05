package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What a stack is launched from.
 *
 * @param template a file of the workspace; or, if it has several lines, the template itself
 * @param environment a file of the workspace; null for none
 * @param files files of the workspace by the names that the template has for them, in place of those that lie beside it
 * @param given names of the parameters that get a value
 */
public record StackSource(
        String template, @CheckForNull String environment, Map<String, String> files, List<String> given)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Shorter ones, such as true, would hide half of the console. */
    private static final int SHORTEST_SECRET = 4;

    private static final String INLINE = "the template";

    /**
     * What was gathered.
     *
     * @param hidden names of the parameters whose values nobody may read
     * @param hiddenValues those values of them that stand in the environment or are defaults, save for words of a few letters
     */
    public record Gathered(StackTemplate stack, List<String> hidden, List<String> hiddenValues)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Whether nothing of it is in a workspace. */
    public boolean isInline() {
        return hasLines() && environment == null && files.isEmpty();
    }

    private boolean hasLines() {
        return template.strip().contains("\n");
    }

    /** @throws RenderException if it needs a workspace, or its parameters do not fit */
    public Gathered gather() throws IOException {
        return checked(new StackTemplate(template, Map.of(), null));
    }

    /**
     * The same with the files that the template names, and those that nested templates name, as python-heatclient collects them.
     *
     * @throws RenderException if a file cannot be read, or parameters do not fit
     */
    public Gathered gather(Path workspace) throws IOException {
        Path root = workspace.toAbsolutePath().normalize();
        Map<String, String> named = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            named.put(file.getKey(), WorkspaceFiles.read(root, root.resolve(file.getValue())));
        }
        StackFiles gathering = new StackFiles(root, Map.of());
        return checked(
                hasLines()
                        ? gathering.of(template, root, environmentIn(root), named)
                        : gathering.of(root.resolve(template), environmentIn(root), named));
    }

    @CheckForNull
    private Path environmentIn(Path root) {
        return environment == null ? null : root.resolve(environment);
    }

    /** Names parameters before Heat is asked. */
    private Gathered checked(StackTemplate stack) throws RenderException {
        String name = hasLines() ? INLINE : template;
        Map<String, YamlNodes.Entry> known =
                YamlNodes.entries(YamlNodes.value(document(stack.template(), name), "parameters"));
        Map<String, Node> values = new HashMap<>();
        if (stack.environment() != null) {
            Node settings = document(stack.environment(), String.valueOf(environment));
            for (String section : List.of("parameter_defaults", "parameters")) {
                YamlNodes.entries(YamlNodes.value(settings, section))
                        .forEach((parameter, entry) -> values.put(parameter, entry.value()));
            }
        }
        for (String parameter : given) {
            if (!known.containsKey(parameter)) {
                String nearest = Suggestion.nearest(parameter, known.keySet());
                throw new RenderException(name + " has no parameter '" + parameter + "'"
                        + (nearest == null ? "" : "; did you mean '" + nearest + "'?"));
            }
        }
        List<String> hidden = new ArrayList<>();
        List<String> hiddenValues = new ArrayList<>();
        for (YamlNodes.Entry parameter : known.values()) {
            Node standard = YamlNodes.value(parameter.value(), "default");
            boolean isGiven = given.contains(parameter.name());
            if (standard == null && !isGiven && !values.containsKey(parameter.name())) {
                throw new RenderException(
                        "parameter '" + parameter.name() + "' of " + name
                                + " has no default and gets no value: set it in 'parameters', 'secretParameters' or the environment");
            }
            if ("true".equalsIgnoreCase(YamlNodes.text(YamlNodes.value(parameter.value(), "hidden")))) {
                hidden.add(parameter.name());
                String value = YamlNodes.text(values.getOrDefault(parameter.name(), standard));
                if (!isGiven && value != null && value.length() >= SHORTEST_SECRET) {
                    hiddenValues.add(value);
                }
            }
        }
        return new Gathered(stack, hidden, hiddenValues);
    }

    private static Node document(String yaml, String name) throws RenderException {
        List<Node> documents = new StrictYaml(yaml, TextPlaces.of(name)).documents();
        if (documents.size() != 1 || !YamlNodes.isMap(documents.get(0))) {
            throw new RenderException(name + " is no YAML map, as a Heat template or environment is");
        }
        return documents.get(0);
    }
}
