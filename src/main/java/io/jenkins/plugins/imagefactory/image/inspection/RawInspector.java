package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import java.io.IOException;

/** The bytes of a disk and nothing else: what is of no other format. */
final class RawInspector implements FormatInspector {
    @Override
    public DiskFormat format() {
        return DiskFormat.RAW;
    }

    @Override
    public boolean matches(ImageBytes file) {
        return true;
    }

    @Override
    public boolean mayBeginWithPartitions(ImageBytes file) {
        return true;
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw {
        ImageFlaw.require(file.size() > 0, "is empty");
        return new ImageFindings(file.size());
    }
}
