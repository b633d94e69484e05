package io.jenkins.plugins.imagefactory.packer;

import java.util.regex.Pattern;

/** The RFC 3339 time that {@code -timestamp-ui} puts in front of most lines. */
final class UiTimestamp {
    private static final Pattern TIMESTAMP = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT[^ ]+: ");

    private UiTimestamp() {}

    static String strip(String line) {
        return !line.isEmpty() && Character.isDigit(line.charAt(0))
                ? TIMESTAMP.matcher(line).replaceFirst("")
                : line;
    }
}
