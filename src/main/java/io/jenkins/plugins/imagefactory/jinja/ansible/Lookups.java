package io.jenkins.plugins.imagefactory.jinja.ansible;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Builtins;
import io.jenkins.plugins.imagefactory.jinja.evaluation.CompiledTemplate;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Frame;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.regex.PythonRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ansible's {@code lookup()} and {@code query()}, over the sources that the engine was given. */
public final class Lookups {
    private static final String ENVIRONMENT = "env";
    private static final String FILE = "file";
    private static final String TEMPLATE = "template";
    private static final String INI = "ini";
    private static final String VARNAMES = "varnames";
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            ENVIRONMENT, Set.of("wantlist", "errors", "default"),
            FILE, Set.of("wantlist", "errors", "rstrip", "lstrip"),
            TEMPLATE, Set.of("wantlist", "errors", "convert_data", "template_vars"),
            VARNAMES, Set.of("wantlist", "errors"),
            INI,
                    Set.of(
                            "wantlist",
                            "errors",
                            "type",
                            "file",
                            "section",
                            "re",
                            "default",
                            "case_sensitive",
                            "allow_no_value",
                            "allow_none"));

    private Lookups() {}

    public static void define(Functions globals) {
        globals.define(
                        "lookup(name, *terms, **options)",
                        (f, a) -> lookup(Frame.of(f), a[0], (List<?>) a[1], (Dict) a[2], false))
                .define(
                        "query(name, *terms, **options)",
                        (f, a) -> lookup(Frame.of(f), a[0], (List<?>) a[1], (Dict) a[2], true))
                .alias("q", "query");
        TimeFilters.defineGlobals(globals);
    }

    /** @param all a list of the values (query), else them joined by commas (lookup) */
    private static Object lookup(Frame frame, Object name, List<?> terms, Dict options, boolean all) {
        String source = Builtins.plainName(AnsibleFilters.text(name));
        requireSupported(source, options);
        boolean list = all || Operators.truth(options.get("wantlist"));
        List<Object> values = new ArrayList<>();
        for (Object term : terms) {
            if (!Types.isString(term)) {
                AnsibleFilters.text(term);
                throw new TemplateException("lookup '" + source + "' needs a string, not a " + Types.name(term));
            }
            List<Object> found = found(frame, source, term.toString(), options);
            if (found == null) {
                if (ignoresErrors(options)) {
                    return list ? new ArrayList<>() : null;
                }
                throw new TemplateException("lookup '" + source + "' finds no '" + term + "'");
            }
            values.addAll(found);
        }
        return list || values.isEmpty() ? values : joined(values);
    }

    private static void requireSupported(String source, Dict options) {
        Set<String> known = OPTIONS.get(source);
        if (known == null) {
            throw new TemplateException(
                    "lookup '" + source + "' is not supported", Suggestion.nearest(source, OPTIONS.keySet()));
        }
        for (String option : options.names()) {
            if (!known.contains(option)) {
                throw new TemplateException(
                        "lookup '" + source + "' does not support the option '" + option + "'",
                        Suggestion.nearest(option, known));
            }
        }
    }

    private static boolean ignoresErrors(Dict options) {
        return options.has("errors") && !PythonRepr.str(options.get("errors")).equals("strict");
    }

    /** Null when there is none. */
    @CheckForNull
    private static List<Object> found(Frame frame, String source, String term, Dict options) {
        return switch (source) {
            case ENVIRONMENT -> alone(environment(frame, term, options));
            case FILE -> alone(file(frame, term, options));
            case INI -> ini(frame, term, options);
            case VARNAMES -> variableNames(frame, term);
            default -> alone(rendered(frame, term, options));
        };
    }

    @CheckForNull
    private static List<Object> alone(@CheckForNull Object value) {
        return value == null ? null : List.of(value);
    }

    private static List<Object> variableNames(Frame frame, String pattern) {
        PythonRegex regex = PythonRegex.of(pattern, false, false);
        List<Object> names = new ArrayList<>();
        frame.lookupNames().forEach(name -> {
            if (regex.finds(frame.budget(), name)) {
                names.add(name);
            }
        });
        return names;
    }

    private static List<Object> ini(Frame frame, String key, Dict options) {
        boolean properties = text(options, "type", INI).equals("properties");
        String name = text(options, "file", "ansible.ini");
        String text = frame.environment().lookup(FILE, name);
        if (text == null) {
            throw new TemplateException("lookup 'ini' finds no file '" + name + "'");
        }
        String section = properties ? "java_properties" : text(options, "section", "global");
        IniFile file = new IniFile(
                properties ? "[java_properties]\n" + text : text,
                Operators.truth(options.get("case_sensitive")),
                Operators.truth(options.get("allow_no_value")) || Operators.truth(options.get("allow_none")));
        if (Operators.truth(options.get("re"))) {
            PythonRegex regex = PythonRegex.of(key, false, false);
            return new ArrayList<>(file.values(section, option -> regex.startsWith(frame.budget(), option)));
        }
        String value = file.has(section, key) ? file.value(section, key) : text(options, "default", "");
        return value == null ? List.of() : List.of(frame.budget().text(value));
    }

    private static String text(Dict options, String name, String standard) {
        return options.has(name) ? AnsibleFilters.text(options.get(name)) : standard;
    }

    private static Object environment(Frame frame, String term, Dict options) {
        String[] words = term.strip().split("\\s+");
        String value = words[0].isEmpty() ? null : frame.environment().lookup(ENVIRONMENT, words[0]);
        return value != null ? value : options.has("default") ? options.get("default") : "";
    }

    private static Object file(Frame frame, String term, Dict options) {
        String text = frame.environment().lookup(FILE, term);
        if (text == null) {
            return null;
        }
        boolean stripsStart = Operators.truth(options.get("lstrip"));
        boolean stripsEnd = !options.has("rstrip") || Operators.truth(options.get("rstrip"));
        String stripped = stripsStart ? PythonText.stripStart(text, null) : text;
        return frame.budget().text(stripsEnd ? PythonText.stripEnd(stripped, null) : stripped);
    }

    private static Object rendered(Frame frame, String name, Dict options) {
        CompiledTemplate template = frame.environment().looked(name);
        if (template == null) {
            return null;
        }
        Dict own = new Dict();
        frame.environment().variablesOf(name).forEach(own::put);
        if (options.get("template_vars") instanceof Dict more) {
            own.putAll(more);
        }
        return template.renderInside(frame, own);
    }

    /** As Ansible joins them: a lone value that is no string stays what it is, several stay a list. */
    private static Object joined(List<Object> values) {
        if (values.stream().allMatch(Types::isString)) {
            List<String> texts = new ArrayList<>();
            values.forEach(value -> texts.add(value.toString()));
            return String.join(",", texts);
        }
        return values.size() == 1 ? values.get(0) : values;
    }
}
