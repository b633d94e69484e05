package io.jenkins.plugins.imagefactory.jinja;

import io.jenkins.plugins.imagefactory.jinja.ansible.AnsibleFilters;
import io.jenkins.plugins.imagefactory.jinja.ansible.AnsibleTests;
import io.jenkins.plugins.imagefactory.jinja.ansible.Lookups;
import io.jenkins.plugins.imagefactory.jinja.builtin.Filters;
import io.jenkins.plugins.imagefactory.jinja.builtin.Globals;
import io.jenkins.plugins.imagefactory.jinja.builtin.Tests;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Builtins;
import io.jenkins.plugins.imagefactory.jinja.evaluation.CompiledTemplate;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Environment;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.parser.StatementParser;
import io.jenkins.plugins.imagefactory.jinja.python.Functions;
import io.jenkins.plugins.imagefactory.jinja.syntax.Source;
import io.jenkins.plugins.imagefactory.jinja.syntax.Syntax;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles templates, each once, and gives them what lies outside of them. Can be used by many threads. */
public final class Engine {
    private static final Builtins BUILTINS = builtins();

    private final TemplateLoader loader;
    private final Map<String, Lookup> lookups;
    private final Limits limits;
    private final Environment environment = new Surroundings();
    private final Map<Key, CompiledTemplate> compiled = new ConcurrentHashMap<>();

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

    private static Builtins builtins() {
        Functions filters = new Functions();
        Filters.define(filters);
        AnsibleFilters.define(filters);
        Functions tests = new Functions();
        Tests.define(tests);
        AnsibleTests.define(tests);
        Functions globals = new Functions();
        Globals.define(globals);
        Lookups.define(globals);
        return new Builtins(filters.toMap(), tests.toMap(), globals.toMap());
    }

    /** @throws TemplateException when the source is not a template or uses what the engine does not have */
    public Template compile(String name, String source) {
        return new Template(environment, compile(Source.withHeader(name, source)));
    }

    private static CompiledTemplate compile(Source source) {
        try {
            return StatementParser.parse(source, BUILTINS);
        } catch (StackOverflowError e) {
            throw new TemplateException("tags or expressions are nested too deep")
                    .at(source.template(), source.firstLine());
        }
    }

    /** What the templates of this engine find around them. */
    private final class Surroundings implements Environment {
        @Override
        public Limits limits() {
            return limits;
        }

        @Override
        public Builtins builtins() {
            return BUILTINS;
        }

        @Override
        public CompiledTemplate included(String name, Syntax syntax) {
            Key key = new Key(name, syntax);
            CompiledTemplate known = compiled.get(key);
            if (known != null) {
                return known;
            }
            String text = loader.source(name);
            if (text == null) {
                return null;
            }
            CompiledTemplate template = compile(Source.included(name, syntax, text));
            compiled.put(key, template);
            return template;
        }

        @Override
        public CompiledTemplate looked(String name) {
            String text = loader.source(name);
            return text == null ? null : compile(Source.withHeader(name, text));
        }

        @Override
        public Map<String, Object> variablesOf(String name) {
            return Variables.of(loader.variables(name)).values();
        }

        @Override
        public String lookup(String source, String term) {
            Lookup lookup = lookups.get(source);
            if (lookup == null) {
                throw new TemplateException("lookup '" + source + "' is not available here");
            }
            return lookup.find(term);
        }
    }
}
