package io.jenkins.plugins.imagefactory.jinja;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles templates, each once, and gives them what lies outside of them. Can be used by many threads. */
public final class Engine {
    private final TemplateLoader loader;
    private final Map<String, Lookup> lookups;
    private final Limits limits;
    private final Map<Key, Template> compiled = new ConcurrentHashMap<>();

    /** Included templates are written as the one that includes them is. */
    private record Key(String name, Syntax syntax) {}

    /**
     * @param loader of templates by name
     * @param lookups by their names in {@code lookup(…)}
     */
    public Engine(TemplateLoader loader, Map<String, Lookup> lookups, Limits limits) {
        this.loader = loader;
        this.lookups = Map.copyOf(lookups);
        this.limits = limits;
    }

    /** @throws TemplateException when the source is not a template or uses what the engine does not have */
    public Template compile(String name, String source) {
        return compile(Source.withHeader(name, source));
    }

    private Template compile(Source source) {
        return new Parser(source, Lexer.tokens(source)).template(this);
    }

    /** The loader's template of that name, in the syntax of the one that includes it; null when there is none. */
    Template included(String name, Syntax syntax) {
        Key key = new Key(name, syntax);
        Template known = compiled.get(key);
        if (known != null) {
            return known;
        }
        String text = loader.source(name);
        if (text == null) {
            return null;
        }
        Template template = compile(new Source(name, syntax, text, 1));
        compiled.put(key, template);
        return template;
    }

    /** The loader's template of that name, as one that is rendered for itself; null when there is none. */
    Template looked(String name) {
        String text = loader.source(name);
        return text == null ? null : compile(name, text);
    }

    Limits limits() {
        return limits;
    }

    Lookup lookup(String name) {
        return lookups.get(name);
    }
}
