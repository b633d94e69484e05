package io.jenkins.plugins.imagefactory.jinja.syntax;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;
import io.jenkins.plugins.imagefactory.jinja.python.StringLiteral;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts a template's text into tokens; white space control is done here, so that data tokens are what is printed. */
public final class Lexer {
    /** Longest first, so that the first that matches is the right one. */
    private static final String[] OPERATORS = {
        "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=",
        ".", ":", "|", ",", ";"
    };

    private final Syntax syntax;
    private final String text;
    private final TagStarts starts;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line;
    /** The last tag ended with its line, so that what follows starts one. */
    private boolean lineStarting = true;

    private Lexer(Syntax syntax, String text, int firstLine) {
        this.syntax = syntax;
        this.text = text;
        this.starts = new TagStarts(syntax, text);
        this.line = firstLine;
    }

    /** The tokens of a template, the last of kind END. */
    public static List<Token> tokens(Source source) {
        Syntax syntax = source.syntax();
        String text = withUnixNewlines(source.text(), syntax.keepTrailingNewline);
        Lexer lexer = new Lexer(syntax, text, source.firstLine());
        try {
            lexer.run();
        } catch (TemplateException e) {
            throw e.at(source.template(), lexer.line);
        }
        return lexer.tokens;
    }

    private static String withUnixNewlines(String text, boolean keepLast) {
        String unix = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        return !keepLast && unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    }

    private void run() {
        while (position < text.length()) {
            TagStarts.Start start = starts.next(position);
            if (start == null) {
                data(text.substring(position));
                advanceTo(text.length());
                break;
            }
            data(dataBefore(start));
            advanceTo(start.end());
            switch (start.tag()) {
                case VARIABLE -> {
                    add(Token.Kind.VARIABLE_START, syntax.variableStart);
                    expression(TagStarts.Tag.VARIABLE);
                }
                case BLOCK -> {
                    add(Token.Kind.BLOCK_START, syntax.blockStart);
                    expression(TagStarts.Tag.BLOCK);
                }
                case LINE_STATEMENT -> {
                    add(Token.Kind.BLOCK_START, syntax.lineStatementPrefix);
                    expression(TagStarts.Tag.LINE_STATEMENT);
                }
                case RAW -> raw();
                case COMMENT -> comment();
                case LINE_COMMENT -> lineComment();
                default -> throw new IllegalStateException(start.tag().name());
            }
        }
        add(Token.Kind.END, "");
    }

    private String dataBefore(TagStarts.Start start) {
        String before = text.substring(position, start.begin());
        if (start.sign() == '-') {
            return stripEnd(before);
        }
        boolean strips = syntax.lstripBlocks && start.sign() != '+' && start.tag() != TagStarts.Tag.VARIABLE;
        return strips ? stripLine(before) : before;
    }

    /** Without the blanks between the last line start and the tag, if there is nothing else between them. */
    private String stripLine(String before) {
        int lineStart = before.lastIndexOf('\n') + 1;
        boolean starts = lineStart > 0 || lineStarting;
        return starts && before.substring(lineStart).isBlank() ? before.substring(0, lineStart) : before;
    }

    private static String stripEnd(String data) {
        int end = data.length();
        while (end > 0 && PythonText.isSpace(data.charAt(end - 1))) {
            end--;
        }
        return data.substring(0, end);
    }

    private void comment() {
        int end = text.indexOf(syntax.commentEnd, position);
        if (end < 0) {
            throw new TemplateException("a comment is not closed: '" + syntax.commentEnd + "' is missing");
        }
        char sign = end > position ? text.charAt(end - 1) : ' ';
        closeTag(end + syntax.commentEnd.length(), sign);
    }

    private void lineComment() {
        int end = text.indexOf('\n', position);
        advanceTo(end < 0 ? text.length() : end);
        lineStarting = false;
    }

    private void raw() {
        for (int i = position; ; i++) {
            i = text.indexOf(syntax.blockStart, i);
            if (i < 0) {
                throw new TemplateException("a raw block is not closed: 'endraw' is missing");
            }
            int inside = i + syntax.blockStart.length();
            char sign = inside < text.length() ? text.charAt(inside) : ' ';
            int name = starts.skipSpace(sign == '-' || sign == '+' ? inside + 1 : inside);
            if (!text.startsWith("endraw", name)) {
                continue;
            }
            int close = starts.skipSpace(name + 6);
            char endSign = close < text.length() ? text.charAt(close) : ' ';
            int end = endSign == '-' || endSign == '+' ? close + 1 : close;
            if (text.startsWith(syntax.blockEnd, end)) {
                data(dataBefore(new TagStarts.Start(TagStarts.Tag.RAW, i, end, sign)));
                closeTag(end + syntax.blockEnd.length(), endSign);
                return;
            }
        }
    }

    /** Goes on after a block or comment, past the white space that its end swallows. */
    private void closeTag(int end, char sign) {
        int next = end;
        if (sign == '-') {
            next = starts.skipSpace(end);
        } else if (sign != '+' && syntax.trimBlocks && end < text.length() && text.charAt(end) == '\n') {
            next = end + 1;
        }
        advanceTo(next);
        lineStarting = next > 0 && text.charAt(next - 1) == '\n';
    }

    private void expression(TagStarts.Tag tag) {
        Deque<Character> open = new ArrayDeque<>();
        String end = tag == TagStarts.Tag.VARIABLE
                ? syntax.variableEnd
                : tag == TagStarts.Tag.BLOCK ? syntax.blockEnd : "\n";
        while (true) {
            if (open.isEmpty() && closes(tag, end)) {
                return;
            }
            if (position >= text.length()) {
                if (!open.isEmpty()) {
                    throw new TemplateException("unexpected end of template, '" + open.peek() + "' is missing");
                }
                return;
            }
            char c = text.charAt(position);
            if (PythonText.isSpace(c)) {
                advanceTo(position + 1);
            } else if (isDigit(c)) {
                number();
            } else if (isNamePart(c)) {
                name();
            } else if (c == '\'' || c == '"') {
                string(c);
            } else {
                operator(open);
            }
        }
    }

    private boolean closes(TagStarts.Tag tag, String end) {
        if (tag == TagStarts.Tag.LINE_STATEMENT) {
            int spaceEnd = starts.skipSpace(position);
            int lineEnd = spaceEnd == text.length() ? spaceEnd : text.lastIndexOf('\n', spaceEnd - 1) + 1;
            if (lineEnd <= position && position < text.length()) {
                return false;
            }
            add(Token.Kind.BLOCK_END, "");
            advanceTo(lineEnd);
            lineStarting = true;
            return true;
        }
        char sign = position < text.length() ? text.charAt(position) : ' ';
        boolean signed = sign == '-' || sign == '+' && tag == TagStarts.Tag.BLOCK;
        int at = signed && text.startsWith(end, position + 1) ? position + 1 : position;
        if (!text.startsWith(end, at)) {
            return false;
        }
        if (tag == TagStarts.Tag.BLOCK) {
            add(Token.Kind.BLOCK_END, end);
            closeTag(at + end.length(), at > position ? sign : ' ');
        } else {
            add(Token.Kind.VARIABLE_END, end);
            advanceTo(at > position ? starts.skipSpace(at + end.length()) : at + end.length());
            lineStarting = false;
        }
        return true;
    }

    private void number() {
        int start = position;
        int radix = 10;
        if (text.charAt(start) == '0' && start + 1 < text.length()) {
            radix = switch (text.charAt(start + 1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 10;
            };
        }
        if (radix != 10 && digitsEnd(start + 2, radix, true) > start + 2) {
            int end = digitsEnd(start + 2, radix, true);
            integer(text.substring(start + 2, end), radix, end);
            return;
        }
        int whole = digitsEnd(start, 10, false);
        boolean afterDot = start > 0 && text.charAt(start - 1) == '.';
        int end = afterDot ? whole : floatEnd(whole);
        if (end > whole) {
            add(
                    Token.Kind.FLOAT,
                    text.substring(start, end),
                    Double.valueOf(text.substring(start, end).replace("_", "")));
            advanceTo(end);
            return;
        }
        if (text.charAt(start) == '0') {
            whole = start + 1;
            while (whole < text.length()
                    && (text.charAt(whole) == '0'
                            || text.charAt(whole) == '_'
                                    && whole + 1 < text.length()
                                    && text.charAt(whole + 1) == '0')) {
                whole++;
            }
        }
        integer(text.substring(start, whole), 10, whole);
    }

    private void integer(String digits, int radix, int end) {
        BigInteger value = new BigInteger(digits.replace("_", ""), radix);
        add(Token.Kind.INTEGER, text.substring(position, end), Numbers.normal(value));
        advanceTo(end);
    }

    /** The end of a float whose whole part ends here; this place when it is none. */
    private int floatEnd(int whole) {
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            int fraction = digitsEnd(end + 1, 10, false);
            if (fraction == end + 1) {
                return whole;
            }
            end = fraction;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1 < text.length() && (text.charAt(end + 1) == '+' || text.charAt(end + 1) == '-') ? 2 : 1;
            int exponent = digitsEnd(end + sign, 10, false);
            if (exponent > end + sign) {
                return exponent;
            }
        }
        return end;
    }

    /** The end of digits that may be separated by single underscores, also before the first when {@code leading}. */
    private int digitsEnd(int from, int radix, boolean leading) {
        int i = from;
        while (i < text.length()) {
            boolean separated = text.charAt(i) == '_' && (leading || i > from);
            int digit = separated ? i + 1 : i;
            if (digit >= text.length() || text.charAt(digit) > 'f' || Character.digit(text.charAt(digit), radix) < 0) {
                break;
            }
            i = digit + 1;
        }
        return i;
    }

    private void name() {
        int end = position;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        add(Token.Kind.NAME, text.substring(position, end));
        advanceTo(end);
    }

    private void string(char quote) {
        int end = position + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw new TemplateException("a string that starts with " + quote + " is not closed");
        }
        String value = StringLiteral.unescape(text.substring(position + 1, end));
        add(Token.Kind.STRING, value, value);
        advanceTo(end + 1);
    }

    private void operator(Deque<Character> open) {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, position)) {
                balance(operator.charAt(0), open);
                add(Token.Kind.OPERATOR, operator);
                advanceTo(position + operator.length());
                return;
            }
        }
        throw new TemplateException("unexpected character '" + Character.toString(text.codePointAt(position)) + "'");
    }

    private static void balance(char operator, Deque<Character> open) {
        switch (operator) {
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '{' -> open.push('}');
            case ')', ']', '}' -> {
                if (open.isEmpty()) {
                    throw new TemplateException("unexpected '" + operator + "'");
                }
                char expected = open.pop();
                if (expected != operator) {
                    throw new TemplateException("unexpected '" + operator + "', expected '" + expected + "'");
                }
            }
            default -> {}
        }
    }

    private void data(String data) {
        if (!data.isEmpty()) {
            String value = syntax.newline.equals("\n") ? data : data.replace("\n", syntax.newline);
            tokens.add(new Token(Token.Kind.DATA, value, null, line));
        }
    }

    private void add(Token.Kind kind, String token) {
        add(kind, token, null);
    }

    private void add(Token.Kind kind, String token, Object value) {
        tokens.add(new Token(kind, token, value, line));
    }

    private void advanceTo(int next) {
        for (int i = position; i < next; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        position = next;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z'
                || c == '_'
                || c >= 'A' && c <= 'Z'
                || isDigit(c)
                || c > 127 && Character.isUnicodeIdentifierPart(c);
    }
}
