package io.jenkins.plugins.imagefactory.jinja.builtin;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Caller;
import io.jenkins.plugins.imagefactory.jinja.python.Numbers;
import io.jenkins.plugins.imagefactory.jinja.python.Operators;
import io.jenkins.plugins.imagefactory.jinja.python.PythonRepr;
import io.jenkins.plugins.imagefactory.jinja.python.method.StringSplitting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The {@code wordwrap} filter: breaks lines as Python's textwrap does, keeping the lines that are there. */
final class TextWrap {
    private TextWrap() {}

    static Object wrap(Caller caller, Object[] a) {
        int width = Numbers.toInt(a[1], "a width");
        String separator = a[3] == null ? "\n" : PythonRepr.str(a[3]);
        if (width <= 0) {
            throw new TemplateException("wordwrap needs a width of more than 0");
        }
        boolean breakLong = Operators.truth(a[2]);
        boolean onHyphens = Operators.truth(a[4]);
        List<String> wrapped = new ArrayList<>();
        for (Object line : StringSplitting.splitlines(StringFilters.string(a[0], "wordwrap"), false)) {
            wrapped.add(String.join(separator, lines(chunks((String) line, onHyphens), width, breakLong, onHyphens)));
        }
        return caller.budget().text(String.join(separator, wrapped));
    }

    private static List<String> lines(List<String> chunks, int width, boolean breakLong, boolean onHyphens) {
        Budget budget = Budget.current();
        List<String> lines = new ArrayList<>();
        Deque<String> left = new ArrayDeque<>(chunks);
        while (!left.isEmpty()) {
            budget.tick();
            if (!lines.isEmpty() && left.element().isBlank()) {
                left.remove();
            }
            List<String> line = new ArrayList<>();
            int length = 0;
            while (!left.isEmpty() && length + length(left.element()) <= width) {
                budget.tick();
                length += length(left.element());
                line.add(left.remove());
            }
            List<String> pieces = new ArrayList<>();
            if (!left.isEmpty() && length(left.element()) > width) {
                if (breakLong) {
                    breakChunk(left, pieces, width - length, width, onHyphens);
                    line.add(pieces.remove(0));
                } else if (line.isEmpty()) {
                    line.add(left.remove());
                }
            }
            if (!line.isEmpty() && line.get(line.size() - 1).isBlank()) {
                line.remove(line.size() - 1);
            }
            if (!line.isEmpty()) {
                budget.elements(1);
                lines.add(String.join("", line));
            }
            lines.addAll(pieces);
        }
        return lines;
    }

    /** Cuts the next chunk into a piece for the room that is left in its line, pieces of whole lines, and what is left of it. */
    private static void breakChunk(Deque<String> left, List<String> pieces, int room, int width, boolean onHyphens) {
        String chunk = left.remove();
        int remaining = length(chunk);
        int position = 0;
        int wanted = room;
        do {
            int points = pieceLength(chunk, position, Math.min(wanted, remaining), remaining > wanted && onHyphens);
            int end = chunk.offsetByCodePoints(position, points);
            Budget.current().elements(1);
            pieces.add(chunk.substring(position, end));
            position = end;
            remaining -= points;
            wanted = width;
        } while (remaining > width && !chunk.isBlank());
        left.addFirst(chunk.substring(position));
    }

    /** In code points: behind the last hyphen that has something else before it, if that is wanted. */
    private static int pieceLength(String chunk, int position, int room, boolean onHyphens) {
        if (!onHyphens) {
            return room;
        }
        String piece = chunk.substring(position, chunk.offsetByCodePoints(position, room));
        int hyphen = piece.lastIndexOf('-');
        boolean letters =
                hyphen > 0 && !piece.substring(0, hyphen).replace("-", "").isEmpty();
        return letters ? piece.codePointCount(0, hyphen) + 1 : room;
    }

    private static int length(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    /** Words, the white space between them, and with hyphens the parts of words and dashes. */
    private static List<String> chunks(String line, boolean onHyphens) {
        Budget budget = Budget.current();
        List<String> chunks = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= line.length(); i++) {
            budget.tick();
            if (i == line.length() || isSpace(line.charAt(i)) != isSpace(line.charAt(i - 1))) {
                String chunk = line.substring(start, i);
                budget.elements(1);
                if (onHyphens && !isSpace(chunk.charAt(0))) {
                    splitAtHyphens(chunk, chunks);
                } else {
                    chunks.add(chunk);
                }
                start = i;
            }
        }
        return chunks;
    }

    private static void splitAtHyphens(String word, List<String> chunks) {
        int start = 0;
        int i = 0;
        while (i < word.length()) {
            int hyphens = i;
            while (hyphens < word.length() && word.charAt(hyphens) == '-') {
                hyphens++;
            }
            boolean dash = hyphens - i >= 2
                    && i > 0
                    && isDashNeighbour(word.charAt(i - 1))
                    && hyphens < word.length()
                    && isWord(word.charAt(hyphens));
            Budget.current().elements(dash || hyphens - i == 1 ? 1 : 0);
            if (dash) {
                chunks.add(word.substring(start, i));
                chunks.add(word.substring(i, hyphens));
                start = hyphens;
                i = hyphens;
            } else if (hyphens - i == 1 && isBreak(word, i) && i > start) {
                chunks.add(word.substring(start, i + 1));
                start = i + 1;
                i++;
            } else {
                i = Math.max(i + 1, hyphens);
            }
        }
        if (start < word.length()) {
            chunks.add(word.substring(start));
        }
    }

    /** A hyphen with two letters (or a letter and a hyphen) before it and after it. */
    private static boolean isBreak(String word, int hyphen) {
        boolean before = hyphen >= 2
                && isLetter(word.charAt(hyphen - 1))
                && (isLetter(word.charAt(hyphen - 2))
                        || word.charAt(hyphen - 2) == '-' && hyphen >= 3 && isLetter(word.charAt(hyphen - 3)));
        int next = hyphen + 1;
        boolean after = next + 1 < word.length()
                && isLetter(word.charAt(next))
                && (isLetter(word.charAt(next + 1))
                        || word.charAt(next + 1) == '-' && next + 2 < word.length() && isLetter(word.charAt(next + 2)));
        return before && after;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= 9 && c <= 13;
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean isLetter(char c) {
        return isWord(c) && !Character.isDigit(c);
    }

    private static boolean isDashNeighbour(char c) {
        return isWord(c) || "!\"'&.,?".indexOf(c) >= 0;
    }
}
