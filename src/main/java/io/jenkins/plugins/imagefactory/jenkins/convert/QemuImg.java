package io.jenkins.plugins.imagefactory.jenkins.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.QemuImgArguments;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.KeptOutput;
import io.jenkins.plugins.imagefactory.jenkins.run.NodeProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** qemu-img on the build's node, which tells its progress in the console. */
record QemuImg(Tool tool) {

    static QemuImg find(BuildContext build) throws IOException, InterruptedException {
        return new QemuImg(Tool.find(build, "qemu-img", "qemu-img"));
    }

    /** How large a guest sees the disk, in bytes. */
    long virtualBytes(FilePath file, DiskFormat format) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.path()));
        command.addAll(QemuImgArguments.info(file.getRemote(), format));
        KeptOutput output = new KeptOutput();
        int exitCode = NodeProgram.run(tool.build(), command, output);
        BuildContext.require(
                exitCode == 0,
                "qemu-img cannot read " + file.getRemote() + ": "
                        + output.text().strip());
        return new ObjectMapper().readTree(output.text()).path("virtual-size").asLong();
    }

    /** Copies the disk into a new file. */
    void convert(SourceImage from, FilePath to, DiskFormat format, boolean compress, Map<String, String> options)
            throws IOException, InterruptedException {
        tool.run(QemuImgArguments.convert(
                from.file().getRemote(), from.format(), to.getRemote(), format, compress, options));
    }

    /** Copies the disk into a new file that is larger, or as large. */
    void convert(SourceImage from, FilePath to, DiskFormat format, Map<String, String> options, long virtualBytes)
            throws IOException, InterruptedException {
        tool.run(QemuImgArguments.create(to.getRemote(), format, options, virtualBytes));
        tool.run(QemuImgArguments.fill(from.file().getRemote(), from.format(), to.getRemote(), format));
    }
}
