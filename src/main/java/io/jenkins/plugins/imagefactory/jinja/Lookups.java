package io.jenkins.plugins.imagefactory.jinja;

import java.util.ArrayList;
import java.util.List;

/** Ansible's {@code lookup()} and {@code query()}, over the sources that the engine was given. */
final class Lookups {
    private Lookups() {}

    /** @param all a list of the values (query), else them joined by commas (lookup) */
    static Object lookup(Frame frame, Object name, List<?> terms, Dict options, boolean all) {
        String source = PythonRepr.str(name);
        String plain = source.startsWith("ansible.builtin.") ? source.substring("ansible.builtin.".length()) : source;
        boolean template = plain.equals("template");
        Lookup lookup = template ? term -> rendered(frame, term) : frame.render.engine.lookup(plain);
        if (lookup == null) {
            throw new TemplateException(
                    "lookup '" + source + "' is not supported", Names.nearest(plain, frame.render.engine.lookups()));
        }
        boolean list = Operators.truth(options.get("wantlist")) || all;
        options.remove("wantlist");
        Object standard = options.has("default") && plain.equals("env") ? options.remove("default") : "";
        if (!options.isEmpty()) {
            throw new TemplateException("lookup '" + source + "' does not support the option '"
                    + options.names().get(0) + "'");
        }
        List<Object> values = new ArrayList<>();
        for (Object term : flattened(terms)) {
            String value = lookup.find(PythonRepr.str(term));
            if (value == null && !plain.equals("env")) {
                throw new TemplateException("lookup '" + source + "' finds no '" + PythonRepr.str(term) + "'");
            }
            values.add(value == null ? standard : value);
        }
        if (list) {
            return values;
        }
        if (values.size() == 1) {
            return values.get(0);
        }
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(PythonRepr.str(value)));
        return String.join(",", texts);
    }

    private static List<Object> flattened(List<?> terms) {
        List<Object> flat = new ArrayList<>();
        for (Object term : terms) {
            if (term instanceof List<?> several) {
                flat.addAll(several);
            } else {
                flat.add(term);
            }
        }
        return flat;
    }

    private static String rendered(Frame frame, String name) {
        Template template = frame.render.engine.templateOrNull(name);
        if (template == null) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        template.execute(frame.render, new Context(frame.render, null, true), out);
        return out.toString();
    }
}
