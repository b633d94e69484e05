package io.jenkins.plugins.imagefactory.heat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Whether the definition of a Heat template's parameter is one, and its default is of its type and meets its constraints. */
final class HeatParameterCheck {
    private static final Set<String> KEYS =
            Set.of("type", "description", "default", "schema", "constraints", "hidden", "label", "immutable", "tags");
    private static final Set<String> TYPES = Set.of("string", "number", "comma_delimited_list", "json", "boolean");
    private static final Set<String> BOOLEANS =
            Set.of("true", "false", "yes", "no", "on", "off", "t", "f", "y", "n", "1", "0");
    private static final List<String> CONSTRAINTS =
            List.of("length", "range", "modulo", "allowed_values", "allowed_pattern", "custom_constraint");

    private final YamlNodes.Entry parameter;
    private final Map<String, YamlNodes.Entry> parts;
    private final String type;
    private final List<Finding> findings = new ArrayList<>();

    private HeatParameterCheck(YamlNodes.Entry parameter) {
        this.parameter = parameter;
        this.parts = YamlNodes.entries(parameter.value());
        this.type = YamlNodes.text(part("type"));
    }

    static List<Finding> of(YamlNodes.Entry parameter) {
        HeatParameterCheck check = new HeatParameterCheck(parameter);
        if (YamlNodes.isMap(parameter.value())) {
            check.keys();
            check.type();
            check.constraints();
        } else {
            check.error(parameter.key(), "must be a map");
        }
        return check.findings;
    }

    private void keys() {
        parts.forEach((key, part) -> {
            if (!KEYS.contains(key)) {
                error(part.key(), HeatTemplateCheck.unknown("key", key, KEYS));
            }
        });
    }

    private void type() {
        if (type == null || !TYPES.contains(type)) {
            error(
                    type == null ? parameter.key() : part("type"),
                    type == null ? "has no type" : HeatTemplateCheck.unknown("type", type, TYPES));
            return;
        }
        Node value = part("default");
        if (!YamlNodes.isNothing(value) && !isOfType(value)) {
            error(value, "its default is no " + type);
        }
    }

    private boolean isOfType(Node value) {
        String text = YamlNodes.text(value);
        return switch (type) {
            case "number" -> Tag.INT.equals(value.getTag()) || Tag.FLOAT.equals(value.getTag()) || number(text) != null;
            case "boolean" -> text != null && BOOLEANS.contains(text.toLowerCase(Locale.ROOT));
            case "comma_delimited_list" -> !YamlNodes.isMap(value);
            default -> true;
        };
    }

    private void constraints() {
        Node constraints = part("constraints");
        if (YamlNodes.isNothing(constraints)) {
            return;
        }
        if (!YamlNodes.isList(constraints)) {
            error(constraints, "its constraints must be a list");
        }
        for (Node constraint : YamlNodes.elements(constraints)) {
            Map<String, YamlNodes.Entry> kinds = YamlNodes.entries(constraint);
            String kind =
                    CONSTRAINTS.stream().filter(kinds::containsKey).findFirst().orElse(null);
            if (kind == null) {
                error(constraint, "a constraint is one of " + String.join(", ", CONSTRAINTS));
            } else {
                constraint(kind, kinds.get(kind).value());
            }
        }
    }

    private void constraint(String kind, Node rule) {
        switch (kind) {
            case "range" -> bounds(kind, rule, number(defaultText()));
            case "length" -> bounds(kind, rule, length());
            case "modulo" -> modulo(rule);
            case "allowed_values" -> allowedValues(rule);
            case "allowed_pattern" -> allowedPattern(rule);
            default -> {
                // Only a cloud knows what a custom constraint allows.
            }
        }
    }

    /** @param measured the default's value or length; null if there is none */
    private void bounds(String kind, Node rule, @CheckForNull BigDecimal measured) {
        BigDecimal min = number(YamlNodes.text(YamlNodes.value(rule, "min")));
        BigDecimal max = number(YamlNodes.text(YamlNodes.value(rule, "max")));
        if (min == null && max == null) {
            error(rule, "its " + kind + " has neither a min nor a max");
        } else if (min != null && max != null && min.compareTo(max) > 0) {
            error(rule, "its " + kind + " has a min above its max");
        } else if (measured != null && min != null && measured.compareTo(min) < 0) {
            outOf(kind, measured, "below the min " + min.toPlainString());
        } else if (measured != null && max != null && measured.compareTo(max) > 0) {
            outOf(kind, measured, "above the max " + max.toPlainString());
        }
    }

    private void outOf(String kind, BigDecimal measured, String how) {
        String what = kind.equals("length") ? "its default's length " : "its default ";
        error(part("default"), what + measured.toPlainString() + " is " + how);
    }

    private void modulo(Node rule) {
        BigDecimal step = number(YamlNodes.text(YamlNodes.value(rule, "step")));
        BigDecimal offset = number(YamlNodes.text(YamlNodes.value(rule, "offset")));
        BigDecimal value = number(defaultText());
        if (step == null || offset == null || step.signum() == 0) {
            error(rule, "its modulo needs a step, which is not 0, and an offset");
        } else if (value != null && value.subtract(offset).remainder(step).signum() != 0) {
            error(
                    part("default"),
                    "its default " + value.toPlainString() + " is no multiple of " + step.toPlainString() + " plus "
                            + offset.toPlainString());
        }
    }

    private void allowedValues(Node rule) {
        if (!YamlNodes.isList(rule)) {
            error(rule, "its allowed_values must be a list");
            return;
        }
        List<String> allowed = YamlNodes.elements(rule).stream()
                .map(value -> comparable(YamlNodes.text(value)))
                .toList();
        for (String value : defaults()) {
            if (!allowed.contains(comparable(value))) {
                error(part("default"), "its default '" + value + "' is none of the allowed_values " + allowed);
            }
        }
    }

    private void allowedPattern(Node rule) {
        String pattern = YamlNodes.text(rule);
        String value = defaultText();
        if (pattern == null) {
            error(rule, "its allowed_pattern must be a text");
        } else if (value != null && isRefusedBy(pattern, value)) {
            error(part("default"), "its default '" + value + "' does not match the allowed_pattern " + pattern);
        }
    }

    /** Patterns that only Python understands are left to Heat. */
    private static boolean isRefusedBy(String pattern, String value) {
        try {
            return !Pattern.compile(pattern).matcher(value).matches();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Of a list its elements, else the one default; none if there is none. */
    private List<String> defaults() {
        Node value = part("default");
        if (YamlNodes.isList(value)) {
            return YamlNodes.elements(value).stream().map(YamlNodes::text).toList();
        }
        String text = YamlNodes.text(value);
        if (text == null) {
            return List.of();
        }
        return "comma_delimited_list".equals(type) ? List.of(text.split(",", -1)) : List.of(text);
    }

    @CheckForNull
    private BigDecimal length() {
        Node value = part("default");
        if (YamlNodes.isNothing(value)) {
            return null;
        }
        if (YamlNodes.isMap(value)) {
            return BigDecimal.valueOf(YamlNodes.entries(value).size());
        }
        if (YamlNodes.isList(value) || "comma_delimited_list".equals(type)) {
            return BigDecimal.valueOf(defaults().size());
        }
        String text = YamlNodes.text(value);
        return text == null ? null : BigDecimal.valueOf(text.codePointCount(0, text.length()));
    }

    /** The text by which values of this parameter's type are equal. */
    private String comparable(String text) {
        if (text == null) {
            return null;
        }
        BigDecimal number = "number".equals(type) ? number(text) : null;
        if (number != null) {
            return number.stripTrailingZeros().toPlainString();
        }
        return "boolean".equals(type) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private String defaultText() {
        return YamlNodes.text(part("default"));
    }

    /** Null if the text is none, or null. */
    private static BigDecimal number(String text) {
        try {
            return text == null ? null : new BigDecimal(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private Node part(String key) {
        YamlNodes.Entry part = parts.get(key);
        return part == null ? null : part.value();
    }

    private void error(Node place, String problem) {
        findings.add(Finding.error(place, "parameter '" + parameter.name() + "': " + problem));
    }
}
