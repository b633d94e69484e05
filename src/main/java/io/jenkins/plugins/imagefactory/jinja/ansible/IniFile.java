package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of sections with options, as Python's
 * <a href="https://docs.python.org/3/library/configparser.html#supported-ini-file-structure">configparser</a> reads it.
 */
final class IniFile {
    private static final String DEFAULTS = "DEFAULT";
    private static final Pattern SECTION = Pattern.compile("\\[(.+)].*");
    private static final Pattern OPTION = Pattern.compile("(.*?)\\s*([=:])\\s*(.*)");
    private static final Pattern REFERENCE = Pattern.compile("%\\(([^)]+)\\)s");
    private static final int DEEPEST = 10;

    private final boolean caseSensitive;
    private final boolean withoutValues;
    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    /**
     * @param caseSensitive whether options that differ in case only are different
     * @param withoutValues whether an option may stand alone on its line
     */
    IniFile(String text, boolean caseSensitive, boolean withoutValues) {
        this.caseSensitive = caseSensitive;
        this.withoutValues = withoutValues;
        sections.put(DEFAULTS, new LinkedHashMap<>());
        read(text);
    }

    private void read(String text) {
        Map<String, String> section = null;
        String option = null;
        int depth = 0;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = PythonText.strip(line, null);
            boolean comment = content.startsWith("#") || content.startsWith(";");
            int indentation = line.length() - PythonText.stripStart(line, null).length();
            if (content.isEmpty() || comment) {
                if (content.isEmpty() && option != null && section.get(option) != null) {
                    section.merge(option, "\n", String::concat);
                }
                continue;
            }
            if (option != null && indentation > depth && section.get(option) != null) {
                section.merge(option, "\n" + content, String::concat);
                continue;
            }
            depth = indentation;
            Matcher header = SECTION.matcher(content);
            if (header.matches()) {
                section = section(header.group(1), number);
                option = null;
            } else if (section == null) {
                throw new TemplateException("line " + number + " of an ini file stands in no section");
            } else {
                option = option(section, content, number);
            }
        }
        sections.values()
                .forEach(options -> options.replaceAll((name, value) -> value == null ? null : stripEnd(value)));
    }

    private static String stripEnd(String value) {
        return PythonText.stripEnd(value, null);
    }

    private Map<String, String> section(String name, int line) {
        if (!name.equals(DEFAULTS) && sections.containsKey(name)) {
            throw new TemplateException("line " + line + " of an ini file has the section '" + name + "' again");
        }
        return sections.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    private String option(Map<String, String> section, String content, int line) {
        Matcher matcher = OPTION.matcher(content);
        boolean valued = matcher.matches();
        String name = named(PythonText.stripEnd(valued ? matcher.group(1) : content, null));
        if (name.isEmpty() || !valued && !withoutValues) {
            throw new TemplateException("line " + line + " of an ini file is neither a section nor an option");
        }
        if (section.containsKey(name)) {
            throw new TemplateException("line " + line + " of an ini file has the option '" + name + "' again");
        }
        section.put(name, valued ? matcher.group(3) : null);
        return name;
    }

    private String named(String option) {
        return caseSensitive ? option : PythonText.lower(option);
    }

    private Map<String, String> options(String section) {
        if (!sections.containsKey(section)) {
            throw new TemplateException("an ini file has no section '" + section + "'");
        }
        Map<String, String> options = new LinkedHashMap<>(sections.get(DEFAULTS));
        options.putAll(sections.get(section));
        return options;
    }

    boolean has(String section, String option) {
        return options(section).containsKey(named(option));
    }

    /** The option's value with its references replaced; null for an option without one. */
    String value(String section, String option) {
        Map<String, String> options = options(section);
        return interpolated(options, options.get(named(option)), 0);
    }

    /** The values of all options whose names the pattern fits at their beginning. */
    List<String> values(String section, Predicate<String> pattern) {
        List<String> values = new ArrayList<>();
        for (String option : options(section).keySet()) {
            if (pattern.test(option)) {
                values.add(value(section, option));
            }
        }
        return values;
    }

    private String interpolated(Map<String, String> options, String value, int depth) {
        if (value == null || value.indexOf('%') < 0) {
            return value;
        }
        if (depth > DEEPEST) {
            throw new TemplateException("references in an ini file are nested too deep");
        }
        StringBuilder out = new StringBuilder();
        int position = 0;
        for (int percent = value.indexOf('%'); percent >= 0; percent = value.indexOf('%', position)) {
            out.append(value, position, percent);
            Matcher reference = REFERENCE.matcher(value).region(percent, value.length());
            if (value.startsWith("%%", percent)) {
                out.append('%');
                position = percent + 2;
            } else if (reference.lookingAt()) {
                String name = named(reference.group(1));
                if (!options.containsKey(name)) {
                    throw new TemplateException("an ini file refers to the option '" + name + "', which is not there");
                }
                String referred = interpolated(options, options.get(name), depth + 1);
                out.append(referred == null ? "" : referred);
                position = reference.end();
            } else {
                throw new TemplateException("a % in an ini file must be followed by % or (name)s");
            }
        }
        return out.append(value, position, value.length()).toString();
    }
}
