package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A macro, or the body of a call block, with the scope it was defined in. */
public final class Macro implements Callable, Attributed {
    /**
     * @param defaults of the last parameters
     * @param catchesVarargs the body uses {@code varargs}; likewise kwargs and caller
     */
    public record Definition(
            String name,
            List<String> parameters,
            List<Expression> defaults,
            List<Statement> body,
            boolean catchesVarargs,
            boolean catchesKwargs,
            boolean catchesCaller,
            int line) {}

    /** Of the macro and the scope that it keeps. */
    private static final int BYTES = 200;

    private final Definition definition;
    private final Frame scope;
    private final CompiledTemplate template;

    Macro(Definition definition, Frame scope) {
        scope.budget().bytes(BYTES);
        this.definition = definition;
        this.scope = scope;
        this.template = scope.render.template;
    }

    @Override
    public Object call(Caller caller, Arguments arguments) {
        Render render = scope.render;
        Frame frame = scope.capturing();
        bind(frame, arguments);
        CompiledTemplate outer = render.template;
        int line = render.line;
        render.budget.enter();
        render.template = template;
        bindDefaults(frame, arguments);
        Statement.executeAll(definition.body, frame);
        render.template = outer;
        render.line = line;
        render.budget.leave();
        return Frame.of(caller).marked(frame.captured());
    }

    /** All but the parameters that are left to their defaults. */
    private void bind(Frame frame, Arguments arguments) {
        List<Object> given = arguments.positional();
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        List<String> parameters = definition.parameters;
        boolean callerIsParameter = false;
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            callerIsParameter |= name.equals("caller");
            if (i < given.size()) {
                frame.assign(name, given.get(i));
            } else if (named.containsKey(name)) {
                frame.assign(name, named.remove(name));
            }
        }
        if (definition.catchesCaller && !callerIsParameter) {
            Object called = named.remove("caller");
            frame.assign(
                    "caller", called == null ? Undefined.of("the macro was not called by a call block", null) : called);
        }
        if (definition.catchesKwargs) {
            Dict kwargs = new Dict();
            named.forEach(kwargs::put);
            frame.assign("kwargs", kwargs);
        } else if (!named.isEmpty()) {
            String name = named.keySet().iterator().next();
            throw new TemplateException(
                    "macro '" + definition.name + "' takes no argument named '" + name + "'",
                    Suggestion.nearest(name, parameters));
        }
        List<Object> further =
                given.size() > parameters.size() ? given.subList(parameters.size(), given.size()) : List.of();
        if (definition.catchesVarargs) {
            frame.assign("varargs", new Tuple(new ArrayList<>(further)));
        } else if (!further.isEmpty()) {
            throw new TemplateException("macro '" + definition.name + "' takes not more than " + parameters.size()
                    + " arguments, but " + given.size() + " were given");
        }
    }

    private void bindDefaults(Frame frame, Arguments arguments) {
        List<String> parameters = definition.parameters;
        int firstDefault = parameters.size() - definition.defaults.size();
        for (int i = arguments.positional().size(); i < parameters.size(); i++) {
            String name = parameters.get(i);
            if (!arguments.named().containsKey(name)) {
                Object value = i >= firstDefault
                        ? definition.defaults.get(i - firstDefault).evaluate(frame)
                        : Undefined.of(
                                "parameter '" + name + "' of macro '" + definition.name + "' was not given", null);
                frame.assign(name, value);
            }
        }
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "name" -> definition.name;
            case "arguments" -> new Tuple(new ArrayList<>(definition.parameters));
            case "catch_varargs" -> definition.catchesVarargs;
            case "catch_kwargs" -> definition.catchesKwargs;
            case "caller" -> definition.catchesCaller;
            default -> MISSING;
        };
    }

    @Override
    public String toString() {
        return definition.name == null ? "<Macro anonymous>" : "<Macro " + PythonRepr.repr(definition.name) + ">";
    }
}
