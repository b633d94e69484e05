package io.jenkins.plugins.imagefactory.jenkins.convert;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.image.TargetFormat;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The options of a target format: qemu-img's own for disks, ours for all else. */
record ConversionOptions(TargetFormat format, Map<String, String> given) {
    /** By these the result would not stand alone, or not be readable to anyone. */
    private static final Set<String> REFUSED =
            Set.of("backing_file", "backing_fmt", "data_file", "data_file_raw", "encryption", "size");

    private static final Pattern QEMU_OPTION = Pattern.compile("[a-z0-9_]+");
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\w+)*");

    void check() throws AbortException {
        for (String name : given.keySet()) {
            if (format.isDisk()) {
                StepParameters.require(
                        QEMU_OPTION.matcher(name).matches() && !REFUSED.contains(name),
                        "options: '" + name + "' is no option of qemu-img that can be set here");
            } else {
                StepParameters.require(
                        format.optionNames().contains(name),
                        "options: " + format.title() + " has no '" + name + "'; "
                                + (format.optionNames().isEmpty()
                                        ? "it has no options"
                                        : "it has " + String.join(", ", format.optionNames())));
            }
        }
        StepParameters.require(
                !has("url")
                        || has("version")
                                && VERSION.matcher(given.get("version")).matches(),
                "options: a catalog of Vagrant needs a version such as 1.0.7 besides the url");
        if (format == TargetFormat.OVA) {
            number("cpus", 1);
            number("memory", 1);
            oneOf("firmware", List.of("bios", "efi"));
        }
    }

    /** @param otherwise may be null */
    String get(String name, @CheckForNull String otherwise) {
        return has(name) ? given.get(name) : otherwise;
    }

    int number(String name, int otherwise) throws AbortException {
        String text = get(name, Integer.toString(otherwise));
        StepParameters.require(
                text.matches("[1-9][0-9]{0,8}"), "options: '" + name + "' is '" + text + "', which is no whole number");
        return Integer.parseInt(text);
    }

    /** The first if none was given. */
    String oneOf(String name, List<String> values) throws AbortException {
        String text = get(name, values.get(0));
        StepParameters.require(
                values.contains(text), "options: '" + name + "' is '" + text + "', which is none of " + values);
        return text;
    }

    private boolean has(String name) {
        return !format.isDisk() && given.containsKey(name);
    }
}
