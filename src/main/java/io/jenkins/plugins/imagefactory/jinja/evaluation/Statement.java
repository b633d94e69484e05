package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Attributed;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.DictView;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Range;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands in {@code {% %}}, and the text and {@code {{ }}} between. */
public sealed interface Statement {
    /** How it goes on after a statement. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Flow execute(Frame frame);

    static Flow executeAll(List<Statement> statements, Frame frame) {
        for (Statement statement : statements) {
            Flow flow = statement.execute(frame);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    /** What the statements print, in a scope of their own. */
    private static Object captured(List<Statement> body, Frame frame) {
        Frame inner = frame.capturing();
        executeAll(body, inner);
        return frame.marked(inner.captured());
    }

    /** What is printed here is dropped, because the template extends another and this is outside its blocks. */
    private static boolean isDropped(Frame frame) {
        return frame.outsideBlocks && frame.context.layout != null;
    }

    record Text(int line, String text) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            if (!isDropped(frame)) {
                frame.printAsWritten(text, line);
            }
            return Flow.NEXT;
        }
    }

    record Print(Expression expression, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            if (!isDropped(frame)) {
                frame.at(line);
                Object value = expression.evaluate(frame);
                frame.print(printed(value));
            }
            return Flow.NEXT;
        }

        /** As Ansible prints: None as nothing, ranges and views of dicts as lists. */
        private static String printed(Object value) {
            if (value instanceof String text) {
                return text;
            }
            if (value == null) {
                return "";
            }
            if (value instanceof Range || value instanceof DictView || value instanceof Loop) {
                return PythonRepr.str(new ArrayList<>(Iteration.of(value)));
            }
            return PythonRepr.str(value);
        }
    }

    /** Each branch: a test and its body; the else branch has the test null. */
    record If(List<Expression> tests, List<List<Statement>> bodies) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            for (int i = 0; i < tests.size(); i++) {
                if (tests.get(i) == null || Operators.truth(tests.get(i).evaluate(frame))) {
                    return executeAll(bodies.get(i), frame);
                }
            }
            return Flow.NEXT;
        }
    }

    record For(
            Target target,
            Expression iterable,
            Expression test,
            List<Statement> body,
            List<Statement> otherwise,
            boolean recursive,
            int line)
            implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(line);
            Object value = iterable.evaluate(frame);
            frame.at(line);
            run(frame, value, 0);
            return Flow.NEXT;
        }

        /**
         * Goes through {@code value} in a loop that is {@code depth} loops deep in its own recursion. As in Jinja2, the else
         * branch follows when no iteration came to its end, also because of break or continue.
         */
        void run(Frame frame, Object value, int depth) {
            List<Object> elements = test == null ? Iteration.of(value) : selected(frame, Iteration.of(value));
            if (elements.isEmpty()) {
                executeAll(otherwise, frame.inner());
                return;
            }
            Loop loop = new Loop(this, frame, elements, depth);
            boolean reachedEnd = false;
            Flow flow = Flow.NEXT;
            while (flow != Flow.BREAK && loop.advance()) {
                frame.budget().steps(1);
                Frame inner = frame.inner();
                inner.assign("loop", loop);
                target.assign(inner, loop.current());
                flow = executeAll(body, inner);
                reachedEnd |= flow == Flow.NEXT;
            }
            if (!reachedEnd) {
                executeAll(otherwise, frame.inner());
            }
        }

        private List<Object> selected(Frame frame, List<Object> all) {
            List<Object> selected = new ArrayList<>();
            for (Object element : all) {
                frame.budget().steps(1);
                Frame inner = frame.inner();
                target.assign(inner, element);
                if (Operators.truth(test.evaluate(inner))) {
                    selected.add(element);
                }
            }
            return selected;
        }
    }

    record Break() implements Statement {
        @Override
        public Flow execute(Frame frame) {
            return Flow.BREAK;
        }
    }

    record Continue() implements Statement {
        @Override
        public Flow execute(Frame frame) {
            return Flow.CONTINUE;
        }
    }

    record Set(Target target, Expression value, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(line);
            Object assigned = value.evaluate(frame);
            frame.at(line);
            target.assign(frame, assigned);
            return Flow.NEXT;
        }
    }

    /** {@code {% set name | filters %}…{% endset %}}: the value is what the body prints, filtered. */
    record SetBlock(Target target, Filtered filtered, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(line);
            Object value = filtered.evaluate(frame);
            target.assign(frame, frame.autoescape() ? new Markup(PythonRepr.str(value)) : value);
            return Flow.NEXT;
        }
    }

    record FilterBlock(Filtered filtered, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            if (!isDropped(frame)) {
                frame.at(line);
                Object value = filtered.evaluate(frame);
                frame.print(value == null ? "" : PythonRepr.str(value));
            }
            return Flow.NEXT;
        }
    }

    /** What a body prints, through filters. */
    record Filtered(List<Statement> body, List<FilterCall> filters) {
        Object evaluate(Frame frame) {
            Object value = captured(body, frame);
            for (FilterCall filter : filters) {
                Arguments arguments = filter.passed.evaluateAfter(value, frame);
                frame.at(filter.line);
                value = filter.function.call(frame, arguments);
            }
            return value;
        }
    }

    record FilterCall(Function function, Expression.Passed passed, int line) {}

    record With(List<Target> targets, List<Expression> values, List<Statement> body) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            Frame inner = frame.inner();
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(inner, values.get(i).evaluate(frame));
            }
            return executeAll(body, inner);
        }
    }

    /** As under Ansible, what is printed is not escaped, but what is captured is Markup, and Markup escapes what is joined to it. */
    record Autoescape(Expression on, List<Statement> body) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            return executeAll(body, frame.escaping(Operators.truth(on.evaluate(frame))));
        }
    }

    record Do(Expression expression, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.at(line);
            expression.evaluate(frame);
            return Flow.NEXT;
        }
    }

    record DefineMacro(Macro.Definition definition) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.assign(definition.name(), new Macro(definition, frame));
            return Flow.NEXT;
        }
    }

    /** {@code {% call(parameters) macro(…) %}body{% endcall %}} */
    record CallBlock(Expression.Call call, Macro.Definition caller) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            if (isDropped(frame)) {
                return Flow.NEXT;
            }
            frame.at(call.line());
            Object function = call.callee().evaluate(frame);
            if (function instanceof Undefined undefined) {
                throw undefined.failure();
            }
            if (!(function instanceof Callable callable)) {
                throw new TemplateException("a " + Types.name(function) + " cannot be called");
            }
            Arguments arguments = call.passed().evaluate(frame).with("caller", new Macro(caller, frame));
            frame.at(call.line());
            Object value = callable.call(frame, arguments);
            frame.print(value == null ? "" : PythonRepr.str(value));
            return Flow.NEXT;
        }
    }

    record Include(Expression names, boolean ignoreMissing, boolean withContext, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            Object value = names.evaluate(frame);
            frame.at(line);
            CompiledTemplate template = Templates.first(frame, value, ignoreMissing);
            if (template != null) {
                Context context = new Context(frame.render, withContext ? frame : null, false);
                template.execute(frame.render, context, frame.out);
            }
            return Flow.NEXT;
        }
    }

    record Import(Expression template, String name, boolean withContext, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            frame.assign(name, module(template, withContext, line, frame));
            return Flow.NEXT;
        }
    }

    /** @param names imported, each with the name it gets here */
    record FromImport(Expression template, Map<String, String> names, boolean withContext, int line)
            implements Statement {
        @Override
        public Flow execute(Frame frame) {
            Module module = module(template, withContext, line, frame);
            names.forEach((name, alias) -> {
                Object value = module.attribute(name);
                frame.assign(alias, value == Attributed.MISSING ? module.missing(name) : value);
            });
            return Flow.NEXT;
        }
    }

    private static Module module(Expression name, boolean withContext, int line, Frame frame) {
        Object value = name.evaluate(frame);
        frame.at(line);
        CompiledTemplate template = Templates.first(frame, value, false);
        Context context = new Context(frame.render, withContext ? frame : null, false);
        StringBuilder out = new StringBuilder();
        template.execute(frame.render, context, out);
        frame.budget().characters(out.length());
        return new Module(template.name(), context, out.toString());
    }

    record Extends(Expression template, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            if (frame.context.layout != null) {
                throw new TemplateException("a template cannot extend twice");
            }
            Object value = template.evaluate(frame);
            frame.at(line);
            frame.context.layout = Templates.first(frame, value, false);
            return Flow.NEXT;
        }
    }

    record Block(String name, List<Statement> body, boolean scoped, boolean required, int line) implements Statement {
        @Override
        public Flow execute(Frame frame) {
            if (!isDropped(frame)) {
                new BlockReference(name, frame.context.blocks.get(name), 0, scoped ? frame : null).print(frame);
            }
            return Flow.NEXT;
        }
    }
}
