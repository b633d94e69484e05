package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An encrypted disk, which is a raw one to Glance.
 *
 * @see <a href="https://gitlab.com/cryptsetup/cryptsetup/-/wikis/LUKS-standard/on-disk-format.pdf">LUKS on-disk format</a>
 */
final class LuksInspector implements FormatInspector {
    private static final String MAGIC = "LUKS\u00ba\u00be";
    private static final int VERSION_OFFSET = 6;

    @Override
    public DiskFormat format() {
        return DiskFormat.RAW;
    }

    @Override
    public String name() {
        return "LUKS";
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        return file.startsWith(MAGIC);
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw {
        ByteBuffer head = file.head().order(ByteOrder.BIG_ENDIAN);
        ImageFlaw.require(
                head.limit() >= VERSION_OFFSET + Short.BYTES && head.getShort(VERSION_OFFSET) == 1,
                "is encrypted with another version of LUKS than 1, which OpenStack does not take");
        return new ImageFindings(file.size());
    }
}
