package io.jenkins.plugins.imagefactory.packer;

import java.util.regex.Pattern;

/** Whether a line of Packer tells of trouble. What a guest prints on its standard output never does. */
public enum LineTone {
    PLAIN,
    WARNING,
    ERROR;

    private static final Pattern FAILURE =
            Pattern.compile("^(?:Error\\b|error\\b|Build '.+' errored|Failed |\\s?\\* |no release version found|"
                    + "==> Some builds didn't complete|==> [^:]+: (?:Error|Timeout |Provisioning step had errors|Failed )|"
                    + "The following plugins are required|\\d+ error\\(?s?\\)? occurred|.*is unknown by Packer).*");
    private static final Pattern CAUTION = Pattern.compile(
            "^(?:Warning\\b|Cancelling build|Cleanly cancelled|==> [^:]+: (?:Warning\\b|Deprecated|Cancel)|HINT: ).*");

    public static LineTone of(String line) {
        String text = UiTimestamp.strip(line);
        if (text.isEmpty() || text.charAt(0) == ' ') {
            return PLAIN;
        }
        if (FAILURE.matcher(text).matches()) {
            return ERROR;
        }
        return CAUTION.matcher(text).matches() ? WARNING : PLAIN;
    }
}
