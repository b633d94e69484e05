package io.jenkins.plugins.imagefactory.jinja.ansible;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.serialization.Json;
import io.jenkins.plugins.imagefactory.jinja.serialization.JsonReader;
import io.jenkins.plugins.imagefactory.jinja.serialization.YamlReader;
import io.jenkins.plugins.imagefactory.jinja.serialization.YamlWriter;
import java.util.List;
import java.util.Set;

/** Ansible's filters between data and JSON or YAML. */
final class DataFilters {
    private static final Set<String> JSON_OPTIONS = Set.of("indent", "sort_keys", "separators", "ensure_ascii");
    private static final Set<String> YAML_OPTIONS = Set.of(
            "indent", "width", "sort_keys", "default_flow_style", "explicit_start", "explicit_end", "allow_unicode");

    private DataFilters() {}

    static void define(Functions filters) {
        filters.define("to_json(a, **kw)", (f, a) -> f.budget().text(json(a[0], (Dict) a[1])))
                .define("to_nice_json(a, indent=4, sort_keys=True, **kw)", (f, a) -> {
                    Dict options = ((Dict) a[3]).copy();
                    options.put("indent", a[1]);
                    options.put("sort_keys", a[2]);
                    options.put("separators", Tuple.of(",", ": "));
                    return f.budget().text(json(a[0], options));
                })
                .define("to_yaml(a, default_flow_style=None, **kw)", (f, a) -> {
                    Boolean flow = a[1] == null ? null : Boolean.valueOf(Operators.truth(a[1]));
                    return f.budget().text(yaml(a[0], flow, (Dict) a[2]));
                })
                .define("to_nice_yaml(a, indent=4, **kw)", (f, a) -> {
                    Dict options = ((Dict) a[2]).copy();
                    options.put("indent", a[1]);
                    return f.budget().text(yaml(a[0], options.has("default_flow_style") ? null : false, options));
                })
                .define("from_json(a)", (f, a) -> {
                    if (!Types.isString(a[0])) {
                        fail(a[0]);
                        throw new TemplateException("from_json needs a string, not a " + Types.name(a[0]));
                    }
                    return JsonReader.read(a[0].toString());
                })
                .define("from_yaml(data)", (f, a) -> isText(a[0]) ? YamlReader.one(a[0].toString()) : a[0])
                .define("from_yaml_all(data)", (f, a) -> {
                    if (a[0] == null) {
                        return null;
                    }
                    return isText(a[0]) ? YamlReader.all(a[0].toString()) : a[0];
                });
    }

    private static void fail(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
    }

    private static boolean isText(Object value) {
        fail(value);
        return Types.isString(value);
    }

    private static String json(Object value, Dict options) {
        requireKnown(options, JSON_OPTIONS, "JSON");
        Json.Writer writer = new Json.Writer();
        writer.indent(options.get("indent"));
        writer.sorted(options.has("sort_keys") && Operators.truth(options.get("sort_keys")));
        writer.ascii(!options.has("ensure_ascii") || Operators.truth(options.get("ensure_ascii")));
        if (options.get("separators") != null) {
            List<Object> separators = Iteration.of(options.get("separators"));
            if (separators.size() != 2) {
                throw new TemplateException("the separators of JSON are two: between items, and after a key");
            }
            writer.separators(PythonRepr.str(separators.get(0)), PythonRepr.str(separators.get(1)));
        }
        return writer.write(value);
    }

    private static String yaml(Object value, Boolean flow, Dict options) {
        requireKnown(options, YAML_OPTIONS, "YAML");
        YamlWriter writer = new YamlWriter().flow(flow);
        if (options.get("default_flow_style") != null) {
            writer.flow(Operators.truth(options.get("default_flow_style")));
        }
        if (options.has("allow_unicode") && !Operators.truth(options.get("allow_unicode"))) {
            throw new TemplateException("the YAML option allow_unicode=False is not supported");
        }
        if (options.get("indent") != null) {
            writer.indent(Numbers.toInt(options.get("indent"), "an indentation"));
        }
        if (options.get("width") != null) {
            writer.width(Numbers.toInt(options.get("width"), "a width"));
        }
        return writer.sorted(!options.has("sort_keys") || Operators.truth(options.get("sort_keys")))
                .explicit(Operators.truth(options.get("explicit_start")), Operators.truth(options.get("explicit_end")))
                .write(value);
    }

    private static void requireKnown(Dict options, Set<String> known, String format) {
        for (String name : options.names()) {
            if (!known.contains(name)) {
                throw new TemplateException(
                        "the " + format + " option '" + name + "' is not supported", Suggestion.nearest(name, known));
            }
        }
    }
}
