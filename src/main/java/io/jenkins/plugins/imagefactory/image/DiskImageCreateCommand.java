package io.jenkins.plugins.imagefactory.image;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line of diskimage-builder's disk-image-create.
 *
 * @param executable path of disk-image-create
 * @param elements of which the image is built
 * @param output path of the image without suffix
 * @param types of files to make, such as {@code qcow2}
 * @param size of the disk in GiB; 0 for as much as its files need
 * @param options further arguments
 * @see <a href="https://docs.openstack.org/diskimage-builder/latest/user_guide/building_an_image.html">building an image</a>
 */
public record DiskImageCreateCommand(
        String executable, List<String> elements, String output, List<String> types, int size, List<String> options) {

    /** The argument list. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(executable, "-o", output, "-t", String.join(",", types)));
        if (size > 0) {
            arguments.addAll(List.of("--image-size", Integer.toString(size)));
        }
        arguments.addAll(options);
        arguments.addAll(elements);
        return arguments;
    }

    /** The files that it makes; an image for Docker goes to Docker itself. */
    public List<String> files() {
        return types.stream()
                .filter(type -> !type.equals("docker"))
                .map(type -> output + "." + (type.equals("squashfs") ? "squash" : type))
                .toList();
    }
}
