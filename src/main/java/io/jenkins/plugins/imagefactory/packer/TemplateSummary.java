package io.jenkins.plugins.imagefactory.packer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code packer inspect} tells of a template.
 *
 * @param variables names, in its order
 * @param builders those that its builds use, in its order, each once
 */
public record TemplateSummary(List<String> variables, List<Builder> builders) {
    private static final Set<String> JSON_VARIABLES =
            Set.of("Variables:", "Required variables:", "Optional variables and their defaults:");
    private static final Pattern JSON_BUILDER = Pattern.compile("^  (\\S.*?)(?: +\\((\\S+)\\))?$");
    private static final Pattern JSON_VARIABLE = Pattern.compile("^  ([^\\s<]\\S*)(?: += .*)?$");
    private static final Pattern HCL_VARIABLE = Pattern.compile("^var\\.([^:]+): .*");
    private static final Pattern HCL_SOURCE = Pattern.compile("^ {6}([\\w-]+)\\.(\\S+)$");

    /**
     * @param name as {@code only} and {@code except} take it
     * @param type such as {@code qemu}
     */
    public record Builder(String name, String type) {}

    /** Reads the plain text of any version. */
    public static TemplateSummary parse(String output) {
        List<String> variables = new ArrayList<>();
        List<Builder> builders = new ArrayList<>();
        String section = "";
        for (String line : output.lines().toList()) {
            if (line.endsWith(":") && !line.startsWith("      ")) {
                section = line.strip();
            } else {
                readVariable(section, line, variables);
                readBuilder(section, line, builders);
            }
        }
        return new TemplateSummary(
                List.copyOf(variables), builders.stream().distinct().toList());
    }

    private static void readVariable(String section, String line, List<String> variables) {
        Matcher hcl = HCL_VARIABLE.matcher(line);
        Matcher json = JSON_VARIABLE.matcher(line);
        if (hcl.matches()) {
            variables.add(hcl.group(1));
        } else if (JSON_VARIABLES.contains(section) && json.matches()) {
            variables.add(json.group(1));
        }
    }

    private static void readBuilder(String section, String line, List<Builder> builders) {
        Matcher json = JSON_BUILDER.matcher(line);
        Matcher hcl = HCL_SOURCE.matcher(line);
        if (section.equals("Builders:") && json.matches()) {
            builders.add(new Builder(json.group(1), json.group(2) == null ? json.group(1) : json.group(2)));
        } else if (section.equals("sources:") && hcl.matches()) {
            builders.add(new Builder(hcl.group(1) + "." + hcl.group(2), hcl.group(1)));
        }
    }
}
