package io.jenkins.plugins.imagefactory.jinja.evaluation;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Arguments;
import io.jenkins.plugins.imagefactory.jinja.python.Callable;
import io.jenkins.plugins.imagefactory.jinja.python.Comparison;
import io.jenkins.plugins.imagefactory.jinja.python.Dict;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.python.Iteration;
import io.jenkins.plugins.imagefactory.jinja.python.Markup;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.Tuple;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import io.jenkins.plugins.imagefactory.jinja.python.method.Arithmetic;
import io.jenkins.plugins.imagefactory.jinja.python.method.Attributes;
import io.jenkins.plugins.imagefactory.jinja.python.method.Slices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has a value: the part of the syntax tree that stands in {@code {{ }}} and in the arguments of statements. */
public sealed interface Expression {
    Object evaluate(Frame frame);

    record Constant(Object value) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return value;
        }
    }

    record Name(String name, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            frame.at(line);
            return frame.lookup(name);
        }
    }

    record ListOf(List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return evaluateAll(items, frame);
        }
    }

    record TupleOf(List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return new Tuple(evaluateAll(items, frame));
        }
    }

    record DictOf(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Dict dict = new Dict();
            frame.budget().elements(1);
            for (int i = 0; i < keys.size(); i++) {
                dict.put(keys.get(i).evaluate(frame), values.get(i).evaluate(frame));
            }
            return dict;
        }
    }

    record Attribute(Expression owner, String name, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = owner.evaluate(frame);
            frame.at(line);
            return Attributes.attribute(value, name);
        }
    }

    record Item(Expression owner, Expression key, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = owner.evaluate(frame);
            Object item = key.evaluate(frame);
            frame.at(line);
            return Attributes.item(value, item);
        }
    }

    /** {@code owner[start:stop:step]}; parts that are not written are null. */
    record Slice(Expression owner, Expression start, Expression stop, Expression step, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = owner.evaluate(frame);
            Object from = start == null ? null : start.evaluate(frame);
            Object to = stop == null ? null : stop.evaluate(frame);
            Object by = step == null ? null : step.evaluate(frame);
            frame.at(line);
            return Slices.slice(frame.budget(), value, from, to, by);
        }
    }

    /** The arguments of a call, filter or test; {@code *spread} and {@code **named} are null when not written. */
    record Passed(
            List<Expression> positional, Map<String, Expression> named, Expression spread, Expression spreadNamed) {
        public static final Passed NOTHING = new Passed(List.of(), Map.of(), null, null);

        Arguments evaluate(Frame frame) {
            if (positional.isEmpty() && named.isEmpty() && spread == null && spreadNamed == null) {
                return Arguments.NONE;
            }
            return new Arguments(positionals(null, false, frame), names(frame));
        }

        Arguments evaluateAfter(Object first, Frame frame) {
            return new Arguments(positionals(first, true, frame), names(frame));
        }

        private List<Object> positionals(Object first, boolean hasFirst, Frame frame) {
            List<Object> values = new ArrayList<>(positional.size() + 1);
            if (hasFirst) {
                values.add(first);
            }
            for (Expression argument : positional) {
                values.add(argument.evaluate(frame));
            }
            if (spread != null) {
                values.addAll(Iteration.of(spread.evaluate(frame)));
            }
            return values;
        }

        private Map<String, Object> names(Frame frame) {
            if (named.isEmpty() && spreadNamed == null) {
                return Map.of();
            }
            Map<String, Object> values = new LinkedHashMap<>();
            named.forEach((name, argument) -> values.put(name, argument.evaluate(frame)));
            if (spreadNamed != null) {
                addNamed(spreadNamed.evaluate(frame), values);
            }
            return values;
        }

        private static void addNamed(Object spread, Map<String, Object> values) {
            if (!(spread instanceof Dict dict)) {
                throw new TemplateException("the argument after ** must be a dict, not a " + Types.name(spread));
            }
            dict.forEach((key, value) -> {
                if (!Types.isString(key)) {
                    throw new TemplateException("the keys of the dict after ** must be strings");
                }
                if (values.containsKey(key.toString())) {
                    throw new TemplateException("the argument '" + key + "' is given twice");
                }
                values.put(key.toString(), value);
            });
        }
    }

    record Call(Expression callee, Passed passed, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object function = callee.evaluate(frame);
            if (function instanceof Undefined undefined) {
                throw undefined.failure();
            }
            Arguments arguments = passed.evaluate(frame);
            frame.at(line);
            frame.budget().tick();
            if (function instanceof Callable callable) {
                return callable.call(frame, arguments);
            }
            throw new TemplateException("a " + Types.name(function) + " cannot be called");
        }
    }

    record Filter(Expression value, Function function, Passed passed, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Arguments arguments = passed.evaluateAfter(value.evaluate(frame), frame);
            frame.at(line);
            frame.budget().tick();
            return function.call(frame, arguments);
        }
    }

    record Test(Expression value, Function function, Passed passed, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Arguments arguments = passed.evaluateAfter(value.evaluate(frame), frame);
            frame.at(line);
            return function.call(frame, arguments);
        }
    }

    record Not(Expression operand) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            return !Operators.truth(operand.evaluate(frame));
        }
    }

    record And(Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = left.evaluate(frame);
            return Operators.truth(value) ? right.evaluate(frame) : value;
        }
    }

    record Or(Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = left.evaluate(frame);
            return Operators.truth(value) ? value : right.evaluate(frame);
        }
    }

    /** {@code then if test else otherwise}; otherwise is null when not written. */
    record Conditional(Expression test, Expression then, Expression otherwise) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            if (Operators.truth(test.evaluate(frame))) {
                return then.evaluate(frame);
            }
            return otherwise == null ? Undefined.noElse() : otherwise.evaluate(frame);
        }
    }

    record Negative(Expression operand, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = operand.evaluate(frame);
            frame.at(line);
            return Arithmetic.negate(value);
        }
    }

    record Positive(Expression operand, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object value = operand.evaluate(frame);
            frame.at(line);
            return Arithmetic.plus(value);
        }
    }

    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        FLOOR_DIVIDE,
        MODULO,
        POWER
    }

    record Calculation(Operator operator, Expression left, Expression right, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object a = left.evaluate(frame);
            Object b = right.evaluate(frame);
            frame.at(line);
            return switch (operator) {
                case ADD -> Arithmetic.add(frame.budget(), a, b);
                case SUBTRACT -> Arithmetic.subtract(frame.budget(), a, b);
                case MULTIPLY -> Arithmetic.multiply(frame.budget(), a, b);
                case DIVIDE -> Arithmetic.divide(a, b);
                case FLOOR_DIVIDE -> Arithmetic.floorDivide(frame.budget(), a, b);
                case MODULO -> Arithmetic.modulo(frame.budget(), a, b);
                case POWER -> Arithmetic.power(frame.budget(), a, b);
            };
        }
    }

    /** {@code a ~ b ~ c} */
    record Concatenation(List<Expression> parts, int line) implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            StringBuilder text = new StringBuilder();
            boolean markup = false;
            for (Expression part : parts) {
                Object value = part.evaluate(frame);
                if (!markup && value instanceof Markup && frame.autoescape()) {
                    markup = true;
                    String before = Markup.escaped(text.toString());
                    text.setLength(0);
                    text.append(before);
                }
                text.append(markup ? Markup.escape(value).text() : PythonRepr.str(value));
                frame.budget().room(text.length());
            }
            frame.at(line);
            String joined = frame.budget().text(text.toString());
            return markup ? new Markup(joined) : joined;
        }
    }

    /** {@code first op other op other…}: true when each neighbouring pair compares so. */
    record Comparisons(Expression first, List<Comparison> comparisons, List<Expression> others, int line)
            implements Expression {
        @Override
        public Object evaluate(Frame frame) {
            Object left = first.evaluate(frame);
            for (int i = 0; i < comparisons.size(); i++) {
                Object right = others.get(i).evaluate(frame);
                frame.at(line);
                if (!comparisons.get(i).holds(left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    private static List<Object> evaluateAll(List<Expression> expressions, Frame frame) {
        frame.budget().elements(1 + expressions.size());
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(expression.evaluate(frame));
        }
        return values;
    }
}
