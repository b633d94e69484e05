package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Frame;
import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.MarkupMethods;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringMethods;
import io.jenkins.plugins.imagefactory.jinja.serialization.Json;
import java.util.ArrayList;
import java.util.List;

/** Jinja2's filters for HTML and JSON in HTML. */
final class HtmlFilters {
    private HtmlFilters() {}

    static void define(Functions filters) {
        UrlizeFilter.define(filters);
        filters.define("escape(s)", (f, a) -> Markup.escape(a[0]))
                .alias("e", "escape")
                .define("forceescape(value)", (f, a) -> new Markup(Markup.escaped(PythonRepr.str(a[0]))))
                .define("safe(value)", (f, a) -> a[0] instanceof Markup ? a[0] : new Markup(PythonRepr.str(a[0])))
                .define("striptags(value)", (f, a) -> f.budget().text(MarkupMethods.striptags(PythonRepr.str(a[0]))))
                .define("tojson(value, indent=None)", (f, a) -> tojson(f.budget(), a[0], a[1]))
                .define("xmlattr(d, autospace=True)", (f, a) -> xmlattr(f, a[0], Operators.truth(a[1])));
    }

    /** What is HTML, as autoescape has it. */
    static Object marked(Caller caller, String html) {
        return StringMethods.like(Frame.of(caller).autoescape() ? new Markup("") : "", html);
    }

    private static Object tojson(Budget budget, Object value, Object indent) {
        String json = new Json.Writer().indent(indent).sorted(true).write(value);
        budget.characters(json.length(), 1);
        return new Markup(json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027"));
    }

    private static Object xmlattr(Caller caller, Object value, boolean autospace) {
        if (!(value instanceof Dict dict)) {
            throw new TemplateException("xmlattr needs a dict, not a " + Types.name(value));
        }
        List<String> attributes = new ArrayList<>();
        dict.forEach((key, attribute) -> {
            if (attribute == null || attribute instanceof Undefined) {
                return;
            }
            String name = PythonRepr.str(key);
            if (name.chars().anyMatch(c -> PythonText.isSpace(c) || c == '/' || c == '>' || c == '=')) {
                throw new TemplateException("'" + name + "' cannot be the name of an attribute");
            }
            attributes.add(Markup.escape(key) + "=\"" + Markup.escape(attribute) + "\"");
        });
        String written = String.join(" ", attributes);
        return marked(caller, autospace && !written.isEmpty() ? " " + written : written);
    }
}
