package io.jenkins.plugins.imagefactory.image;

import java.util.Locale;

/**
 * The disk formats that Glance knows and that a file's content tells apart.
 *
 * @see <a href="https://docs.openstack.org/glance/latest/user/formats.html">Glance: disk and container formats</a>
 */
public enum DiskFormat {
    QCOW2,
    RAW,
    VMDK,
    VDI,
    VHD,
    VHDX,
    ISO;

    /** The name that Glance uses for {@code disk_format}. */
    public String glanceName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name that QEMU uses for it. */
    public String qemuName() {
        return switch (this) {
            case VHD -> "vpc";
            case ISO -> "raw";
            default -> glanceName();
        };
    }

    /** The format of that Glance name; {@link IllegalArgumentException} with a sentence if Glance has none such. */
    public static DiskFormat ofGlanceName(String name) {
        for (DiskFormat format : values()) {
            if (format.glanceName().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "'" + name + "' is no disk format: use one of qcow2, raw, vmdk, vdi, vhd, vhdx, iso");
    }
}
