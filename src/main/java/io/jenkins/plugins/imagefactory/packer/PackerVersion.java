package io.jenkins.plugins.imagefactory.packer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HashiCorp's Packer and its version; cracklib ships another program of the name {@code packer}. */
public record PackerVersion(String number) {
    private static final Pattern LINE = Pattern.compile("^Packer v(\\d+(?:\\.\\d+)+\\S*)", Pattern.MULTILINE);

    /** Read from what {@code packer version} prints; empty if that was not HashiCorp's Packer. */
    public static Optional<PackerVersion> parse(String output) {
        Matcher line = LINE.matcher(output);
        return line.find() ? Optional.of(new PackerVersion(line.group(1))) : Optional.empty();
    }
}
