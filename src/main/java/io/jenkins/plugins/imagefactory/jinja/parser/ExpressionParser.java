package io.jenkins.plugins.imagefactory.jinja.parser;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Builtins;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Expression;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Comparison;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.syntax.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what has a value. A filter or test that is not there is an error here, not when it is rendered. */
final class ExpressionParser {
    private final TokenStream tokens;
    private final NameParser names;
    private final Builtins builtins;
    /** The macros being read, outermost first, with the special names their bodies use. */
    private final List<Set<String>> macros;

    private final Supplier<Expression> conditional = this::conditional;
    private final Supplier<Expression> signed = this::signed;

    ExpressionParser(TokenStream tokens, NameParser names, Builtins builtins, List<Set<String>> macros) {
        this.tokens = tokens;
        this.names = names;
        this.builtins = builtins;
        this.macros = macros;
    }

    /** An expression, or a tuple when commas follow. */
    Expression tupleOrExpression(boolean withConditional) {
        return tuple(withConditional, null);
    }

    Expression tuple(boolean withConditional, String endName) {
        List<Expression> items = new ArrayList<>();
        boolean commas = false;
        while (!endsTuple(endName)) {
            items.add(withConditional ? expression() : or());
            if (!tokens.skip(",")) {
                break;
            }
            commas = true;
        }
        if (items.isEmpty()) {
            throw new TemplateException(
                    "expected an expression, found " + tokens.current().described());
        }
        return commas ? new Expression.TupleOf(items) : items.get(0);
    }

    private boolean endsTuple(String endName) {
        return switch (tokens.current().kind()) {
            case VARIABLE_END, BLOCK_END, END -> true;
            case OPERATOR -> tokens.current().is(")");
            case NAME -> endName != null && tokens.current().isName(endName);
            default -> false;
        };
    }

    Expression expression() {
        return tokens.nested(conditional);
    }

    private Expression conditional() {
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression test = or();
            value = new Expression.Conditional(test, value, tokens.skipName("else") ? expression() : null);
        }
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        int negations = 0;
        while (tokens.skipName("not")) {
            negations++;
        }
        Expression value = comparison();
        for (int i = 0; i < negations; i++) {
            value = new Expression.Not(value);
        }
        return value;
    }

    private Expression comparison() {
        int line = tokens.current().line();
        Expression first = sum();
        List<Comparison> comparisons = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        for (Comparison next = comparator(); next != null; next = comparator()) {
            comparisons.add(next);
            others.add(sum());
        }
        return comparisons.isEmpty() ? first : new Expression.Comparisons(first, comparisons, others, line);
    }

    private Comparison comparator() {
        if (tokens.current().kind() == Token.Kind.OPERATOR) {
            for (Comparison comparison : Comparison.values()) {
                if (tokens.skip(comparison.written())) {
                    return comparison;
                }
            }
        }
        if (tokens.skipName("in")) {
            return Comparison.IN;
        }
        if (tokens.current().isName("not") && tokens.ahead().isName("in")) {
            tokens.next();
            tokens.next();
            return Comparison.NOT_IN;
        }
        return null;
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.current().is("+") || tokens.current().is("-")) {
            Token operator = tokens.next();
            left = new Expression.Calculation(
                    operator.is("+") ? Expression.Operator.ADD : Expression.Operator.SUBTRACT,
                    left,
                    concatenation(),
                    operator.line());
        }
        return left;
    }

    private Expression concatenation() {
        int line = tokens.current().line();
        Expression first = product();
        if (!tokens.current().is("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>();
        parts.add(first);
        while (tokens.skip("~")) {
            parts.add(product());
        }
        return new Expression.Concatenation(parts, line);
    }

    private Expression product() {
        Expression left = power();
        while (true) {
            Token token = tokens.current();
            Expression.Operator operator = token.kind() != Token.Kind.OPERATOR
                    ? null
                    : switch (token.text()) {
                        case "*" -> Expression.Operator.MULTIPLY;
                        case "/" -> Expression.Operator.DIVIDE;
                        case "//" -> Expression.Operator.FLOOR_DIVIDE;
                        case "%" -> Expression.Operator.MODULO;
                        default -> null;
                    };
            if (operator == null) {
                return left;
            }
            tokens.next();
            left = new Expression.Calculation(operator, left, power(), token.line());
        }
    }

    /** Jinja2 reads this from left to right, and binds a sign closer. */
    private Expression power() {
        Expression left = unary(true);
        while (tokens.current().is("**")) {
            int line = tokens.next().line();
            left = new Expression.Calculation(Expression.Operator.POWER, left, unary(true), line);
        }
        return left;
    }

    private Expression unary(boolean withFilter) {
        Expression value = postfix(tokens.nested(signed));
        return withFilter ? filtered(value) : value;
    }

    private Expression signed() {
        int line = tokens.current().line();
        if (tokens.skip("-")) {
            return new Expression.Negative(unary(false), line);
        }
        return tokens.skip("+") ? new Expression.Positive(unary(false), line) : primary();
    }

    private Expression primary() {
        Token token = tokens.current();
        switch (token.kind()) {
            case NAME:
                tokens.next();
                return named(token);
            case INTEGER, FLOAT:
                tokens.next();
                return new Expression.Constant(token.value());
            case STRING:
                return string();
            case OPERATOR:
                if (tokens.skip("(")) {
                    return parenthesized();
                }
                if (tokens.skip("[")) {
                    return list();
                }
                if (tokens.skip("{")) {
                    return dict();
                }
                break;
            default:
                break;
        }
        throw new TemplateException("expected an expression, found " + token.described());
    }

    private Expression named(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Constant(true);
            case "false", "False" -> new Expression.Constant(false);
            case "none", "None" -> new Expression.Constant(null);
            case "varargs", "kwargs", "caller" -> {
                macros.forEach(special -> special.add(token.text()));
                yield new Expression.Name(token.text().intern(), token.line());
            }
            default -> new Expression.Name(token.text().intern(), token.line());
        };
    }

    private Expression string() {
        StringBuilder text = new StringBuilder();
        while (tokens.current().kind() == Token.Kind.STRING) {
            text.append(tokens.next().text());
        }
        return new Expression.Constant(text.toString());
    }

    private Expression parenthesized() {
        if (tokens.skip(")")) {
            return new Expression.TupleOf(List.of());
        }
        Expression inside = tuple(true, null);
        tokens.expect(")");
        return inside;
    }

    private Expression list() {
        List<Expression> items = new ArrayList<>();
        while (!tokens.current().is("]")) {
            if (!items.isEmpty()) {
                tokens.expect(",");
            }
            if (tokens.current().is("]")) {
                break;
            }
            items.add(expression());
        }
        tokens.expect("]");
        return new Expression.ListOf(items);
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.current().is("}")) {
            if (!keys.isEmpty()) {
                tokens.expect(",");
            }
            if (tokens.current().is("}")) {
                break;
            }
            keys.add(expression());
            tokens.expect(":");
            values.add(expression());
        }
        tokens.expect("}");
        return new Expression.DictOf(keys, values);
    }

    private Expression postfix(Expression value) {
        Expression result = value;
        while (true) {
            int line = tokens.current().line();
            if (tokens.skip(".")) {
                result = dotted(result, line);
            } else if (tokens.skip("[")) {
                result = subscript(result, line);
            } else if (tokens.current().is("(")) {
                result = new Expression.Call(result, arguments(), line);
            } else {
                return result;
            }
        }
    }

    private Expression dotted(Expression owner, int line) {
        Token name = tokens.next();
        return switch (name.kind()) {
            case NAME -> new Expression.Attribute(owner, name.text().intern(), line);
            case INTEGER -> new Expression.Item(owner, new Expression.Constant(name.value()), line);
            default -> throw new TemplateException("expected a name or number after '.', found " + name.described());
        };
    }

    private Expression subscript(Expression owner, int line) {
        List<Expression> keys = new ArrayList<>();
        boolean commas = false;
        while (!tokens.current().is("]")) {
            if (!keys.isEmpty()) {
                tokens.expect(",");
                commas = true;
            }
            if (tokens.current().is("]")) {
                break;
            }
            Expression key = tokens.current().is(":") ? null : expression();
            if (tokens.current().is(":")) {
                Expression slice = slice(owner, key, line);
                if (!tokens.current().is("]") || commas) {
                    throw new TemplateException("several slices in one pair of brackets are not possible");
                }
                tokens.expect("]");
                return slice;
            }
            keys.add(key);
        }
        tokens.expect("]");
        return new Expression.Item(owner, keys.size() == 1 ? keys.get(0) : new Expression.TupleOf(keys), line);
    }

    private Expression slice(Expression owner, Expression start, int line) {
        tokens.expect(":");
        Expression stop = tokens.current().is(":")
                        || tokens.current().is("]")
                        || tokens.current().is(",")
                ? null
                : expression();
        Expression step = null;
        if (tokens.skip(":")) {
            step = tokens.current().is("]") || tokens.current().is(",") ? null : expression();
        }
        return new Expression.Slice(owner, start, stop, step, line);
    }

    private Expression filtered(Expression value) {
        Expression result = value;
        while (true) {
            int line = tokens.current().line();
            if (tokens.skip("|")) {
                Function filter = builtins.filter(names.dotted());
                Expression.Passed passed = tokens.current().is("(") ? arguments() : Expression.Passed.NOTHING;
                result = new Expression.Filter(result, filter, passed, line);
            } else if (tokens.skipName("is")) {
                result = test(result, line);
            } else if (tokens.current().is("(")) {
                result = new Expression.Call(result, arguments(), line);
            } else {
                return result;
            }
        }
    }

    private Expression test(Expression value, int line) {
        boolean negated = tokens.skipName("not");
        Function test = builtins.test(names.dotted());
        Expression.Passed passed = Expression.Passed.NOTHING;
        Token token = tokens.current();
        if (token.is("(")) {
            passed = arguments();
        } else if (startsArgument(token)) {
            if (token.isName("is")) {
                throw new TemplateException("tests cannot be chained with 'is'");
            }
            passed = new Expression.Passed(List.of(postfix(primary())), Map.of(), null, null);
        }
        Expression result = new Expression.Test(value, test, passed, line);
        return negated ? new Expression.Not(result) : result;
    }

    private static boolean startsArgument(Token token) {
        return switch (token.kind()) {
            case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.is("[") || token.is("{");
            default -> false;
        };
    }

    Expression.Passed arguments() {
        tokens.expect("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression spread = null;
        Expression spreadNamed = null;
        boolean any = false;
        while (!tokens.current().is(")")) {
            if (any) {
                tokens.expect(",");
                if (tokens.current().is(")")) {
                    break;
                }
            }
            any = true;
            if (tokens.current().is("*")) {
                require(spread == null && spreadNamed == null);
                tokens.next();
                spread = expression();
            } else if (tokens.current().is("**")) {
                require(spreadNamed == null);
                tokens.next();
                spreadNamed = expression();
            } else if (tokens.current().kind() == Token.Kind.NAME
                    && tokens.ahead().is("=")) {
                require(spreadNamed == null);
                String name = tokens.identifier();
                tokens.next();
                if (named.put(name, expression()) != null) {
                    throw new TemplateException("the argument '" + name + "' is given twice");
                }
            } else {
                require(spread == null && spreadNamed == null && named.isEmpty());
                positional.add(expression());
            }
        }
        tokens.expect(")");
        return new Expression.Passed(positional, named, spread, spreadNamed);
    }

    private static void require(boolean order) {
        if (!order) {
            throw new TemplateException("the arguments of a call stand in the wrong order");
        }
    }
}
