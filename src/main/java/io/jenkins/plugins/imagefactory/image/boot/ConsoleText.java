package io.jenkins.plugins.imagefactory.image.boot;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a person would read of a serial console. */
public final class ConsoleText {
    /** ECMA-48: control sequences, then other escape sequences, then control characters save for tab and line feed. */
    private static final Pattern CONTROLS = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|\u001b[ -/]*[0-~]|[\\p{Cntrl}&&[^\t\n]]");

    private ConsoleText() {}

    /** The text without colours, cursor movements and the like. */
    public static String of(byte[] console) {
        return CONTROLS.matcher(new String(console, StandardCharsets.UTF_8)).replaceAll("");
    }
}
