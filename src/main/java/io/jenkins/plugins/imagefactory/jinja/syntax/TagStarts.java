package io.jenkins.plugins.imagefactory.jinja.syntax;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.python.PythonText;

/** Finds where a template's tags start. */
final class TagStarts {
    private final Syntax syntax;
    private final String text;
    private final boolean linePrefixes;

    TagStarts(Syntax syntax, String text) {
        this.syntax = syntax;
        this.text = text;
        this.linePrefixes = !syntax.lineCommentPrefix.isEmpty() || !syntax.lineStatementPrefix.isEmpty();
    }

    enum Tag {
        VARIABLE,
        BLOCK,
        RAW,
        COMMENT,
        LINE_STATEMENT,
        LINE_COMMENT
    }

    /** Where a tag starts, where its inside does, and its '-' or '+'. */
    record Start(Tag tag, int begin, int end, char sign) {}

    /** The first tag that starts at this place or behind; null when none does. */
    @CheckForNull
    Start next(int from) {
        char variable = syntax.variableStart.charAt(0);
        char block = syntax.blockStart.charAt(0);
        char comment = syntax.commentStart.charAt(0);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean possible = linePrefixes || c == variable || c == block || c == comment;
            Start start = possible ? startAt(i) : null;
            if (start != null) {
                return start;
            }
        }
        return null;
    }

    /** The tag that starts here: of several whose delimiter matches the one with the longest. */
    private Start startAt(int i) {
        char c = text.charAt(i);
        Tag tag = null;
        int length = 0;
        if (c == syntax.variableStart.charAt(0) && text.startsWith(syntax.variableStart, i)) {
            tag = Tag.VARIABLE;
            length = syntax.variableStart.length();
        }
        if (c == syntax.blockStart.charAt(0)
                && syntax.blockStart.length() > length
                && text.startsWith(syntax.blockStart, i)) {
            tag = Tag.BLOCK;
            length = syntax.blockStart.length();
        }
        if (c == syntax.commentStart.charAt(0)
                && syntax.commentStart.length() > length
                && text.startsWith(syntax.commentStart, i)) {
            tag = Tag.COMMENT;
            length = syntax.commentStart.length();
        }
        Start line = linePrefixes ? linePrefixAt(i, length) : null;
        if (line != null) {
            return line;
        }
        if (tag == null) {
            return null;
        }
        int end = i + length;
        char sign = end < text.length() ? text.charAt(end) : 0;
        Start start = sign == '-' || sign == '+' ? new Start(tag, i, end + 1, sign) : new Start(tag, i, end, ' ');
        return tag == Tag.BLOCK && rawEnd(start.end) >= 0
                ? new Start(Tag.RAW, i, rawEnd(start.end), start.sign)
                : start;
    }

    /** The end of 'raw %}' at this place, or -1. */
    private int rawEnd(int from) {
        int i = skipSpace(from);
        if (!text.startsWith("raw", i)) {
            return -1;
        }
        i = skipSpace(i + 3);
        if (text.startsWith("-" + syntax.blockEnd, i)) {
            return skipSpace(i + 1 + syntax.blockEnd.length());
        }
        return text.startsWith(syntax.blockEnd, i) ? i + syntax.blockEnd.length() : -1;
    }

    /** The line statement or comment that starts here with the blanks before it, if its prefix is longer than {@code longest}. */
    private Start linePrefixAt(int i, int longest) {
        String comment = syntax.lineCommentPrefix;
        String statement = syntax.lineStatementPrefix;
        boolean lineStart = i == 0 || text.charAt(i - 1) == '\n';
        Start found = null;
        if (comment.length() > longest && (lineStart || !PythonText.isSpace(text.charAt(i - 1)))) {
            int begin = skipLineSpace(i);
            if (text.startsWith(comment, begin)) {
                found = new Start(Tag.LINE_COMMENT, i, begin + comment.length(), ' ');
            }
        }
        if (lineStart && statement.length() > longest && (found == null || statement.length() >= comment.length())) {
            int begin = skipBlanks(i);
            if (text.startsWith(statement, begin)) {
                int end = begin + statement.length();
                boolean signed = end < text.length() && (text.charAt(end) == '-' || text.charAt(end) == '+');
                return new Start(Tag.LINE_STATEMENT, i, signed ? end + 1 : end, signed ? text.charAt(end) : ' ');
            }
        }
        return found;
    }

    /** The end of the white space here. */
    int skipSpace(int from) {
        int i = from;
        while (i < text.length() && PythonText.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int skipLineSpace(int from) {
        int i = from;
        while (i < text.length()
                && PythonText.isSpace(text.charAt(i))
                && text.charAt(i) != '\n'
                && text.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    /** The end of the blanks and tabs here. */
    int skipBlanks(int from) {
        int i = from;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u000b';
    }
}
