package io.jenkins.plugins.imagefactory.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The arguments of qemu-img. Formats are always said, so that it never guesses one from what a guest wrote. */
public final class QemuImgArguments {
    private QemuImgArguments() {}

    /** Prints what it knows of an image, as JSON. */
    public static List<String> info(String file, DiskFormat format) {
        return List.of("info", "--output=json", "-f", format.qemuName(), file);
    }

    /** Makes an empty disk. */
    public static List<String> create(String file, DiskFormat format, Map<String, String> options, long bytes) {
        List<String> command = new ArrayList<>(List.of("create", "-q", "-f", format.qemuName()));
        command.addAll(creation(options));
        command.addAll(List.of(file, Long.toString(bytes)));
        return command;
    }

    /**
     * Copies a disk, with its progress.
     *
     * @param compress whether qemu-img compresses each cluster
     * @param options of the new file
     */
    public static List<String> convert(
            String from,
            DiskFormat fromFormat,
            String to,
            DiskFormat format,
            boolean compress,
            Map<String, String> options) {
        List<String> command = convert(fromFormat, format);
        if (compress) {
            command.add("-c");
        }
        command.addAll(creation(options));
        command.addAll(List.of(from, to));
        return command;
    }

    /** Copies a disk to the beginning of one that {@link #create} has made, with its progress. */
    public static List<String> fill(String from, DiskFormat fromFormat, String to, DiskFormat format) {
        List<String> command = convert(fromFormat, format);
        command.addAll(List.of("-n", "--target-is-zero", from, to));
        return command;
    }

    private static List<String> convert(DiskFormat fromFormat, DiskFormat format) {
        return new ArrayList<>(List.of("convert", "-p", "-f", fromFormat.qemuName(), "-O", format.qemuName()));
    }

    private static List<String> creation(Map<String, String> options) {
        return options.isEmpty()
                ? List.of()
                : List.of(
                        "-o",
                        options.entrySet().stream()
                                .map(option -> option.getKey() + "="
                                        + option.getValue().replace(",", ",,"))
                                .collect(Collectors.joining(",")));
    }
}
