package io.jenkins.plugins.imagefactory.openstack.login;

import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An openrc file: the {@code export OS_…=…} lines that a shell would source. Quoting is the shell's, and variables that
 * the file itself has set before are known; nothing is executed, and every other line is passed over.
 */
final class OpenRc {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern PIECE = Pattern.compile(
            "'(?<literal>[^']*)'|\\\\(?<escaped>.)|\\$\\{?(?<variable>[A-Za-z_][A-Za-z0-9_]*)}?|(?<command>`|\\$\\()|(?<quote>\")|(?<end>\\s|;)|(?<plain>.)");
    /** What else stands behind a dollar may be part of a password. */
    private static final Pattern VARIABLE_ALONE = Pattern.compile("(\"?)\\$(OS_[A-Z_]+|\\{OS_[A-Z_]+})\\1\\s*");

    private static final String ESCAPED_IN_QUOTES = "\"\\$`";
    /** A variable may be made of others, and they of it. */
    private static final int LONGEST_VALUE = 64 * 1024;

    private final Map<String, String> variables = new LinkedHashMap<>();

    private OpenRc() {}

    /** The variables whose names begin with {@code OS_}, without those that are empty. */
    static Map<String, String> read(String text) throws OpenStackException {
        OpenRc file = new OpenRc();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (assignment.matches()) {
                file.assign(assignment.group(1), assignment.group(2), number);
            }
        }
        file.variables.keySet().removeIf(name -> !name.startsWith("OS_"));
        file.variables.values().removeIf(String::isEmpty);
        return file.variables;
    }

    private void assign(String name, String word, int line) throws OpenStackException {
        boolean isSecret = ClientOptions.isSecret(name.toLowerCase(Locale.ROOT));
        try {
            variables.put(
                    name, value(word, !isSecret || VARIABLE_ALONE.matcher(word).matches()));
        } catch (IllegalArgumentException e) {
            if (name.startsWith("OS_")) {
                throw new OpenStackException("line " + line + " of the openrc file sets " + name + " from "
                        + e.getMessage()
                        + ", and nothing in the file is executed: write the value itself there, in single quotes");
            }
        }
    }

    /** @param tells whether a variable that the file does not set may be named */
    private String value(String word, boolean tells) {
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        Matcher piece = PIECE.matcher(word);
        while (piece.find()) {
            if (piece.group("quote") != null) {
                quoted = !quoted;
            } else if (piece.group("literal") != null) {
                value.append(quoted ? piece.group() : piece.group("literal"));
            } else if (piece.group("escaped") != null) {
                boolean keepsBackslash = quoted && !ESCAPED_IN_QUOTES.contains(piece.group("escaped"));
                value.append(keepsBackslash ? piece.group() : piece.group("escaped"));
            } else if (piece.group("variable") != null) {
                value.append(known(piece.group("variable"), tells));
            } else if (piece.group("command") != null) {
                throw new IllegalArgumentException("a command");
            } else if (piece.group("end") != null && !quoted) {
                break;
            } else {
                value.append(piece.group());
            }
            if (value.length() > LONGEST_VALUE) {
                throw new IllegalArgumentException("more than " + LONGEST_VALUE + " characters");
            }
        }
        return value.toString();
    }

    private String known(String variable, boolean tells) {
        if (!variables.containsKey(variable)) {
            throw new IllegalArgumentException(
                    tells ? "$" + variable + ", which it does not set" : "a variable that it does not set");
        }
        return variables.get(variable);
    }
}
