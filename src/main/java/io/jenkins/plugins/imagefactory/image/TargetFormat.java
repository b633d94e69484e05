package io.jenkins.plugins.imagefactory.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an image can be converted to: a format of disk images, or what a provider takes. */
public enum TargetFormat {
    QCOW2(DiskFormat.QCOW2, ".qcow2"),
    RAW(DiskFormat.RAW, ".raw"),
    VHD(DiskFormat.VHD, ".vhd"),
    VHDX(DiskFormat.VHDX, ".vhdx"),
    VMDK(DiskFormat.VMDK, ".vmdk"),
    VDI(DiskFormat.VDI, ".vdi"),
    /** A fixed VHD of whole MiB. */
    AZURE(DiskFormat.VHD, ".vhd", List.of()),
    /** An OVF descriptor, a manifest and a stream-optimised VMDK in a tar file. */
    OVA(DiskFormat.VMDK, ".ova", List.of("name", "cpus", "memory", "os", "firmware")),
    /** A sparse {@code disk.raw} of whole GiB in an old-GNU-format tar file. */
    GCP(DiskFormat.RAW, ".gcp.tar.gz", List.of()),
    /** The files of the root file system. */
    DOCKER(null, ".rootfs.tar.gz", List.of("root")),
    /** A box for vagrant-libvirt. */
    VAGRANT(DiskFormat.QCOW2, ".box", List.of("name", "version", "url", "description"));

    private final DiskFormat disk;
    private final String suffix;
    private final List<String> optionNames;

    TargetFormat(DiskFormat disk, String suffix) {
        this(disk, suffix, null);
    }

    TargetFormat(DiskFormat disk, String suffix, List<String> optionNames) {
        this.disk = disk;
        this.suffix = suffix;
        this.optionNames = optionNames;
    }

    /** The name by which people choose it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that title; {@link IllegalArgumentException} with a sentence if there is none. */
    public static TargetFormat of(String title) {
        return Arrays.stream(values())
                .filter(format -> format.title().equalsIgnoreCase(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + title + "' is no format: use one of " + String.join(", ", titles())));
    }

    /** All titles. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(TargetFormat::title).collect(Collectors.toList());
    }

    /** The format of the disk image, whether it is the whole or a part; null where there is none. */
    @CheckForNull
    public DiskFormat disk() {
        return disk;
    }

    /** Whether the disk image is all there is, and takes qemu-img's own options. */
    public boolean isDisk() {
        return optionNames == null;
    }

    /** The end of a file's name, with its dot. */
    public String suffix() {
        return suffix;
    }

    /** The options of what is no mere disk. */
    public List<String> optionNames() {
        return optionNames;
    }

    /** Whether it is compressed, or can be. */
    public boolean canCompress() {
        return switch (this) {
            case RAW, VHD, VHDX, VDI, AZURE -> false;
            case QCOW2, VMDK, OVA, GCP, DOCKER, VAGRANT -> true;
        };
    }
}
