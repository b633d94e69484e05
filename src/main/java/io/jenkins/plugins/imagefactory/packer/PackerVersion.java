package io.jenkins.plugins.imagefactory.packer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HashiCorp's Packer and its version; cracklib ships another program of the name {@code packer}.
 *
 * @param number as it prints it, such as {@code 1.11.2}
 */
public record PackerVersion(String number) {
    private static final Pattern LINE = Pattern.compile("^Packer v(\\d{1,9}\\.\\d{1,9}(?!\\d)\\S*)", Pattern.MULTILINE);

    /** Read from what {@code packer version} prints; empty if that was not HashiCorp's Packer. */
    public static Optional<PackerVersion> parse(String output) {
        Matcher line = LINE.matcher(output);
        return line.find() ? Optional.of(new PackerVersion(line.group(1))) : Optional.empty();
    }

    /** Whether {@code packer init} can install the plugins of a template. */
    public boolean canInitialise(TemplateSyntax syntax) {
        return syntax == TemplateSyntax.HCL2 && atLeast(1, 7);
    }

    /** Whether {@code packer fmt} can check the format of a template. */
    public boolean canFormat(TemplateSyntax syntax) {
        return syntax == TemplateSyntax.HCL2 && atLeast(1, 6);
    }

    /** Whether {@code packer validate} and {@code packer inspect} read such a template. */
    public boolean canValidate(TemplateSyntax syntax) {
        return syntax == TemplateSyntax.JSON || atLeast(1, 6);
    }

    /** Whether {@code packer inspect} takes the values of variables. */
    public boolean inspectsWithVariables() {
        return atLeast(1, 7);
    }

    private boolean atLeast(int major, int minor) {
        String[] parts = number.split("\\D", 3);
        int itsMajor = Integer.parseInt(parts[0]);
        return itsMajor > major || itsMajor == major && Integer.parseInt(parts[1]) >= minor;
    }
}
