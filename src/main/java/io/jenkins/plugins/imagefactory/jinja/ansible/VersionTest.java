package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ansible's test {@code version}: loose (by numbers and letters), strict ({@code 1.2a3}) or semantic versions. */
final class VersionTest {
    private static final Map<String, Set<Integer>> OPERATORS = Map.ofEntries(
            Map.entry("==", Set.of(0)),
            Map.entry("=", Set.of(0)),
            Map.entry("eq", Set.of(0)),
            Map.entry("<", Set.of(-1)),
            Map.entry("lt", Set.of(-1)),
            Map.entry("<=", Set.of(-1, 0)),
            Map.entry("le", Set.of(-1, 0)),
            Map.entry(">", Set.of(1)),
            Map.entry("gt", Set.of(1)),
            Map.entry(">=", Set.of(0, 1)),
            Map.entry("ge", Set.of(0, 1)),
            Map.entry("!=", Set.of(-1, 1)),
            Map.entry("<>", Set.of(-1, 1)),
            Map.entry("ne", Set.of(-1, 1)));
    private static final Pattern LOOSE_PART = Pattern.compile("[0-9]+|[a-z]+|\\.|[^0-9a-z.]+");
    private static final Pattern STRICT = Pattern.compile("([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?(?:([ab])([0-9]+))?");
    private static final Pattern SEMANTIC = Pattern.compile("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");

    private VersionTest() {}

    /** @param a value, version, operator, strict, version_type */
    static boolean holds(Object[] a) {
        String operator = AnsibleFilters.text(a[2]);
        Set<Integer> wanted = OPERATORS.get(operator);
        if (wanted == null) {
            throw new TemplateException("version has no operator '" + operator + "'");
        }
        if (a[3] != null && a[4] != null) {
            throw new TemplateException("version takes either 'strict' or 'version_type'");
        }
        String type = a[4] != null ? AnsibleFilters.text(a[4]) : Operators.truth(a[3]) ? "strict" : "loose";
        String own = version(a[0]);
        String other = version(a[1]);
        int order = switch (type) {
            case "loose" -> compareLoose(loose(own), loose(other));
            case "strict" -> compareStrict(match(STRICT, own, type), match(STRICT, other, type));
            case "semver", "semantic" -> compareSemantic(match(SEMANTIC, own, type), match(SEMANTIC, other, type));
            default -> throw new TemplateException("version_type '" + type + "' is not supported");
        };
        return wanted.contains(Integer.signum(order));
    }

    private static String version(Object value) {
        if (!Operators.truth(value)) {
            throw new TemplateException("a version to compare is empty");
        }
        return AnsibleFilters.text(value);
    }

    private static Matcher match(Pattern pattern, String version, String type) {
        Matcher matcher = pattern.matcher(version);
        if (!matcher.matches()) {
            throw new TemplateException("'" + version + "' is no version of the type '" + type + "'");
        }
        return matcher;
    }

    private static List<Object> loose(String version) {
        List<Object> parts = new ArrayList<>();
        Matcher matcher = LOOSE_PART.matcher(version);
        while (matcher.find()) {
            String part = matcher.group();
            if (Character.isDigit(part.charAt(0))) {
                parts.add(new BigInteger(part));
            } else if (!part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static int compareLoose(List<Object> a, List<Object> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (a.get(i) instanceof BigInteger x && b.get(i) instanceof BigInteger y) {
                if (!x.equals(y)) {
                    return x.compareTo(y);
                }
            } else if (a.get(i) instanceof String x && b.get(i) instanceof String y) {
                if (!x.equals(y)) {
                    return PythonText.compare(x, y);
                }
            } else {
                throw new TemplateException(
                        "versions cannot be compared: '" + a.get(i) + "' stands against '" + b.get(i) + "'");
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareStrict(Matcher a, Matcher b) {
        for (int i = 1; i <= 3; i++) {
            int order = number(a.group(i)).compareTo(number(b.group(i)));
            if (order != 0) {
                return order;
            }
        }
        if (a.group(4) == null || b.group(4) == null) {
            return Boolean.compare(a.group(4) == null, b.group(4) == null);
        }
        int order = a.group(4).compareTo(b.group(4));
        return order != 0 ? order : number(a.group(5)).compareTo(number(b.group(5)));
    }

    private static BigInteger number(String digits) {
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    private static int compareSemantic(Matcher a, Matcher b) {
        for (int i = 1; i <= 3; i++) {
            int order = number(a.group(i)).compareTo(number(b.group(i)));
            if (order != 0) {
                return order;
            }
        }
        if (a.group(4) == null || b.group(4) == null) {
            return Boolean.compare(a.group(4) == null, b.group(4) == null);
        }
        String[] own = a.group(4).split("\\.");
        String[] other = b.group(4).split("\\.");
        for (int i = 0; i < Math.min(own.length, other.length); i++) {
            int order = compareIdentifiers(own[i], other[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(own.length, other.length);
    }

    /** Numbers come before words. */
    private static int compareIdentifiers(String a, String b) {
        boolean number = a.matches("[0-9]+");
        boolean otherNumber = b.matches("[0-9]+");
        if (number && otherNumber) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return number == otherNumber ? a.compareTo(b) : number ? -1 : 1;
    }
}
