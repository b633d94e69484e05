package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;

/** An imported template: its top-level names that do not start with an underscore are its attributes. */
final class Module implements Attributed {
    private final String template;
    private final Context context;
    private final String output;

    Module(String template, Context context, String output) {
        this.template = template;
        this.context = context;
        this.output = output;
    }

    @Override
    public Object attribute(String name) {
        return name.startsWith("_") ? MISSING : context.exported.getOrDefault(name, MISSING);
    }

    Undefined missing(String name) {
        return Undefined.of("template '" + template + "' does not export '" + name + "'", name);
    }

    @Override
    public String typeName() {
        return "TemplateModule";
    }

    @Override
    public String toString() {
        return output;
    }
}
