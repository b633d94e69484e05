package io.jenkins.plugins.imagefactory.runner;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One block of a declarative Pipeline, such as {@code stages}: it notes the directives in it without running them, and
 * passes assignments and variables on.
 */
final class Section extends GroovyObjectSupport {
    private static final Set<String> AGENT_WORDS = Set.of("any", "none");

    private final List<Directive> directives = new ArrayList<>();
    private final Function<String, Object> variables;

    /** A directive with its arguments, or, with no arguments but a {@code value}, an assignment. */
    record Directive(String name, Arguments arguments, Object value) {}

    private Section(Function<String, Object> variables) {
        this.variables = variables;
    }

    static Section read(Closure<?> block, Function<String, Object> variables) {
        Section section = new Section(variables);
        Closure<?> copy = (Closure<?>) block.clone();
        copy.setDelegate(section);
        copy.setResolveStrategy(Closure.DELEGATE_ONLY);
        copy.call();
        return section;
    }

    List<Directive> all() {
        return directives;
    }

    List<Directive> all(String name) {
        return directives.stream()
                .filter(directive -> directive.name().equals(name))
                .toList();
    }

    Optional<Closure<?>> block(String name) {
        return all(name).stream()
                .<Closure<?>>map(directive -> directive.arguments().body())
                .findFirst();
    }

    Optional<Section> section(String name) {
        return block(name).map(block -> read(block, variables));
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        Directive directive = new Directive(name, Arguments.of(arguments), null);
        directives.add(directive);
        return directive;
    }

    @Override
    public void setProperty(String name, Object value) {
        directives.add(new Directive(name, null, value));
    }

    @Override
    public Object getProperty(String name) {
        return AGENT_WORDS.contains(name) ? name : variables.apply(name);
    }
}
