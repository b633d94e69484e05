package io.jenkins.plugins.imagefactory.jinja.python.regex;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Suggestion;
import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import io.jenkins.plugins.imagefactory.jinja.python.Types;
import io.jenkins.plugins.imagefactory.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A compiled regular expression in Python's syntax. Its searches end when the rendering's time does. */
public final class PythonRegex {
    private static final int LONGEST = 100_000;

    private final Pattern pattern;
    /** The same, but of no match that is empty and stands where the search begins. */
    private final Pattern advancing;

    private final Map<String, Integer> names;

    private PythonRegex(Pattern pattern, Pattern advancing, Map<String, Integer> names) {
        this.pattern = pattern;
        this.advancing = advancing;
        this.names = names;
    }

    public static PythonRegex of(Object pattern, boolean ignoreCase, boolean multiline) {
        if (pattern instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isString(pattern)) {
            throw new TemplateException("a regular expression must be a string, not a " + Types.name(pattern));
        }
        if (pattern.toString().length() > LONGEST) {
            throw new TemplateException("a regular expression has more than " + LONGEST + " characters");
        }
        RegexTranslation translation = new RegexTranslation(pattern.toString(), ignoreCase, multiline);
        String java = translation.translate();
        int flags = translation.ignoresCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        try {
            return new PythonRegex(
                    Pattern.compile(java, flags),
                    Pattern.compile("(?:" + java + ")(?!\\G)", flags),
                    translation.names());
        } catch (PatternSyntaxException e) {
            throw new TemplateException("regular expression '" + pattern + "': " + e.getDescription());
        }
    }

    public Matches in(Budget budget, String text) {
        return new Matches(budget, text, pattern, advancing);
    }

    public boolean finds(Budget budget, String text) {
        return in(budget, text).find();
    }

    public boolean startsWith(Budget budget, String text) {
        return in(budget, text).lookingAt();
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
        Matches matches = in(budget, text);
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        while (matches.find()) {
            budget.tick();
            replaced.append(text, end, matches.start());
            for (Object part : parts) {
                String value = part instanceof Integer group ? matches.group(group) : (String) part;
                replaced.append(value == null ? "" : value);
                budget.room(replaced.length());
            }
            end = matches.end();
        }
        return replaced.append(text, end, text.length()).toString();
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
}
