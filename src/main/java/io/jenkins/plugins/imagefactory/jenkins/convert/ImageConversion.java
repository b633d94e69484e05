package io.jenkins.plugins.imagefactory.jenkins.convert;

import hudson.FilePath;
import io.jenkins.plugins.imagefactory.image.ByteCount;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.OvfDescriptor;
import io.jenkins.plugins.imagefactory.image.QemuNode;
import io.jenkins.plugins.imagefactory.image.TargetFormat;
import io.jenkins.plugins.imagefactory.image.VagrantBox;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeImage;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.result.ConvertedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.MadeImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Converts a disk image on the build's node. All is made in a directory of the workspace that goes away at the end; only
 * the whole result appears under its name.
 */
public final class ImageConversion {
    static final String SUBJECT = "image";
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final String GCP_DISK = "disk.raw";
    private static final String RAW_COPY = "copy.raw";
    private static final String ROOT_FILES = "root.tar.gz";

    private BuildContext build;
    private final TargetFormat format;
    private final FilePath target;
    private final boolean compress;
    private final ConversionOptions options;
    private FilePath work;

    /**
     * @param target file of the workspace
     * @param compress whether to compress what is not compressed by itself
     */
    public ImageConversion(
            BuildContext build, TargetFormat format, FilePath target, boolean compress, Map<String, String> options) {
        this.build = build;
        this.format = format;
        this.target = target;
        this.compress = compress;
        this.options = new ConversionOptions(format, options);
    }

    public ConvertedImage run(FilePath file, String path) throws IOException, InterruptedException {
        options.check();
        StepParameters.require(
                format.canCompress() || !compress,
                "a file of the format " + format.title() + " cannot be compressed: leave compress out");
        StepParameters.require(
                !file.getRemote().equals(target.getRemote()),
                "the image would be converted into itself: say another file as output");
        SourceImage.Inspected inspected = SourceImage.inspect(file, build.node().workspace());
        discardWhatABrokenOffRunLeft();
        work = build.node().workspace().createTempDir(".imageConvert", "part");
        LeftDirectory left = LeftDirectory.begun(build.node().workspace(), work);
        LeftDirectory.Removal removal = () -> left.remove(build.node());
        build = build.marked(left);
        try {
            build.continuity().keep(left);
            QemuImg qemuImg = QemuImg.find(build);
            QemuNode node = inspected.node(file, work);
            SourceImage source = new SourceImage(node, qemuImg.virtualBytes(node));
            build.console()
                    .log(
                            SUBJECT,
                            "Converting " + path + " (" + node.format().glanceName() + ", "
                                    + ByteCount.text(inspected.content().size()) + ", a disk of "
                                    + ByteCount.text(source.virtualBytes())
                                    + ") to "
                                    + format.title());
            ConvertedImage result = finish(convert(source, qemuImg));
            removal = work::deleteRecursive;
            return result;
        } finally {
            left.end(build, SUBJECT, removal);
        }
    }

    private void discardWhatABrokenOffRunLeft() throws IOException, InterruptedException {
        if (build.continuity().kept() instanceof LeftDirectory before && before.isThere(build.node())) {
            build.console().log(SUBJECT, "The conversion was broken off, so it begins again");
            before.remove(build.node());
        }
    }

    private FilePath convert(SourceImage source, QemuImg qemuImg) throws IOException, InterruptedException {
        return switch (format) {
            case AZURE -> azure(source, qemuImg);
            case GCP -> gcp(source, qemuImg);
            case OVA -> ova(source, qemuImg);
            case VAGRANT -> vagrant(source, qemuImg);
            case DOCKER -> docker(source, qemuImg);
            default -> disk(source, qemuImg);
        };
    }

    private FilePath disk(SourceImage source, QemuImg qemuImg) throws IOException, InterruptedException {
        Map<String, String> creation = new LinkedHashMap<>();
        if (format == TargetFormat.VHD) {
            creation.put("force_size", "on");
        }
        if (format == TargetFormat.VMDK && compress) {
            creation.put("subformat", "streamOptimized");
        }
        creation.putAll(options.given());
        FilePath disk = work.child(target.getName());
        qemuImg.convert(source.node(), node(disk), compress && format == TargetFormat.QCOW2, creation);
        return inspected(disk);
    }

    /** @see <a href="https://learn.microsoft.com/azure/virtual-machines/linux/create-upload-generic">what Azure takes</a> */
    private FilePath azure(SourceImage source, QemuImg qemuImg) throws IOException, InterruptedException {
        FilePath disk = work.child(target.getName());
        qemuImg.convert(
                source.node(),
                node(disk),
                Map.of("subformat", "fixed", "force_size", "on"),
                roundedUp(source.virtualBytes(), MIB));
        return inspected(disk);
    }

    /** @see <a href="https://cloud.google.com/compute/docs/import/import-existing-image">what Google takes</a> */
    private FilePath gcp(SourceImage source, QemuImg qemuImg) throws IOException, InterruptedException {
        FilePath disk = work.child(GCP_DISK);
        qemuImg.convert(source.node(), node(disk), Map.of(), roundedUp(source.virtualBytes(), GIB));
        inspected(disk);
        return pack(List.of("--format=oldgnu", "--sparse", "--gzip"), List.of(GCP_DISK));
    }

    private FilePath ova(SourceImage source, QemuImg qemuImg) throws IOException, InterruptedException {
        String name = fileName(options.get("name", baseName()));
        FilePath disk = work.child(name + "-disk1.vmdk");
        FilePath descriptor = work.child(name + ".ovf");
        FilePath manifest = work.child(name + ".mf");
        qemuImg.convert(
                source.node(), node(disk), false, Map.of("subformat", "streamOptimized", "adapter_type", "lsilogic"));
        inspected(disk);
        NodeFile diskFile = NodeFile.of(disk);
        write(descriptor, ovf(disk, diskFile, source).xml());
        write(
                manifest,
                "SHA256(" + descriptor.getName() + ")= "
                        + NodeFile.of(descriptor).sha256() + "\nSHA256(" + disk.getName() + ")= " + diskFile.sha256()
                        + "\n");
        return pack(List.of("--format=ustar"), List.of(descriptor.getName(), manifest.getName(), disk.getName()));
    }

    private OvfDescriptor ovf(FilePath disk, NodeFile diskFile, SourceImage source) throws IOException {
        return new OvfDescriptor(
                options.get("name", baseName()),
                options.get("os", "otherLinux64Guest"),
                options.number("cpus", 1),
                options.number("memory", 1024),
                options.oneOf("firmware", List.of("bios", "efi")),
                disk.getName(),
                diskFile.size(),
                source.virtualBytes());
    }

    private FilePath vagrant(SourceImage source, QemuImg qemuImg) throws IOException, InterruptedException {
        FilePath disk = work.child(VagrantBox.DISK);
        qemuImg.convert(source.node(), node(disk), false, Map.of());
        inspected(disk);
        write(work.child(VagrantBox.METADATA), VagrantBox.metadata(source.virtualBytes()));
        write(work.child(VagrantBox.VAGRANTFILE), VagrantBox.vagrantfile());
        return pack(
                List.of("--format=gnu", "--sparse", "--gzip"),
                List.of(VagrantBox.METADATA, VagrantBox.VAGRANTFILE, VagrantBox.DISK));
    }

    /**
     * libguestfs reads whatever file systems the image has, with the owners and rights of their files. It cannot be told how to
     * open an image, so it gets a raw copy, in which no name can stand.
     */
    private FilePath docker(SourceImage source, QemuImg qemuImg) throws IOException, InterruptedException {
        FilePath disk = work.child(RAW_COPY);
        qemuImg.convert(source.node(), new QemuNode(DiskFormat.RAW, disk.getRemote()), false, Map.of());
        FilePath tarball = work.child(ROOT_FILES);
        List<String> arguments = new ArrayList<>(List.of("--ro", "--no-progress-bars"));
        arguments.addAll(List.of("--format=raw", "--add", disk.getRemote()));
        String root = options.get("root", null);
        arguments.addAll(root == null ? List.of("--inspector") : List.of("--mount", root));
        arguments.addAll(
                List.of("tar-out", "/", tarball.getRemote(), "compress:gzip", "numericowner:true", "xattrs:true"));
        ConversionProgram.find(build, "guestfish", "guestfish (libguestfs)")
                .run(arguments, root == null ? ": options can say the device of the root file system as root" : "");
        return tarball;
    }

    /** GNU tar writes what all receivers read, sparse members included; all files become those of root. */
    private FilePath pack(List<String> kind, List<String> names) throws IOException, InterruptedException {
        FilePath tarball = work.child("packed");
        List<String> arguments = new ArrayList<>(List.of("--create", "--force-local"));
        arguments.addAll(List.of("--numeric-owner", "--owner=0", "--group=0", "--mode=u+rw,go+r"));
        arguments.addAll(kind);
        arguments.addAll(List.of("--file=" + tarball.getRemote(), "--directory=" + work.getRemote()));
        arguments.add("--");
        arguments.addAll(names);
        ConversionProgram.find(build, "tar", "GNU tar").run(arguments);
        return tarball;
    }

    private QemuNode node(FilePath disk) {
        return new QemuNode(format.disk(), disk.getRemote());
    }

    private FilePath inspected(FilePath disk) throws IOException, InterruptedException {
        DiskImage made = NodeImage.inspect(disk);
        DiskFormat wanted = Objects.requireNonNull(format.disk(), "what qemu-img makes is a disk");
        StepParameters.require(
                made.format() == wanted && made.isSound(),
                "with these options qemu-img does not make one whole "
                        + wanted.glanceName()
                        + ": the file is " + made.format().glanceName() + ", and "
                        + (made.isSound() ? "whole" : made.trouble(disk.getName())));
        return disk;
    }

    private ConvertedImage finish(FilePath made) throws IOException, InterruptedException {
        NodeFile file = NodeFile.of(made);
        NodeFile.move(made, target);
        String path = WorkspacePaths.of(build.node()).relative(target);
        build.console().log(SUBJECT, path + ": " + ByteCount.text(file.size()) + ", SHA-256 " + file.sha256());
        ConvertedImage converted =
                new ConvertedImage(path, format.title(), file.size(), file.sha256(), catalog(file.sha256()));
        build.record().fileDigested(target, file.digested());
        build.record()
                .imageBuilt(
                        new MadeImage(path, format.title(), file.size(), null, file.sha256(), "imageConvert"),
                        null,
                        false);
        return converted;
    }

    /** Path of the catalog of a Vagrant box that has an address; else null. */
    private String catalog(String sha256) throws IOException, InterruptedException {
        String url = options.get("url", null);
        if (url == null) {
            return null;
        }
        WorkspacePaths paths = WorkspacePaths.of(build.node());
        FilePath directory = Objects.requireNonNull(target.getParent(), "a file has a directory");
        FilePath catalog = paths.target(directory.child(baseName() + ".json").getRemote());
        write(
                catalog,
                new VagrantBox(options.get("name", baseName()), options.get("description", null))
                        .catalog(options.get("version", null), url, sha256));
        String path = paths.relative(catalog);
        build.console().log(SUBJECT, path + " is its catalog");
        return path;
    }

    private String baseName() {
        String name = target.getName();
        return name.endsWith(format.suffix())
                ? name.substring(0, name.length() - format.suffix().length())
                : target.getBaseName();
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static long roundedUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }

    private static void write(FilePath file, String text) throws IOException, InterruptedException {
        file.write(text, StandardCharsets.UTF_8.name());
    }
}
