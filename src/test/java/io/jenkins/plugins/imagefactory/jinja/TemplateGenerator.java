package io.jenkins.plugins.imagefactory.jinja;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random expressions and templates from the language's grammar. Most are made so that their types agree; some are not, and are
 * errors then.
 */
final class TemplateGenerator {
    private static final int DEEPEST = 4;
    private static final double CARELESS = 0.02;

    private enum Type {
        INTEGER,
        REAL,
        TEXT,
        FLAG,
        LIST,
        DICT
    }

    private final Random random;
    /** Of enclosing statements: their loops' variables are i0, i1… */
    private int loops;

    TemplateGenerator(long seed) {
        this.random = new Random(seed);
    }

    /** {@code {{ … }}} */
    String expression() {
        return "{{ " + expression(any(), DEEPEST) + " }}";
    }

    /** Some statements with text between. */
    String template() {
        loops = 0;
        return statements(2);
    }

    private String statements(int depth) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> text() + statement(depth))
                .collect(Collectors.joining());
    }

    private String statement(int depth) {
        if (depth == 0) {
            return print();
        }
        return switch (random.nextInt(13)) {
            case 0, 1 ->
                tag("if " + expression(Type.FLAG, 2))
                        + statements(depth - 1)
                        + (chance(0.4) ? tag("elif " + expression(any(), 2)) + statements(depth - 1) : "")
                        + (chance(0.5) ? tag("else") + statements(depth - 1) : "")
                        + tag("endif");
            case 2, 3, 4 -> loop(depth);
            case 5 -> tag("set " + variable() + " = " + expression(any(), 2));
            case 6 -> tag("set " + variable()) + statements(depth - 1) + tag("endset");
            case 7 -> tag("with " + variable() + " = " + expression(any(), 2)) + statements(depth - 1) + tag("endwith");
            case 8 ->
                tag("filter " + pick("upper", "trim", "replace('a', 'b')", "indent(2)", "title"))
                        + statements(depth - 1)
                        + tag("endfilter");
            case 9 -> macro(depth);
            case 10 -> "{#" + pick("", "-") + " a comment " + pick("", "-") + "#}" + pick("", "\n");
            case 11 ->
                tag("set ns = namespace(v=" + expression(any(), 1) + ")") + print()
                        + tag("set ns.v = " + expression(any(), 1)) + "{{ ns.v }}";
            default -> print();
        };
    }

    private String loop(int depth) {
        String name = "i" + loops;
        String of = expression(Type.LIST, 2);
        String condition = chance(0.2) ? " if " + name + " is " + pick("string", "number", "defined", "iterable") : "";
        loops++;
        String body = pick(
                        "",
                        "{{ loop." + pick("index", "index0", "revindex", "first", "last", "length", "depth") + " }}",
                        "{{ loop.cycle('a', 'b') }}",
                        "{{ loop.changed(" + name + ") }}",
                        "{{ ',' if not loop.last }}")
                + (chance(0.15) ? tag("if " + name + " is string") + tag(pick("break", "continue")) + tag("endif") : "")
                + statements(depth - 1);
        loops--;
        return tag("for " + name + " in " + of + condition)
                + body
                + (chance(0.2) ? tag("else") + statements(depth - 1) : "")
                + tag("endfor");
    }

    private String macro(int depth) {
        int outer = loops;
        loops = 0;
        String body = "{{ p }}{{ q }}" + statements(depth - 1);
        loops = outer;
        String call = pick(
                "{{ mac(1) }}", "{{ mac('a', q=2) }}", "{{ mac(p=[1]) }}", "{{ mac(1, 2) }}", "{{ mac(1) | length }}");
        return tag("macro mac(p, q=" + literal(any()) + ")") + body + tag("endmacro") + call;
    }

    private String print() {
        return "{{" + pick("", "", "", "-") + " " + expression(any(), 2) + " " + pick("", "", "", "-") + "}}";
    }

    /** In any of the spellings that are legal: with signs, a colon as in Python, and all kinds of white space or none. */
    private String tag(String inside) {
        boolean opens = inside.matches("(?s)(if|elif|else|for|macro|filter|set [a-z]+$).*");
        String colon = opens && chance(0.1) ? pick(":", " :") : "";
        String before = pick(" ", " ", " ", "", "\n", "\t", "  ");
        String after = pick(" ", " ", " ", "", "\n", "\t", "  ");
        return "{%" + pick("", "", "", "-", "+") + before + inside + colon + after + pick("", "", "", "-", "+") + "%}";
    }

    /** A list of texts that are hard to write as YAML, and a filter that does. */
    String yaml() {
        String texts = IntStream.range(0, 20).mapToObj(i -> nasty()).collect(Collectors.joining(", "));
        String data = pick(
                "[" + texts + "]",
                "{'k': [" + texts + "]}",
                "{" + nasty() + ": [" + texts + "], 'l': {" + nasty() + ": " + nasty() + "}}");
        return "{{ " + data + " | "
                + pick(
                        "to_yaml",
                        "to_nice_yaml",
                        "to_nice_yaml(indent=2)",
                        "to_nice_yaml(width=20)",
                        "to_yaml(width=200)")
                + " }}";
    }

    private String nasty() {
        StringBuilder text = new StringBuilder("'");
        int length = random.nextInt(chance(0.2) ? 150 : 12);
        for (int i = 0; i < length; i++) {
            text.append(pick(
                    "a",
                    "b",
                    "word",
                    " ",
                    " ",
                    " ",
                    "\\n",
                    "\\t",
                    ":",
                    "#",
                    "-",
                    "?",
                    ",",
                    "[",
                    "]",
                    "{",
                    "}",
                    "\\'",
                    "\"",
                    "\\\\",
                    "&",
                    "*",
                    "!",
                    "|",
                    ">",
                    "%",
                    "@",
                    "`",
                    "=",
                    "~",
                    ".",
                    "1",
                    "e",
                    "yes",
                    "\\xa0",
                    "é",
                    "\\x85",
                    "\\u2028",
                    "\\ufeff",
                    "\\x00",
                    "\\x1b",
                    "\\r",
                    "\\ue000",
                    "\\U0001f600"));
        }
        return text.append("'").toString();
    }

    private String text() {
        return pick("", "", " ", "\n", "\n\n", "a", "key: ", "\n  - ", " \n ", "é", "{ }", "$", "# ", "\\", "'");
    }

    private String variable() {
        return pick("v", "w");
    }

    private Type any() {
        return Type.values()[random.nextInt(Type.values().length)];
    }

    private String expression(Type wanted, int depth) {
        Type type = chance(CARELESS) ? any() : wanted;
        if (depth == 0 || chance(0.2)) {
            return chance(0.35) ? name(type) : literal(type);
        }
        if (chance(0.06)) {
            return "(" + expression(type, depth - 1) + " if " + expression(any(), depth - 1) + " else "
                    + expression(type, depth - 1) + ")";
        }
        if (chance(0.05)) {
            return "(" + expression(type, depth - 1) + pick(" and ", " or ") + expression(type, depth - 1) + ")";
        }
        return switch (type) {
            case INTEGER -> integer(depth - 1);
            case REAL -> real(depth - 1);
            case TEXT -> text(depth - 1);
            case FLAG -> flag(depth - 1);
            case LIST -> list(depth - 1);
            case DICT -> dict(depth - 1);
        };
    }

    private String integer(int depth) {
        return switch (random.nextInt(13)) {
            case 0, 1, 2 ->
                of(Type.INTEGER, depth) + pick(" + ", " - ", " * ", " // ", " % ") + of(Type.INTEGER, depth);
            case 3 -> "(" + of(Type.INTEGER, depth) + ") ** " + random.nextInt(5);
            case 4 -> of(pick(Type.TEXT, Type.LIST, Type.DICT), depth) + " | length";
            case 5 -> "-" + of(Type.INTEGER, depth);
            case 6 -> "(" + of(pick(Type.INTEGER, Type.REAL, Type.TEXT), depth) + ") | int";
            case 7 -> "[1, " + of(Type.INTEGER, depth) + "] | " + pick("sum", "max", "min", "first", "last");
            case 8 -> "(" + of(Type.TEXT, depth) + ")." + pick("count('a')", "find('e')", "rfind('l')");
            case 9 -> "(" + of(Type.REAL, depth) + ") | round | int";
            case 10 -> "(" + of(Type.INTEGER, depth) + ") | abs";
            case 11 -> {
                String name = attribute();
                yield "{'" + name + "': " + of(Type.INTEGER, depth) + "}" + pick("." + name, "['" + name + "']");
            }
            default -> "(" + of(Type.INTEGER, depth) + ") | default(" + of(Type.INTEGER, depth) + ")";
        };
    }

    private String real(int depth) {
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                of(Type.REAL, depth)
                        + pick(" + ", " - ", " * ", " / ", " // ", " % ")
                        + of(pick(Type.REAL, Type.INTEGER), depth);
            case 2 -> of(Type.INTEGER, depth) + " / " + of(Type.INTEGER, depth);
            case 3 -> "(" + of(Type.REAL, depth) + ") | round(" + random.nextInt(4) + ")";
            case 4 -> "(" + of(pick(Type.TEXT, Type.INTEGER), depth) + ") | float";
            default -> "-" + of(Type.REAL, depth);
        };
    }

    private String text(int depth) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> of(any(), depth) + " ~ " + of(any(), depth);
            case 2 -> of(Type.TEXT, depth) + " + " + of(Type.TEXT, depth);
            case 3 -> "(" + of(Type.TEXT, depth) + ") * " + random.nextInt(4);
            case 4, 5 ->
                "(" + of(Type.TEXT, depth) + ") | "
                        + pick(
                                "upper",
                                "lower",
                                "title",
                                "capitalize",
                                "trim",
                                "reverse",
                                "replace('a', 'bc')",
                                "truncate(7)",
                                "center(12)",
                                "indent(2)",
                                "wordwrap(6)",
                                "e",
                                "urlencode",
                                "tojson",
                                "string",
                                "pprint",
                                "default('d', true)");
            case 6, 7 ->
                "(" + of(Type.TEXT, depth) + ")."
                        + pick(
                                "upper()",
                                "strip()",
                                "title()",
                                "swapcase()",
                                "zfill(6)",
                                "replace('l', 'L', 1)",
                                "center(9, '*')",
                                "lstrip('a')",
                                "capitalize()",
                                "ljust(5)",
                                "partition('e')[0]",
                                "expandtabs(3)");
            case 8 -> "(" + of(Type.TEXT, depth) + ")[" + slice() + "]";
            case 9 -> of(Type.LIST, depth) + " | join(" + pick("", "','", "' - '") + ")";
            case 10 -> "'%s|%5s|%r' % (" + of(any(), depth) + ", " + of(any(), depth) + ", " + of(any(), depth) + ")";
            case 11 ->
                "'%" + pick("d", "5d", "-5d|", "05d", "x", "+d", ".2f", "e", "g") + "' % ("
                        + of(pick(Type.INTEGER, Type.REAL), depth) + ")";
            case 12 -> "(" + of(any(), depth) + ") | " + pick("string", "tojson", "pprint");
            default ->
                "'{:" + pick(">8", "<8", "^8", "") + "}{!r}'.format(" + of(Type.TEXT, depth) + ", " + of(any(), depth)
                        + ")";
        };
    }

    private String flag(int depth) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> of(Type.INTEGER, depth) + comparison() + of(pick(Type.INTEGER, Type.REAL), depth);
            case 2 -> of(Type.TEXT, depth) + comparison() + of(Type.TEXT, depth);
            case 3 -> of(any(), depth) + pick(" == ", " != ") + of(any(), depth);
            case 4 -> of(any(), depth) + pick(" in ", " not in ") + of(Type.LIST, depth);
            case 5 -> of(Type.TEXT, depth) + " in " + of(pick(Type.TEXT, Type.DICT), depth);
            case 6 -> "not " + of(any(), depth);
            case 7 ->
                "(" + of(any(), depth) + ") is " + pick("", "", "not ")
                        + pick(
                                "string",
                                "number",
                                "mapping",
                                "sequence",
                                "iterable",
                                "none",
                                "defined",
                                "boolean",
                                "true",
                                "float",
                                "integer",
                                "sameas none");
            case 8 ->
                "(" + of(Type.INTEGER, depth) + ") is " + pick("odd", "even", "divisibleby 3", "gt 2", "in [1, 2, 3]");
            default ->
                of(Type.INTEGER, depth)
                        + comparison()
                        + of(Type.INTEGER, depth)
                        + comparison()
                        + of(Type.INTEGER, depth);
        };
    }

    private String list(int depth) {
        return switch (random.nextInt(13)) {
            case 0, 1 -> "[" + several(depth) + "]";
            case 2 -> of(Type.LIST, depth) + " + " + of(Type.LIST, depth);
            case 3 -> of(Type.LIST, depth) + "[" + slice() + "]";
            case 4 -> "range(" + random.nextInt(6) + ") | list";
            case 5 -> "(" + of(Type.TEXT, depth) + ").split(" + pick("", "'e'", "' '", "'a', 1") + ")";
            case 6 ->
                "[" + of(Type.INTEGER, depth) + ", " + of(Type.INTEGER, depth) + ", 2] | sort"
                        + pick("", "(reverse=true)");
            case 7 ->
                "[" + of(Type.TEXT, depth) + ", " + of(Type.TEXT, depth) + ", 'm'] | "
                        + pick(
                                "sort",
                                "map('upper') | list",
                                "map('length') | list",
                                "select('lower') | list",
                                "reject('in', 'abc') | list");
            case 8 ->
                of(Type.LIST, depth) + " | "
                        + pick(
                                "reverse | list",
                                "list",
                                "batch(2) | list",
                                "slice(2) | list",
                                "map('string') | list",
                                "select | list",
                                "reject('none') | list",
                                "batch(3, 0) | map('list') | list");
            case 9 ->
                of(Type.DICT, depth)
                        + pick(".keys() | list", ".values() | list", ".items() | list", " | dictsort", " | list");
            case 10 -> "(" + of(Type.TEXT, depth) + ") | list";
            case 11 -> "(" + of(any(), depth) + ", " + of(any(), depth) + ") | list";
            default -> "servers | map(attribute='" + pick("name", "flavor", "ports", "tags") + "') | list";
        };
    }

    private String dict(int depth) {
        return switch (random.nextInt(6)) {
            case 5 ->
                "{'" + attribute() + "': " + of(any(), depth) + ", '" + attribute() + "': " + of(any(), depth) + "}";
            case 0, 1 -> "{" + literal(Type.TEXT) + ": " + of(any(), depth) + ", 'k': " + of(any(), depth) + "}";
            case 2 -> "dict(a=" + of(any(), depth) + ", b=" + of(any(), depth) + ")";
            case 3 -> "dict(" + of(Type.DICT, depth) + ", z=" + of(any(), depth) + ")";
            default -> "dict([('a', " + of(any(), depth) + "), ('b', 2)])";
        };
    }

    /** What other types of Python have as an attribute or method, but no dict. */
    private String attribute() {
        return pick(
                "start",
                "stop",
                "step",
                "mapping",
                "isdisjoint",
                "real",
                "imag",
                "hex",
                "encode",
                "count",
                "index",
                "name",
                "numerator",
                "title",
                "upper",
                "append",
                "striptags",
                "days",
                "year");
    }

    /** An operand. */
    private String of(Type type, int depth) {
        String expression = expression(type, depth);
        return chance(0.6) && depth > 0 ? "(" + expression + ")" : expression;
    }

    private String several(int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> expression(any(), depth))
                .collect(Collectors.joining(", "));
    }

    private String comparison() {
        return pick(" < ", " <= ", " > ", " >= ", " == ", " != ");
    }

    private String slice() {
        return pick("1:", ":2", "::-1", "-2:", "1:3", "::2", ":", "5:1:-1", "-3:-1");
    }

    private String name(Type type) {
        if (loops > 0 && chance(0.4)) {
            return "i" + random.nextInt(loops);
        }
        return switch (type) {
            case INTEGER -> pick("n", "neg", "d.list[0]", "people[0].age", "m.b", "servers[0].ports[1]");
            case REAL -> "f";
            case TEXT ->
                pick(
                        "x",
                        "s",
                        "text",
                        "empty",
                        "result_img_id",
                        "servers[0].name",
                        "people[1]['name']",
                        "html",
                        "words[0]");
            case FLAG -> pick("t", "missing is defined", "d.a is defined");
            case LIST -> pick("l", "words", "d.list", "people", "servers", "mixed", "nested", "servers[2].ports");
            case DICT -> pick("d", "m", "servers[0].tags", "people[2]");
        };
    }

    private String literal(Type type) {
        return switch (type) {
            case INTEGER ->
                pick("0", "1", "2", "7", "42", "-3", "1_000", "0x1f", "9223372036854775807", "123456789012345678901");
            case REAL -> pick("0.5", "1.0", "2.25", "-1.5", "1e3", "1.5e-7", "1e16", "0.1", "123456.789");
            case TEXT ->
                pick(
                        "''",
                        "'a'",
                        "'abc'",
                        "'Hello World'",
                        "\"it's\"",
                        "'say \"x\"'",
                        "'é'",
                        "'a b  c'",
                        "'tab\\t'",
                        "'line\\nline2'",
                        "'42'",
                        "'3.5'",
                        "'{{'",
                        "'a-b_c'",
                        "' pad '",
                        "'<b>&'",
                        "'😀x'");
            case FLAG -> pick("true", "false", "True", "False");
            case LIST -> pick("[]", "[1, 2, 3]", "['a', 'b']", "[1, 'a', none]", "[[1, 2], [3]]", "[true, 1.5]");
            case DICT -> pick("{}", "{'a': 1}", "{'a': 1, 'b': [2]}", "{'x': {'y': none}}", "{1: 'one'}");
        };
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Type pick(Type... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
