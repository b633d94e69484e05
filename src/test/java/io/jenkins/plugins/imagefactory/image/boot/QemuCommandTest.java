package io.jenkins.plugins.imagefactory.image.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.QemuNode;
import org.junit.jupiter.api.Test;

class QemuCommandTest {

    @Test
    void doesNotWriteToTheImage() {
        assertThat(command("/w/disk.qcow2", DiskFormat.QCOW2, null).arguments())
                .contains(
                        "-snapshot",
                        "if=virtio,file=json:{\"driver\":\"qcow2\",,\"file\":{\"driver\":\"file\",,\"filename\":\"/w/disk.qcow2\"},,"
                                + "\"backing\":null}");
    }

    @Test
    void doublesTheCommasOfPaths() {
        assertThat(command("/w/a,b.img", DiskFormat.RAW, null).arguments())
                .anySatisfy(argument -> assertThat(argument).contains("\"/w/a,,b.img\""))
                .contains("pipe,id=monitor,path=/t,,mp/monitor");
    }

    @Test
    void namesFormatsAsQemuDoes() {
        assertThat(command("/w/d", DiskFormat.VHD, null).arguments())
                .anySatisfy(argument -> assertThat(argument).startsWith("if=virtio,file=json:{\"driver\":\"vpc\""));
        assertThat(command("/w/d", DiskFormat.ISO, null).arguments())
                .anySatisfy(argument ->
                        assertThat(argument).startsWith("if=ide,media=cdrom,file=json:{\"driver\":\"raw\""));
    }

    @Test
    void keepsTheGuestToItself() {
        assertThat(command("/w/d", DiskFormat.RAW, null).arguments())
                .contains("user,model=virtio-net-pci,restrict=on")
                .noneMatch(argument -> argument.contains("hostfwd"));
        assertThat(command("/w/d", DiskFormat.RAW, 20022).arguments())
                .contains("user,model=virtio-net-pci,restrict=on,hostfwd=tcp:127.0.0.1:20022-:22");
    }

    private static QemuCommand command(String image, DiskFormat format, Integer sshPort) {
        return new QemuCommand(
                "qemu-system-x86_64",
                new QemuNode(format, image),
                512,
                2,
                Accelerator.AUTO,
                null,
                sshPort,
                new QemuCommand.Files("/t,mp/console", "/t,mp/monitor"));
    }
}
