package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import java.io.IOException;
import java.util.List;

/**
 * What a file begins with that OpenStack does not take, and that would be a raw disk to who does not know it.
 *
 * @param magic the first bytes, a letter each
 * @param flaw why it is not taken
 */
record OtherFormat(String name, String magic, String flaw) implements FormatInspector {
    static final List<OtherFormat> ALL = List.of(
            unwanted("QED", "QED\0"),
            unwanted("VMDK (COWD)", "COWD"),
            compressed("gzip", "\u001f\u008b", "gunzip"),
            compressed("xz", "\u00fd7zXZ\0", "unxz"),
            compressed("zstd", "(\u00b5/\u00fd", "unzstd"));

    private static OtherFormat unwanted(String name, String magic) {
        return new OtherFormat(
                name, magic, "is of the format " + name + ", which OpenStack does not take: make a qcow2 of it");
    }

    private static OtherFormat compressed(String name, String magic, String tool) {
        return new OtherFormat(
                name, magic, "is compressed, and no cloud boots that: unpack it with " + tool + " first");
    }

    @Override
    public DiskFormat format() {
        return DiskFormat.RAW;
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        return file.startsWith(magic);
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws ImageFlaw {
        throw new ImageFlaw(flaw);
    }
}
