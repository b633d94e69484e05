package io.jenkins.plugins.imagefactory.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A disk image as a QEMU program is told to open it: by which driver, from which file, and without any other file, whatever
 * the image says. No format is guessed and no name that stands in an image is resolved.
 *
 * @param path absolute
 * @see <a href="https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html#qapidoc-BlockdevOptions">QEMU: BlockdevOptions</a>
 */
public record QemuNode(DiskFormat format, String path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a program takes a file name to read. */
    public String toRead() {
        ObjectNode node = JSON.createObjectNode();
        node.put("driver", format.qemuName());
        node.putObject("file").put("driver", "file").put("filename", path);
        node.putNull("backing");
        return "json:" + node;
    }

    /** Where qemu-img takes the name of a file to make, which can be no node; its driver is said all the same. */
    public String toMake() {
        return "file:" + path;
    }
}
