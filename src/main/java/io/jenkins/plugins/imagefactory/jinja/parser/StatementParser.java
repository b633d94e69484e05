package io.jenkins.plugins.imagefactory.jinja.parser;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Builtins;
import io.jenkins.plugins.imagefactory.jinja.evaluation.CompiledTemplate;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Expression;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Macro;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Statement;
import io.jenkins.plugins.imagefactory.jinja.evaluation.Target;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Function;
import io.jenkins.plugins.imagefactory.jinja.syntax.Lexer;
import io.jenkins.plugins.imagefactory.jinja.syntax.Source;
import io.jenkins.plugins.imagefactory.jinja.syntax.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a template's tags and the text between them. */
public final class StatementParser {
    private final Source source;
    private final TokenStream tokens;
    private final NameParser names;
    private final ExpressionParser expressions;
    private final Builtins builtins;
    private final Map<String, Statement.Block> blocks = new LinkedHashMap<>();
    /** The macros being read, outermost first, with the special names their bodies use. */
    private final List<Set<String>> macros = new ArrayList<>();

    private int loops;

    private StatementParser(Source source, Builtins builtins) {
        this.source = source;
        this.builtins = builtins;
        this.tokens = new TokenStream(Lexer.tokens(source));
        this.names = new NameParser(tokens);
        this.expressions = new ExpressionParser(tokens, names, builtins, macros);
    }

    /** @throws TemplateException when the source is not a template or uses what is not among the built-ins */
    public static CompiledTemplate parse(Source source, Builtins builtins) {
        return new StatementParser(source, builtins).template();
    }

    private CompiledTemplate template() {
        try {
            List<Statement> body = body();
            if (tokens.current().kind() != Token.Kind.END) {
                throw unexpectedTag(tokens.current());
            }
            return new CompiledTemplate(source, body, blocks);
        } catch (TemplateException e) {
            throw e.at(source.template(), tokens.current().line());
        }
    }

    /** Statements up to the end of the template or a tag of one of these names, which is not consumed. */
    private List<Statement> body(String... ends) {
        return tokens.nested(() -> statements(ends));
    }

    private List<Statement> statements(String... ends) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case DATA -> {
                    statements.add(new Statement.Text(
                            tokens.current().line(), tokens.next().text()));
                }
                case VARIABLE_START -> {
                    tokens.next();
                    statements.add(new Statement.Print(expressions.tupleOrExpression(true), token.line()));
                    tokens.expect(Token.Kind.VARIABLE_END);
                }
                case BLOCK_START -> {
                    if (Arrays.asList(ends).contains(tokens.ahead().text())
                            && tokens.ahead().kind() == Token.Kind.NAME) {
                        tokens.next();
                        return statements;
                    }
                    tokens.next();
                    Statement statement = statement();
                    if (statement != null) {
                        statements.add(statement);
                    }
                    tokens.expect(Token.Kind.BLOCK_END);
                }
                default -> {
                    if (ends.length > 0) {
                        throw new TemplateException(
                                "unexpected end of template, expected one of the tags " + String.join(", ", ends));
                    }
                    return statements;
                }
            }
        }
    }

    /** The body of the tag that ends here, perhaps with a colon as in Python, up to a tag of one of these names. */
    private List<Statement> tagBody(String... ends) {
        tokens.skip(":");
        tokens.expect(Token.Kind.BLOCK_END);
        return body(ends);
    }

    /** The body of a block tag, its end tag's name consumed. */
    private List<Statement> bodyUntil(String end) {
        List<Statement> statements = tagBody(end);
        tokens.next();
        return statements;
    }

    private Statement statement() {
        Token tag = tokens.expect(Token.Kind.NAME);
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
            case "extends" -> new Statement.Extends(expressions.expression(), line);
            case "block" -> block(line);
            case "autoescape" -> autoescape();
            case "do" -> new Statement.Do(expressions.tupleOrExpression(true), line);
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
                : new TemplateException("unknown tag '" + tag.text() + "'", Suggestion.nearest(tag.text(), tags));
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
            tests.add(expressions.tupleOrExpression(false));
            bodies.add(tagBody("elif", "else", "endif"));
            Token tag = tokens.next();
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
        Target target = names.targets("in");
        tokens.expectName("in");
        Expression iterable = expressions.tuple(false, "recursive");
        Expression test = tokens.skipName("if") ? expressions.expression() : null;
        boolean recursive = tokens.skipName("recursive");
        loops++;
        List<Statement> body = tagBody("endfor", "else");
        loops--;
        List<Statement> otherwise = tokens.next().isName("else") ? bodyUntil("endfor") : List.of();
        return new Statement.For(target, iterable, test, body, otherwise, recursive, line);
    }

    private Statement set(int line) {
        Target target =
                tokens.current().kind() == Token.Kind.NAME && tokens.ahead().is(".")
                        ? names.namespaceAttribute()
                        : names.targets("=");
        if (tokens.skip("=")) {
            return new Statement.Set(target, expressions.tupleOrExpression(true), line);
        }
        List<Statement.FilterCall> filters = filterCalls();
        return new Statement.SetBlock(target, new Statement.Filtered(bodyUntil("endset"), filters), line);
    }

    private Statement with() {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (tokens.current().kind() != Token.Kind.BLOCK_END) {
            if (!targets.isEmpty()) {
                tokens.expect(",");
            }
            targets.add(names.target());
            tokens.expect("=");
            values.add(expressions.expression());
        }
        return new Statement.With(targets, values, bodyUntil("endwith"));
    }

    private Statement autoescape() {
        return new Statement.Autoescape(expressions.expression(), bodyUntil("endautoescape"));
    }

    private Statement.Filtered filterBlock() {
        List<Statement.FilterCall> filters = new ArrayList<>();
        filters.add(filterCall());
        filters.addAll(filterCalls());
        return new Statement.Filtered(bodyUntil("endfilter"), filters);
    }

    private List<Statement.FilterCall> filterCalls() {
        List<Statement.FilterCall> filters = new ArrayList<>();
        while (tokens.skip("|")) {
            filters.add(filterCall());
        }
        return filters;
    }

    private Statement.FilterCall filterCall() {
        int line = tokens.current().line();
        Function filter = builtins.filter(names.dotted());
        return new Statement.FilterCall(
                filter, tokens.current().is("(") ? expressions.arguments() : Expression.Passed.NOTHING, line);
    }

    private Statement macro(int line) {
        String name = NameParser.assignable(tokens.expect(Token.Kind.NAME));
        return new Statement.DefineMacro(definition(name, "endmacro", line, true));
    }

    private Statement call(int line) {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        if (tokens.current().is("(")) {
            parameters(parameters, defaults);
        }
        if (!(expressions.expression() instanceof Expression.Call call)) {
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
        boolean givenAlways =
                parameters.contains("caller") && parameters.indexOf("caller") < parameters.size() - defaults.size();
        if (givenAlways && special.contains("caller")) {
            throw new TemplateException("the parameter 'caller' must have a default, or be left out");
        }
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
        tokens.expect("(");
        while (!tokens.current().is(")")) {
            if (!parameters.isEmpty()) {
                tokens.expect(",");
            }
            String parameter = NameParser.assignable(tokens.expect(Token.Kind.NAME));
            if (parameters.contains(parameter)) {
                throw new TemplateException("the parameter '" + parameter + "' is there twice");
            }
            parameters.add(parameter);
            if (tokens.skip("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw new TemplateException("a parameter without a default follows one with a default");
            }
        }
        tokens.expect(")");
    }

    private Statement include(int line) {
        Expression names = expressions.expression();
        boolean ignoreMissing = false;
        if (tokens.current().isName("ignore") && tokens.ahead().isName("missing")) {
            tokens.next();
            tokens.next();
            ignoreMissing = true;
        }
        return new Statement.Include(names, ignoreMissing, context(true), line);
    }

    /** {@code with context} or {@code without context}, if written. */
    private boolean context(boolean standard) {
        boolean written = (tokens.current().isName("with") || tokens.current().isName("without"))
                && tokens.ahead().isName("context");
        if (!written) {
            return standard;
        }
        boolean with = tokens.next().isName("with");
        tokens.next();
        return with;
    }

    private Statement importTemplate(int line) {
        Expression name = expressions.expression();
        tokens.expectName("as");
        String alias = NameParser.assignable(tokens.expect(Token.Kind.NAME));
        return new Statement.Import(name, alias, context(false), line);
    }

    private Statement fromImport(int line) {
        Expression name = expressions.expression();
        tokens.expectName("import");
        Map<String, String> imports = new LinkedHashMap<>();
        do {
            boolean contextFollows = !imports.isEmpty()
                    && (tokens.current().isName("with") || tokens.current().isName("without"))
                    && tokens.ahead().isName("context");
            if (contextFollows) {
                break;
            }
            String imported = NameParser.assignable(tokens.expect(Token.Kind.NAME));
            if (imported.startsWith("_")) {
                throw new TemplateException("names that start with an underscore cannot be imported");
            }
            imports.put(
                    imported, tokens.skipName("as") ? NameParser.assignable(tokens.expect(Token.Kind.NAME)) : imported);
            boolean followed =
                    (tokens.current().isName("with") || tokens.current().isName("without"))
                            && tokens.ahead().isName("context");
            if (followed) {
                break;
            }
        } while (tokens.skip(","));
        return new Statement.FromImport(name, imports, context(false), line);
    }

    private Statement block(int line) {
        String name = tokens.identifier();
        boolean scoped = tokens.skipName("scoped");
        boolean required = tokens.skipName("required");
        if (tokens.current().is("-")) {
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
        tokens.skipName(name);
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
        while (tokens.current().kind() != Token.Kind.BLOCK_END) {
            if (!printed.isEmpty()) {
                tokens.expect(",");
            }
            printed.add(new Statement.Print(expressions.expression(), line));
        }
        List<Expression> always = new ArrayList<>();
        always.add(null);
        return new Statement.If(always, List.of(printed));
    }
}
