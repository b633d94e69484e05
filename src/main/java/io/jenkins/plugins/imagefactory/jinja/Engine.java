package io.jenkins.plugins.imagefactory.jinja;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles templates, each once, and gives them what lies outside of them. Can be used by many threads. */
public final class Engine {
    private final TemplateLoader loader;
    private final Map<String, Lookup> lookups;
    private final Limits limits;
    private final Map<String, Template> compiled = new ConcurrentHashMap<>();

    /**
     * @param loader of templates by name
     * @param lookups by their names in {@code lookup(…)}
     */
    public Engine(TemplateLoader loader, Map<String, Lookup> lookups, Limits limits) {
        this.loader = loader;
        this.lookups = Map.copyOf(lookups);
        this.limits = limits;
    }

    /**
     * The template of that name, from the loader.
     *
     * @throws TemplateException when there is none or it cannot be compiled
     */
    public Template template(String name) {
        Template template = templateOrNull(name);
        if (template == null) {
            throw new TemplateException("template '" + name + "' does not exist");
        }
        return template;
    }

    Template templateOrNull(String name) {
        Template known = compiled.get(name);
        if (known != null) {
            return known;
        }
        String source = loader.source(name);
        if (source == null) {
            return null;
        }
        Template template = compile(name, source);
        compiled.put(name, template);
        return template;
    }

    /** @throws TemplateException when the source is not a template or uses what the engine does not have */
    public Template compile(String name, String source) {
        return new Parser(name, Lexer.tokens(name, source)).template(this);
    }

    Limits limits() {
        return limits;
    }

    Lookup lookup(String name) {
        return lookups.get(name);
    }

    Set<String> lookups() {
        return lookups.keySet();
    }
}
