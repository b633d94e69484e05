package io.jenkins.plugins.imagefactory.jinja.parser;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.syntax.Token;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of a template as the parser goes through them. */
final class TokenStream {
    private static final int DEEPEST = 150;

    private final List<Token> tokens;
    private int position;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token next() {
        Token token = current();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    Token ahead() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    boolean skip(String operator) {
        return current().is(operator) && next() != null;
    }

    boolean skipName(String name) {
        return current().isName(name) && next() != null;
    }

    Token expect(Token.Kind kind) {
        if (current().kind() != kind) {
            throw new TemplateException(
                    "expected " + kind.description() + ", found " + current().described());
        }
        return next();
    }

    void expect(String operator) {
        if (!skip(operator)) {
            throw new TemplateException(
                    "expected '" + operator + "', found " + current().described());
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw new TemplateException(
                    "expected '" + name + "', found " + current().described());
        }
    }

    String identifier() {
        return expect(Token.Kind.NAME).text().intern();
    }

    /** Reads what can stand in another of its kind: a tag's body, an expression, names in brackets. */
    <T> T nested(Supplier<T> reader) {
        if (++depth > DEEPEST) {
            throw new TemplateException("expressions or tags are nested more than " + DEEPEST + " deep");
        }
        T read = reader.get();
        depth--;
        return read;
    }
}
