package io.jenkins.plugins.imagefactory.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads tokens into a syntax tree. What the engine does not have is an error here, not when it is rendered. */
final class Parser {
    private static final int DEEPEST = 150;

    private final Source source;
    private final List<Token> tokens;
    private final Map<String, Statement.Block> blocks = new LinkedHashMap<>();
    /** The macros being read, outermost first, with the special names their bodies use. */
    private final List<Set<String>> macros = new ArrayList<>();

    private int position;
    private int loops;
    private int depth;

    Parser(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Template template(Engine engine) {
        try {
            List<Statement> body = body();
            if (current().kind() != Token.Kind.END) {
                throw unexpectedTag(current());
            }
            return new Template(engine, source, body, blocks);
        } catch (TemplateException e) {
            throw e.at(source.template(), current().line());
        }
    }

    private Token current() {
        return tokens.get(position);
    }

    private Token next() {
        Token token = current();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    private Token ahead() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    private boolean skip(String operator) {
        return current().is(operator) && next() != null;
    }

    private boolean skipName(String name) {
        return current().isName(name) && next() != null;
    }

    private Token expect(Token.Kind kind) {
        if (current().kind() != kind) {
            throw new TemplateException(
                    "expected " + kind.description + ", found " + current().described());
        }
        return next();
    }

    private void expect(String operator) {
        if (!skip(operator)) {
            throw new TemplateException(
                    "expected '" + operator + "', found " + current().described());
        }
    }

    private void expectName(String name) {
        if (!skipName(name)) {
            throw new TemplateException(
                    "expected '" + name + "', found " + current().described());
        }
    }

    private String identifier() {
        return expect(Token.Kind.NAME).text().intern();
    }

    /** Statements up to the end of the template or a tag of one of these names, which is not consumed. */
    private List<Statement> body(String... ends) {
        List<Statement> statements = new ArrayList<>();
        enter();
        while (true) {
            Token token = current();
            switch (token.kind()) {
                case DATA -> {
                    statements.add(new Statement.Text(current().line(), next().text()));
                }
                case VARIABLE_START -> {
                    next();
                    statements.add(new Statement.Print(tupleOrExpression(true), token.line()));
                    expect(Token.Kind.VARIABLE_END);
                }
                case BLOCK_START -> {
                    if (Arrays.asList(ends).contains(ahead().text()) && ahead().kind() == Token.Kind.NAME) {
                        next();
                        depth--;
                        return statements;
                    }
                    next();
                    Statement statement = statement();
                    if (statement != null) {
                        statements.add(statement);
                    }
                    expect(Token.Kind.BLOCK_END);
                }
                default -> {
                    if (ends.length > 0) {
                        throw new TemplateException(
                                "unexpected end of template, expected one of the tags " + String.join(", ", ends));
                    }
                    depth--;
                    return statements;
                }
            }
        }
    }

    /** The body of a block tag, its end tag's name consumed. */
    private List<Statement> bodyUntil(String end) {
        expect(Token.Kind.BLOCK_END);
        List<Statement> statements = body(end);
        next();
        return statements;
    }

    private Statement statement() {
        Token tag = expect(Token.Kind.NAME);
        int line = tag.line();
        return switch (tag.text()) {
            case "if" -> conditional();
            case "for" -> loop(line);
            case "set" -> set(line);
            case "with" -> with();
            case "filter" -> new Statement.FilterBlock(filterBlock(), line);
            case "macro" -> macro(line);
            case "call" -> call(line);
            case "include" -> include(line);
            case "import" -> importTemplate(line);
            case "from" -> fromImport(line);
            case "extends" -> new Statement.Extends(expression(), line);
            case "block" -> block(line);
            case "autoescape" -> autoescape();
            case "do" -> new Statement.Do(tupleOrExpression(true), line);
            case "print" -> print(line);
            case "break" -> inLoop(tag, new Statement.Break());
            case "continue" -> inLoop(tag, new Statement.Continue());
            default -> throw unexpectedTag(tag);
        };
    }

    private static TemplateException unexpectedTag(Token tag) {
        List<String> tags = List.of(
                "if",
                "elif",
                "else",
                "endif",
                "for",
                "endfor",
                "set",
                "endset",
                "with",
                "endwith",
                "filter",
                "endfilter",
                "macro",
                "endmacro",
                "call",
                "endcall",
                "include",
                "import",
                "from",
                "extends",
                "block",
                "endblock",
                "autoescape",
                "endautoescape",
                "do",
                "print",
                "break",
                "continue",
                "raw",
                "endraw");
        return tags.contains(tag.text())
                ? new TemplateException("the tag '" + tag.text() + "' stands where it does not belong")
                : new TemplateException("unknown tag '" + tag.text() + "'", Names.nearest(tag.text(), tags));
    }

    private Statement inLoop(Token tag, Statement statement) {
        if (loops == 0) {
            throw new TemplateException("'" + tag.text() + "' stands outside of a loop");
        }
        return statement;
    }

    private Statement conditional() {
        List<Expression> tests = new ArrayList<>();
        List<List<Statement>> bodies = new ArrayList<>();
        while (true) {
            tests.add(tupleOrExpression(false));
            expect(Token.Kind.BLOCK_END);
            bodies.add(body("elif", "else", "endif"));
            Token tag = next();
            if (tag.isName("elif")) {
                continue;
            }
            if (tag.isName("else")) {
                tests.add(null);
                bodies.add(bodyUntil("endif"));
            }
            return new Statement.If(tests, bodies);
        }
    }

    private Statement loop(int line) {
        Target target = targets("in");
        expectName("in");
        Expression iterable = tuple(false, "recursive");
        Expression test = skipName("if") ? expression() : null;
        boolean recursive = skipName("recursive");
        expect(Token.Kind.BLOCK_END);
        loops++;
        List<Statement> body = body("endfor", "else");
        loops--;
        List<Statement> otherwise = next().isName("else") ? bodyUntil("endfor") : List.of();
        return new Statement.For(target, iterable, test, body, otherwise, recursive, line);
    }

    private Statement set(int line) {
        Target target = current().kind() == Token.Kind.NAME && ahead().is(".") ? namespaceTarget() : targets("=");
        if (skip("=")) {
            return new Statement.Set(target, tupleOrExpression(true), line);
        }
        List<Statement.FilterCall> filters = filterCalls();
        return new Statement.SetBlock(target, new Statement.Filtered(bodyUntil("endset"), filters), line);
    }

    private Target namespaceTarget() {
        String namespace = identifier();
        expect(".");
        return new Target.NamespaceAttribute(namespace, identifier());
    }

    /** One name, or several separated by commas. */
    private Target targets(String end) {
        List<Target> targets = new ArrayList<>();
        boolean several = false;
        do {
            if (several && (current().isName(end) || current().is(end))) {
                break;
            }
            targets.add(target());
            several |= current().is(",");
        } while (skip(","));
        return several ? new Target.Names(targets) : targets.get(0);
    }

    private Target target() {
        if (skip("(")) {
            Target targets = targets(")");
            expect(")");
            return targets;
        }
        Token name = expect(Token.Kind.NAME);
        return new Target.Name(assignable(name));
    }

    private static String assignable(Token name) {
        if (List.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
            throw new TemplateException("'" + name.text() + "' cannot be assigned to");
        }
        return name.text().intern();
    }

    private Statement with() {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (current().kind() != Token.Kind.BLOCK_END) {
            if (!targets.isEmpty()) {
                expect(",");
            }
            targets.add(target());
            expect("=");
            values.add(expression());
        }
        return new Statement.With(targets, values, bodyUntil("endwith"));
    }

    private Statement autoescape() {
        Expression on = expression();
        if (!on.equals(new Expression.Constant(false))) {
            throw new TemplateException("autoescape is always off here: write {% autoescape false %}, or use | escape");
        }
        return new Statement.With(List.of(), List.of(), bodyUntil("endautoescape"));
    }

    private Statement.Filtered filterBlock() {
        List<Statement.FilterCall> filters = new ArrayList<>();
        filters.add(filterCall());
        filters.addAll(filterCalls());
        return new Statement.Filtered(bodyUntil("endfilter"), filters);
    }

    private List<Statement.FilterCall> filterCalls() {
        List<Statement.FilterCall> filters = new ArrayList<>();
        while (skip("|")) {
            filters.add(filterCall());
        }
        return filters;
    }

    private Statement.FilterCall filterCall() {
        int line = current().line();
        Function filter = Filters.get(dottedName());
        return new Statement.FilterCall(filter, current().is("(") ? arguments() : Expression.Passed.NOTHING, line);
    }

    private Statement macro(int line) {
        String name = assignable(expect(Token.Kind.NAME));
        return new Statement.DefineMacro(definition(name, "endmacro", line, true));
    }

    private Statement call(int line) {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        if (current().is("(")) {
            parameters(parameters, defaults);
        }
        if (!(expression() instanceof Expression.Call call)) {
            throw new TemplateException("expected the call of a macro after 'call'");
        }
        Macro.Definition caller = definitionBody(null, parameters, defaults, "endcall", line);
        return new Statement.CallBlock(call, caller);
    }

    private Macro.Definition definition(String name, String end, int line, boolean withParameters) {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        parameters(parameters, defaults);
        return definitionBody(name, parameters, defaults, end, line);
    }

    private Macro.Definition definitionBody(
            String name, List<String> parameters, List<Expression> defaults, String end, int line) {
        Set<String> special = new HashSet<>();
        macros.add(special);
        int outerLoops = loops;
        loops = 0;
        List<Statement> body = bodyUntil(end);
        loops = outerLoops;
        macros.remove(macros.size() - 1);
        special.removeIf(used -> parameters.contains(used) && !used.equals("caller"));
        return new Macro.Definition(
                name,
                parameters,
                defaults,
                body,
                special.contains("varargs"),
                special.contains("kwargs"),
                special.contains("caller"),
                line);
    }

    private void parameters(List<String> parameters, List<Expression> defaults) {
        expect("(");
        while (!current().is(")")) {
            if (!parameters.isEmpty()) {
                expect(",");
            }
            String parameter = assignable(expect(Token.Kind.NAME));
            if (parameters.contains(parameter)) {
                throw new TemplateException("the parameter '" + parameter + "' is there twice");
            }
            parameters.add(parameter);
            if (skip("=")) {
                defaults.add(expression());
            } else if (!defaults.isEmpty()) {
                throw new TemplateException("a parameter without a default follows one with a default");
            }
        }
        expect(")");
    }

    private Statement include(int line) {
        Expression names = expression();
        boolean ignoreMissing = false;
        if (current().isName("ignore") && ahead().isName("missing")) {
            next();
            next();
            ignoreMissing = true;
        }
        return new Statement.Include(names, ignoreMissing, context(true), line);
    }

    /** {@code with context} or {@code without context}, if written. */
    private boolean context(boolean standard) {
        boolean written = (current().isName("with") || current().isName("without")) && ahead().isName("context");
        if (!written) {
            return standard;
        }
        boolean with = next().isName("with");
        next();
        return with;
    }

    private Statement importTemplate(int line) {
        Expression name = expression();
        expectName("as");
        String alias = assignable(expect(Token.Kind.NAME));
        return new Statement.Import(name, alias, context(false), line);
    }

    private Statement fromImport(int line) {
        Expression name = expression();
        expectName("import");
        Map<String, String> names = new LinkedHashMap<>();
        do {
            boolean contextFollows = !names.isEmpty()
                    && (current().isName("with") || current().isName("without"))
                    && ahead().isName("context");
            if (contextFollows) {
                break;
            }
            String imported = assignable(expect(Token.Kind.NAME));
            if (imported.startsWith("_")) {
                throw new TemplateException("names that start with an underscore cannot be imported");
            }
            names.put(imported, skipName("as") ? assignable(expect(Token.Kind.NAME)) : imported);
            boolean followed = (current().isName("with") || current().isName("without")) && ahead().isName("context");
            if (followed) {
                break;
            }
        } while (skip(","));
        return new Statement.FromImport(name, names, context(false), line);
    }

    private Statement block(int line) {
        String name = identifier();
        boolean scoped = skipName("scoped");
        boolean required = skipName("required");
        scoped |= skipName("scoped");
        if (current().is("-")) {
            throw new TemplateException("block names cannot contain '-'; use an underscore");
        }
        if (blocks.containsKey(name)) {
            throw new TemplateException("block '" + name + "' is defined twice");
        }
        blocks.put(name, null);
        int outerLoops = loops;
        loops = 0;
        List<Statement> body = bodyUntil("endblock");
        loops = outerLoops;
        skipName(name);
        boolean blank = body.stream()
                .allMatch(statement ->
                        statement instanceof Statement.Text text && text.text().isBlank());
        if (required && !blank) {
            throw new TemplateException("a required block can only contain comments and white space");
        }
        Statement.Block block = new Statement.Block(name, body, scoped, required, line);
        blocks.put(name, block);
        return block;
    }

    private Statement print(int line) {
        List<Statement> printed = new ArrayList<>();
        while (current().kind() != Token.Kind.BLOCK_END) {
            if (!printed.isEmpty()) {
                expect(",");
            }
            printed.add(new Statement.Print(expression(), line));
        }
        List<Expression> always = new ArrayList<>();
        always.add(null);
        return new Statement.If(always, List.of(printed));
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw new TemplateException("expressions or tags are nested more than " + DEEPEST + " deep");
        }
    }

    /** An expression, or a tuple when commas follow. */
    private Expression tupleOrExpression(boolean withConditional) {
        return tuple(withConditional, null);
    }

    private Expression tuple(boolean withConditional, String endName) {
        List<Expression> items = new ArrayList<>();
        boolean commas = false;
        while (!endsTuple(endName)) {
            items.add(withConditional ? expression() : or());
            if (!skip(",")) {
                break;
            }
            commas = true;
        }
        if (items.isEmpty()) {
            throw new TemplateException(
                    "expected an expression, found " + current().described());
        }
        return commas ? new Expression.TupleOf(items) : items.get(0);
    }

    private boolean endsTuple(String endName) {
        return switch (current().kind()) {
            case VARIABLE_END, BLOCK_END, END -> true;
            case OPERATOR -> current().is(")");
            case NAME -> endName != null && current().isName(endName);
            default -> false;
        };
    }

    private Expression expression() {
        enter();
        Expression value = or();
        while (skipName("if")) {
            Expression test = or();
            value = new Expression.Conditional(test, value, skipName("else") ? expression() : null);
        }
        depth--;
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (skipName("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (skipName("and")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        int negations = 0;
        while (skipName("not")) {
            negations++;
        }
        Expression value = comparison();
        for (int i = 0; i < negations; i++) {
            value = new Expression.Not(value);
        }
        return value;
    }

    private Expression comparison() {
        int line = current().line();
        Expression first = sum();
        List<Expression.Comparison> comparisons = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        for (Expression.Comparison next = comparator(); next != null; next = comparator()) {
            comparisons.add(next);
            others.add(sum());
        }
        return comparisons.isEmpty() ? first : new Expression.Comparisons(first, comparisons, others, line);
    }

    private Expression.Comparison comparator() {
        if (current().kind() == Token.Kind.OPERATOR) {
            for (Expression.Comparison comparison : Expression.Comparison.values()) {
                if (skip(comparison.written)) {
                    return comparison;
                }
            }
        }
        if (skipName("in")) {
            return Expression.Comparison.IN;
        }
        if (current().isName("not") && ahead().isName("in")) {
            next();
            next();
            return Expression.Comparison.NOT_IN;
        }
        return null;
    }

    private Expression sum() {
        Expression left = concatenation();
        while (current().is("+") || current().is("-")) {
            Token operator = next();
            left = new Expression.Arithmetic(
                    operator.is("+") ? Expression.Operator.ADD : Expression.Operator.SUBTRACT,
                    left,
                    concatenation(),
                    operator.line());
        }
        return left;
    }

    private Expression concatenation() {
        int line = current().line();
        Expression first = product();
        if (!current().is("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>();
        parts.add(first);
        while (skip("~")) {
            parts.add(product());
        }
        return new Expression.Concatenation(parts, line);
    }

    private Expression product() {
        Expression left = power();
        while (true) {
            Token token = current();
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
            next();
            left = new Expression.Arithmetic(operator, left, power(), token.line());
        }
    }

    /** Jinja2 reads this from left to right, and binds a sign closer. */
    private Expression power() {
        Expression left = unary(true);
        while (current().is("**")) {
            int line = next().line();
            left = new Expression.Arithmetic(Expression.Operator.POWER, left, unary(true), line);
        }
        return left;
    }

    private Expression unary(boolean withFilter) {
        enter();
        int line = current().line();
        Expression value;
        if (skip("-")) {
            value = new Expression.Negative(unary(false), line);
        } else if (skip("+")) {
            value = new Expression.Positive(unary(false), line);
        } else {
            value = primary();
        }
        value = postfix(value);
        depth--;
        return withFilter ? filtered(value) : value;
    }

    private Expression primary() {
        Token token = current();
        switch (token.kind()) {
            case NAME:
                next();
                return named(token);
            case INTEGER, FLOAT:
                next();
                return new Expression.Constant(token.value());
            case STRING:
                return string();
            case OPERATOR:
                if (skip("(")) {
                    return parenthesized();
                }
                if (skip("[")) {
                    return list();
                }
                if (skip("{")) {
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
        while (current().kind() == Token.Kind.STRING) {
            text.append(next().text());
        }
        return new Expression.Constant(text.toString());
    }

    private Expression parenthesized() {
        if (skip(")")) {
            return new Expression.TupleOf(List.of());
        }
        Expression inside = tuple(true, null);
        expect(")");
        return inside;
    }

    private Expression list() {
        List<Expression> items = new ArrayList<>();
        while (!current().is("]")) {
            if (!items.isEmpty()) {
                expect(",");
            }
            if (current().is("]")) {
                break;
            }
            items.add(expression());
        }
        expect("]");
        return new Expression.ListOf(items);
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!current().is("}")) {
            if (!keys.isEmpty()) {
                expect(",");
            }
            if (current().is("}")) {
                break;
            }
            keys.add(expression());
            expect(":");
            values.add(expression());
        }
        expect("}");
        return new Expression.DictOf(keys, values);
    }

    private Expression postfix(Expression value) {
        Expression result = value;
        while (true) {
            int line = current().line();
            if (skip(".")) {
                result = dotted(result, line);
            } else if (skip("[")) {
                result = subscript(result, line);
            } else if (current().is("(")) {
                result = new Expression.Call(result, arguments(), line);
            } else {
                return result;
            }
        }
    }

    private Expression dotted(Expression owner, int line) {
        Token name = next();
        return switch (name.kind()) {
            case NAME -> new Expression.Attribute(owner, name.text().intern(), line);
            case INTEGER -> new Expression.Item(owner, new Expression.Constant(name.value()), line);
            default -> throw new TemplateException("expected a name or number after '.', found " + name.described());
        };
    }

    private Expression subscript(Expression owner, int line) {
        List<Expression> keys = new ArrayList<>();
        boolean commas = false;
        while (!current().is("]")) {
            if (!keys.isEmpty()) {
                expect(",");
                commas = true;
            }
            if (current().is("]")) {
                break;
            }
            Expression key = current().is(":") ? null : expression();
            if (current().is(":")) {
                Expression slice = slice(owner, key, line);
                if (!current().is("]") || commas) {
                    throw new TemplateException("several slices in one pair of brackets are not possible");
                }
                expect("]");
                return slice;
            }
            keys.add(key);
        }
        expect("]");
        return new Expression.Item(owner, keys.size() == 1 ? keys.get(0) : new Expression.TupleOf(keys), line);
    }

    private Expression slice(Expression owner, Expression start, int line) {
        expect(":");
        Expression stop = current().is(":") || current().is("]") || current().is(",") ? null : expression();
        Expression step = null;
        if (skip(":")) {
            step = current().is("]") || current().is(",") ? null : expression();
        }
        return new Expression.Slice(owner, start, stop, step, line);
    }

    private Expression filtered(Expression value) {
        Expression result = value;
        while (true) {
            int line = current().line();
            if (skip("|")) {
                Function filter = Filters.get(dottedName());
                Expression.Passed passed = current().is("(") ? arguments() : Expression.Passed.NOTHING;
                result = new Expression.Filter(result, filter, passed, line);
            } else if (skipName("is")) {
                result = test(result, line);
            } else if (current().is("(")) {
                result = new Expression.Call(result, arguments(), line);
            } else {
                return result;
            }
        }
    }

    private Expression test(Expression value, int line) {
        boolean negated = skipName("not");
        Function test = Tests.get(dottedName());
        Expression.Passed passed = Expression.Passed.NOTHING;
        Token token = current();
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

    /** {@code name} or {@code ansible.builtin.name}. */
    private String dottedName() {
        StringBuilder name = new StringBuilder(expect(Token.Kind.NAME).text());
        while (skip(".")) {
            name.append('.').append(expect(Token.Kind.NAME).text());
        }
        return name.toString();
    }

    private Expression.Passed arguments() {
        expect("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression spread = null;
        Expression spreadNamed = null;
        boolean any = false;
        while (!current().is(")")) {
            if (any) {
                expect(",");
                if (current().is(")")) {
                    break;
                }
            }
            any = true;
            if (current().is("*")) {
                require(spread == null && spreadNamed == null);
                next();
                spread = expression();
            } else if (current().is("**")) {
                require(spreadNamed == null);
                next();
                spreadNamed = expression();
            } else if (current().kind() == Token.Kind.NAME && ahead().is("=")) {
                require(spreadNamed == null);
                String name = identifier();
                next();
                if (named.put(name, expression()) != null) {
                    throw new TemplateException("the argument '" + name + "' is given twice");
                }
            } else {
                require(spread == null && spreadNamed == null && named.isEmpty());
                positional.add(expression());
            }
        }
        expect(")");
        return new Expression.Passed(positional, named, spread, spreadNamed);
    }

    private static void require(boolean order) {
        if (!order) {
            throw new TemplateException("the arguments of a call stand in the wrong order");
        }
    }
}
