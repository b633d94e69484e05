package io.jenkins.plugins.imagefactory.jinja.python.regex;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A compiled regular expression in Python's syntax. Its searches end when the rendering's time does. */
public final class PythonRegex {
    private final Pattern pattern;
    private final Map<String, Integer> names;

    private PythonRegex(Pattern pattern, Map<String, Integer> names) {
        this.pattern = pattern;
        this.names = names;
    }

    public static PythonRegex of(Object pattern, boolean ignoreCase, boolean multiline) {
        if (pattern instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isString(pattern)) {
            throw new TemplateException("a regular expression must be a string, not a " + Types.name(pattern));
        }
        RegexTranslation translation = new RegexTranslation(pattern.toString(), ignoreCase, multiline);
        String java = translation.translate();
        int flags = translation.ignoresCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        try {
            return new PythonRegex(Pattern.compile(java, flags), translation.names());
        } catch (PatternSyntaxException e) {
            throw new TemplateException("regular expression '" + pattern + "': " + e.getDescription());
        }
    }

    public Matcher matcher(Budget budget, String text) {
        return pattern.matcher(new Timed(budget, text, 0, text.length()));
    }

    public int groups() {
        return pattern.matcher("").groupCount();
    }

    /** The number of a group that is given by number or name. */
    public int group(String reference) {
        if (!reference.isEmpty() && reference.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int number = reference.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(reference);
            if (number > groups()) {
                throw new TemplateException("a regular expression has no group " + reference);
            }
            return number;
        }
        Integer number = names.get(reference);
        if (number == null) {
            throw new TemplateException(
                    "a regular expression has no group '" + reference + "'",
                    Suggestion.nearest(reference, names.keySet()));
        }
        return number;
    }

    public String replaceAll(Budget budget, String text, String replacement) {
        List<Object> parts = replacementParts(replacement);
        Matcher matcher = matcher(budget, text);
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            budget.tick();
            replaced.append(text, end, matcher.start());
            for (Object part : parts) {
                String value = part instanceof Integer group ? group(matcher, text, group) : (String) part;
                replaced.append(value == null ? "" : value);
            }
            budget.characters(replaced.length());
            end = matcher.end();
        }
        return replaced.append(text, end, text.length()).toString();
    }

    private static String group(MatchResult match, String text, int group) {
        return match.start(group) < 0 ? null : text.substring(match.start(group), match.end(group));
    }

    /** Strings, and numbers of groups. */
    private List<Object> replacementParts(String replacement) {
        List<Object> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '\\') {
                literal.append(c);
                continue;
            }
            if (++i == replacement.length()) {
                throw new TemplateException("the replacement '" + replacement + "' ends with a \\");
            }
            c = replacement.charAt(i);
            if (c == 'g') {
                int end = replacement.indexOf('>', i);
                if (end < 0 || replacement.charAt(i + 1) != '<') {
                    throw new TemplateException("the replacement '" + replacement + "' has no group after \\g");
                }
                parts.add(literal.toString());
                literal.setLength(0);
                parts.add(group(replacement.substring(i + 2, end)));
                i = end;
            } else if (c >= '0' && c <= '9') {
                int digits = digits(replacement, i);
                String number = replacement.substring(i, i + digits);
                if (c == '0' || digits == 3) {
                    literal.append((char) (Integer.parseInt(number, 8) & 0xff));
                } else {
                    parts.add(literal.toString());
                    literal.setLength(0);
                    parts.add(group(number));
                }
                i += digits - 1;
            } else {
                literal.append(escape(c, replacement));
            }
        }
        parts.add(literal.toString());
        return parts;
    }

    /** Up to three digits are an octal number, up to two a group. */
    private static int digits(String text, int from) {
        int octal = 0;
        while (octal < 3 && from + octal < text.length() && "01234567".indexOf(text.charAt(from + octal)) >= 0) {
            octal++;
        }
        if (text.charAt(from) == '0' || octal == 3 && text.charAt(from) <= '3') {
            return octal;
        }
        return from + 1 < text.length() && Character.digit(text.charAt(from + 1), 10) >= 0 ? 2 : 1;
    }

    private static String escape(char c, String replacement) {
        return switch (c) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000b";
            case '\\' -> "\\";
            default -> {
                if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                    throw new TemplateException("the replacement '" + replacement + "' has a bad escape \\" + c);
                }
                yield "\\" + c;
            }
        };
    }

    /** A text that looks at the clock while it is searched. */
    private static final class Timed implements CharSequence {
        private final Budget budget;
        private final String text;
        private final int start;
        private final int end;

        Timed(Budget budget, String text, int start, int end) {
            this.budget = budget;
            this.text = text;
            this.start = start;
            this.end = end;
        }

        @Override
        public char charAt(int index) {
            budget.tick();
            return text.charAt(start + index);
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Timed(budget, text, start + from, start + to);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
