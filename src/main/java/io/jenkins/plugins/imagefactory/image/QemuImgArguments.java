package io.jenkins.plugins.imagefactory.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The arguments of qemu-img. */
public final class QemuImgArguments {
    private QemuImgArguments() {}

    /** Prints what it knows of an image, as JSON. */
    public static List<String> info(QemuNode image) {
        return List.of("info", "--output=json", image.toRead());
    }

    /** Makes an empty disk. */
    public static List<String> create(QemuNode disk, Map<String, String> options, long bytes) {
        List<String> command =
                new ArrayList<>(List.of("create", "-q", "-f", disk.format().qemuName()));
        command.addAll(creation(options));
        command.addAll(List.of(disk.toMake(), Long.toString(bytes)));
        return command;
    }

    /**
     * Copies a disk, with its progress.
     *
     * @param compress whether qemu-img compresses each cluster
     * @param options of the new file
     */
    public static List<String> convert(QemuNode from, QemuNode to, boolean compress, Map<String, String> options) {
        List<String> command = convert(to.format());
        if (compress) {
            command.add("-c");
        }
        command.addAll(creation(options));
        command.addAll(List.of(from.toRead(), to.toMake()));
        return command;
    }

    /** Copies a disk to the beginning of one that {@link #create} has made, with its progress. */
    public static List<String> fill(QemuNode from, QemuNode to) {
        List<String> command = convert(to.format());
        command.addAll(List.of("-n", "--target-is-zero", from.toRead(), to.toMake()));
        return command;
    }

    private static List<String> convert(DiskFormat format) {
        return new ArrayList<>(List.of("convert", "-p", "-O", format.qemuName()));
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
