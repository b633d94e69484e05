package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import io.jenkins.plugins.imagefactory.image.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * VMware's VMDK: one sparse file with a description inside, or a description that names the files with the data. The rules for
 * the description are those of OpenStack's format inspector. QEMU reads a parent's name at a fixed place, whatever the header
 * says, so that the description must be there.
 *
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/block/vmdk.c">QEMU: vmdk.c</a>
 */
final class VmdkInspector implements FormatInspector {
    private static final int HEAD_BYTES = 512;
    private static final List<String> ONE_FILE = List.of("monolithicsparse", "streamoptimized");

    @Override
    public DiskFormat format() {
        return DiskFormat.VMDK;
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        return VmdkExtent.isSparse(file) || isText(file);
    }

    /** Whether somebody would take the file for a description, be it QEMU, OpenStack or VMware. */
    private static boolean isText(ImageBytes file) throws IOException {
        VmdkDescription description = VmdkDescription.ofText(file);
        return description.isDeclared()
                || isPrintable(file.head()) && !description.createType().isEmpty();
    }

    /** As far as its first NUL: QEMU fills the last sector with them. */
    private static boolean isPrintable(ByteBuffer bytes) {
        for (int at = 0; at < Math.min(bytes.limit(), HEAD_BYTES); at++) {
            int octet = bytes.get(at) & 0xff;
            if (octet == 0) {
                return at > 0;
            }
            if (octet < ' ' && !Character.isWhitespace(octet) || octet == 0x7f) {
                return false;
            }
        }
        return true;
    }

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw {
        if (!VmdkExtent.isSparse(file)) {
            VmdkDescription description = VmdkDescription.ofText(file);
            List<NeededFile> neededFiles = description.neededFiles();
            ImageFlaw.require(!neededFiles.isEmpty(), "is the description of a VMDK that names no file with data");
            return new ImageFindings(null, neededFiles);
        }
        VmdkExtent extent = VmdkExtent.of(file);
        ImageFlaw.require(
                extent.capacityBytes() > 0,
                "is a VMDK that says nothing of its size, so that its data would be elsewhere");
        ImageFlaw.require(
                extent.descriptionPosition() == VmdkDescription.POSITION,
                "is a VMDK whose description is not where QEMU reads it");
        file.requireHolds(VmdkDescription.POSITION, extent.descriptionBytes());
        VmdkDescription description = VmdkDescription.inside(file, extent.descriptionBytes());
        description.check();
        ImageFlaw.require(
                ONE_FILE.contains(description.createType()),
                "is a VMDK of the kind " + Quoted.text(description.createType())
                        + ", and OpenStack takes monolithicSparse and streamOptimized only");
        extent.requireWhole(file);
        return new ImageFindings(extent.capacityBytes(), description.parents());
    }
}
