package io.jenkins.plugins.imagefactory.packer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HashiCorp's Packer and its version; cracklib ships another program of the name {@code packer}. */
public record PackerVersion(String number) {
    private static final Pattern LINE = Pattern.compile("^Packer v(\\d+(?:\\.\\d+)+\\S*)", Pattern.MULTILINE);
    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** Read from what {@code packer version} prints; empty if that was not HashiCorp's Packer. */
    public static Optional<PackerVersion> parse(String output) {
        Matcher line = LINE.matcher(output);
        return line.find() ? Optional.of(new PackerVersion(line.group(1))) : Optional.empty();
    }

    /** Whether it is that version or a later one. */
    public boolean isAtLeast(int major, int minor) {
        Matcher own = NUMBER.matcher(number);
        if (!own.matches()) {
            return false;
        }
        int ownMajor = Integer.parseInt(own.group(1));
        return ownMajor > major || ownMajor == major && Integer.parseInt(own.group(2)) >= minor;
    }
}
