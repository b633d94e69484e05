package io.jenkins.plugins.imagefactory.image.boot;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.QemuNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a QEMU that boots an image as a BIOS guest, without a window and without writing to the image. The
 * guest has a network card and gets an address, but reaches nothing; only its SSH port may be reached, from the machine
 * that QEMU runs on.
 *
 * @param program QEMU
 * @param image is opened as it says, and nothing else
 * @param memory MiB
 * @param cpus number of processors
 * @param seed path of the cloud-init seed; null for none
 * @param sshPort of 127.0.0.1, forwarded to the guest's SSH port; null for none
 * @param files where the console goes and the monitor is
 * @see <a href="https://www.qemu.org/docs/master/system/invocation.html">QEMU: invocation</a>
 */
public record QemuCommand(
        String program,
        QemuNode image,
        int memory,
        int cpus,
        Accelerator accelerator,
        @CheckForNull String seed,
        @CheckForNull Integer sshPort,
        Files files) {

    /**
     * Paths beside a running QEMU.
     *
     * @param console takes what the guest writes to its first serial port
     * @param monitor two FIFOs of that name with {@code .in} and {@code .out} at their ends: for QEMU's human monitor
     */
    public record Files(String console, String monitor) {}

    /** As an argument list. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                program,
                "-nodefaults",
                "-machine",
                "pc,accel=" + accelerator.qemuName(),
                // what guests for newer processors need; without 5-level paging, which old boot loaders do not know
                "-cpu",
                "max,la57=off",
                "-m",
                String.valueOf(memory),
                "-smp",
                String.valueOf(cpus),
                "-snapshot",
                "-drive",
                imageDrive(),
                "-device",
                "virtio-rng-pci",
                "-nic",
                network(),
                "-device",
                "VGA",
                "-display",
                "none",
                "-serial",
                "file:" + files.console(),
                "-chardev",
                "pipe,id=monitor,path=" + escaped(files.monitor()),
                "-mon",
                "chardev=monitor,mode=readline"));
        if (seed != null) {
            arguments.addAll(List.of(
                    "-drive", "if=virtio,readonly=on,file=" + escaped(new QemuNode(DiskFormat.RAW, seed).toRead())));
        }
        return arguments;
    }

    private String imageDrive() {
        String drive = image.format() == DiskFormat.ISO ? "if=ide,media=cdrom" : "if=virtio";
        return drive + ",file=" + escaped(image.toRead());
    }

    private String network() {
        String forwarding = sshPort == null ? "" : ",hostfwd=tcp:127.0.0.1:" + sshPort + "-:22";
        return "user,model=virtio-net-pci,restrict=on" + forwarding;
    }

    /** In QEMU's options a comma in a value is doubled. */
    private static String escaped(String path) {
        return path.replace(",", ",,");
    }
}
