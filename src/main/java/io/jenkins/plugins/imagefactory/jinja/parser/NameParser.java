package io.jenkins.plugins.imagefactory.jinja.parser;

import io.jenkins.plugins.imagefactory.jinja.evaluation.Target;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.syntax.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads names: those that are assigned to, and those of filters and tests. */
final class NameParser {
    private final TokenStream tokens;

    NameParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Target namespaceAttribute() {
        String namespace = tokens.identifier();
        tokens.expect(".");
        return new Target.NamespaceAttribute(namespace, tokens.identifier());
    }

    /** One name, or several separated by commas. */
    Target targets(String end) {
        List<Target> targets = new ArrayList<>();
        boolean several = false;
        do {
            if (several && (tokens.current().isName(end) || tokens.current().is(end))) {
                break;
            }
            targets.add(target());
            several |= tokens.current().is(",");
        } while (tokens.skip(","));
        return several ? new Target.Names(targets) : targets.get(0);
    }

    Target target() {
        if (tokens.skip("(")) {
            Target targets = tokens.nested(() -> targets(")"));
            tokens.expect(")");
            return targets;
        }
        Token name = tokens.expect(Token.Kind.NAME);
        return new Target.Name(assignable(name));
    }

    static String assignable(Token name) {
        if (List.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
            throw new TemplateException("'" + name.text() + "' cannot be assigned to");
        }
        return name.text().intern();
    }

    /** {@code name} or {@code ansible.builtin.name}. */
    String dotted() {
        StringBuilder name = new StringBuilder(tokens.expect(Token.Kind.NAME).text());
        while (tokens.skip(".")) {
            name.append('.').append(tokens.expect(Token.Kind.NAME).text());
        }
        return name.toString();
    }
}
