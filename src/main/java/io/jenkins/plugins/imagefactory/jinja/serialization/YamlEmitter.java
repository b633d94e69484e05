package io.jenkins.plugins.imagefactory.jinja.serialization;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes YAML's pieces as <a href="https://github.com/yaml/libyaml">libyaml</a>'s emitter does, by which Ansible writes: where lines
 * are broken and indented, and how scalars are quoted.
 */
final class YamlEmitter {
    private static final int LONGEST_SIMPLE_KEY = 128;
    private static final int STANDARD_WIDTH = 80;

    private final Budget budget = Budget.current();
    private final StringBuilder out = new StringBuilder();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private final int indentation;
    private final int width;
    private int indent = -1;
    private int column;
    private int flows;
    private boolean whitespace = true;
    private boolean indention = true;

    /** Too small and too large ones are ignored; a width below 0 is none. */
    YamlEmitter(int indentation, int width) {
        this.indentation = indentation < 2 || indentation > 9 ? 2 : indentation;
        this.width = width < 0 ? Integer.MAX_VALUE : width <= this.indentation * 2 ? STANDARD_WIDTH : width;
    }

    /** What was written. */
    String text() {
        return out.toString();
    }

    private void put(int c) {
        out.appendCodePoint(c);
        column++;
    }

    private void putBreak(int c) {
        out.appendCodePoint(c);
        column = 0;
    }

    /** Begins a line at the indentation of here, unless one has just begun. */
    void line() {
        budget.tick();
        budget.room(out.length());
        int wanted = Math.max(0, indent);
        if (!indention || column > wanted || column == wanted && !whitespace) {
            putBreak('\n');
        }
        while (column < wanted) {
            put(' ');
        }
        whitespace = true;
        indention = true;
    }

    /** Begins a line where the one before is full. */
    void lineIfFull() {
        if (column > width) {
            line();
        }
    }

    /**
     * @param separated from what stands before it, by a blank if there is none
     * @param blank it counts as a blank for what follows
     * @param indents what follows may stand on the same line as if on a new one
     */
    void indicator(String indicator, boolean separated, boolean blank, boolean indents) {
        if (separated && !whitespace) {
            put(' ');
        }
        out.append(indicator);
        column += indicator.length();
        whitespace = blank;
        indention = indention && indents;
    }

    /** @param key whether a colon follows */
    void alias(String anchor, boolean key) {
        indicator("*" + anchor, true, false, false);
        if (key) {
            put(' ');
        }
    }

    void anchor(String anchor) {
        indicator("&" + anchor, true, false, false);
    }

    /** Into a collection in brackets. */
    void openFlow(String bracket) {
        indicator(bracket, true, true, false);
        indent(true, false);
        flows++;
    }

    void closeFlow(String bracket) {
        flows--;
        dedent();
        indicator(bracket, false, false, false);
    }

    boolean isInFlow() {
        return flows > 0;
    }

    /** Whether a list that begins here stands as deep as the key it is the value of. */
    boolean isAfterKey() {
        return !indention;
    }

    void indent(boolean flow, boolean same) {
        outer.push(indent);
        if (indent < 0) {
            indent = flow ? indentation : 0;
        } else if (!same) {
            indent += indentation;
        }
    }

    void dedent() {
        indent = outer.pop();
    }

    /** Whether it can stand before a colon without a question mark. */
    static boolean isSimpleKey(String text) {
        boolean shortEnough = text.length() <= LONGEST_SIMPLE_KEY
                && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SIMPLE_KEY;
        return shortEnough && !YamlScalar.of(text).multiline();
    }

    /**
     * @param plain whether it means the same without quotes
     * @param quotable whether it means the same in quotes
     * @param key whether a colon follows
     */
    void scalar(String text, boolean plain, boolean quotable, boolean key) {
        YamlScalar scalar = YamlScalar.of(text);
        boolean bare = plain
                && (flows > 0 ? scalar.flowPlain() : scalar.blockPlain())
                && !(text.isEmpty() && (flows > 0 || key))
                && !(key && scalar.multiline());
        if (!bare && !quotable) {
            indicator("!", true, false, false);
        }
        indent(true, false);
        if (bare) {
            plainScalar(text, !key);
        } else if (scalar.singleQuoted() && !(key && scalar.multiline())) {
            singleQuoted(text, !key);
        } else {
            doubleQuoted(text, !key);
        }
        budget.room(out.length());
        budget.reads(text.length());
        dedent();
    }

    private void plainScalar(String text, boolean breaks) {
        if (!whitespace && !text.isEmpty()) {
            put(' ');
        }
        folded(text, breaks, false);
        whitespace = false;
        indention = false;
    }

    private void singleQuoted(String text, boolean breaks) {
        indicator("'", true, false, false);
        if (folded(text, breaks, true)) {
            line();
        }
        indicator("'", false, false, false);
        whitespace = false;
        indention = false;
    }

    /** Text whose blanks may become line breaks, and whose line breaks are doubled; tells whether it ends with one. */
    private boolean folded(String text, boolean breaks, boolean quoted) {
        boolean afterSpace = false;
        boolean afterBreak = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c == ' ') {
                boolean edge = quoted && (i == 0 || next == text.length());
                boolean folds = breaks && !afterSpace && column > width && !edge && !isSpace(text, next);
                if (folds) {
                    line();
                } else {
                    put(c);
                }
                afterSpace = true;
            } else if (YamlScalar.isBreak(c)) {
                if (!afterBreak && c == '\n') {
                    putBreak('\n');
                }
                putBreak(c);
                indention = true;
                afterBreak = true;
            } else {
                if (afterBreak) {
                    line();
                }
                if (quoted && c == '\'') {
                    put(c);
                }
                put(c);
                indention = false;
                afterSpace = false;
                afterBreak = false;
            }
            i = next;
        }
        return afterBreak;
    }

    private static boolean isSpace(String text, int at) {
        return at < text.length() && text.charAt(at) == ' ';
    }

    private void doubleQuoted(String text, boolean breaks) {
        indicator("\"", true, false, false);
        boolean afterSpace = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (!YamlScalar.isPrintable(c) || YamlScalar.isBreak(c) || c == '"' || c == '\\') {
                String escape = escape(c);
                out.append(escape);
                column += escape.length();
                afterSpace = false;
            } else if (c == ' ') {
                boolean edge = i == 0 || next == text.length();
                if (breaks && !afterSpace && column > width && !edge) {
                    line();
                    if (isSpace(text, next)) {
                        put('\\');
                    }
                } else {
                    put(c);
                }
                afterSpace = true;
            } else {
                put(c);
                afterSpace = false;
            }
            i = next;
        }
        indicator("\"", false, false, false);
        whitespace = false;
        indention = false;
    }

    private static String escape(int c) {
        return switch (c) {
            case 0x00 -> "\\0";
            case 0x07 -> "\\a";
            case 0x08 -> "\\b";
            case 0x09 -> "\\t";
            case 0x0A -> "\\n";
            case 0x0B -> "\\v";
            case 0x0C -> "\\f";
            case 0x0D -> "\\r";
            case 0x1B -> "\\e";
            case 0x22 -> "\\\"";
            case 0x5C -> "\\\\";
            case 0x85 -> "\\N";
            case 0xA0 -> "\\_";
            case 0x2028 -> "\\L";
            case 0x2029 -> "\\P";
            default ->
                c <= 0xFF
                        ? "\\x" + PythonText.upper(PythonRepr.hex("", c, 2))
                        : c <= 0xFFFF
                                ? "\\u" + PythonText.upper(PythonRepr.hex("", c, 4))
                                : "\\U" + PythonText.upper(PythonRepr.hex("", c, 8));
        };
    }
}
