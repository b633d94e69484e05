package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** ISO 9660 and UDF, which begin alike. A boot sector before it is what makes it boot from a USB stick. */
final class IsoInspector implements FormatInspector {
    private static final long IDENTIFIER_OFFSET = 0x8001;
    private static final int IDENTIFIER_BYTES = 5;
    private static final List<String> IDENTIFIERS = List.of("CD001", "NSR02", "NSR03");

    @Override
    public DiskFormat format() {
        return DiskFormat.ISO;
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        ByteBuffer identifier = file.read(IDENTIFIER_OFFSET, IDENTIFIER_BYTES);
        return IDENTIFIERS.stream().anyMatch(known -> ImageBytes.startsWith(identifier, known));
    }

    @Override
    public boolean mayBeginWithPartitions(ImageBytes file) {
        return true;
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException {
        return new ImageFindings(file.size());
    }
}
