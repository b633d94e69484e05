package io.jenkins.plugins.imagefactory.jenkins.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imagefactory.image.QemuImgArguments;
import io.jenkins.plugins.imagefactory.image.QemuNode;
import io.jenkins.plugins.imagefactory.jenkins.node.KeptOutput;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** qemu-img on the build's node, which tells its progress in the console. */
record QemuImg(ConversionProgram tool) {

    static QemuImg find(BuildContext build) throws IOException, InterruptedException {
        return new QemuImg(ConversionProgram.find(build, "qemu-img", "qemu-img"));
    }

    /** How large a guest sees the disk, in bytes. */
    long virtualBytes(QemuNode image) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.path()));
        command.addAll(QemuImgArguments.info(image));
        KeptOutput output = new KeptOutput();
        int exitCode = NodeProgram.run(tool.build().node(), command, output);
        StepParameters.require(
                exitCode == 0,
                "qemu-img cannot read " + image.path() + ": " + output.text().strip());
        return new ObjectMapper().readTree(output.text()).path("virtual-size").asLong();
    }

    /** Copies the disk into a new file. */
    void convert(QemuNode from, QemuNode to, boolean compress, Map<String, String> options)
            throws IOException, InterruptedException {
        tool.run(QemuImgArguments.convert(from, to, compress, options));
    }

    /** Copies the disk into a new file that is larger, or as large. */
    void convert(QemuNode from, QemuNode to, Map<String, String> options, long virtualBytes)
            throws IOException, InterruptedException {
        tool.run(QemuImgArguments.create(to, options, virtualBytes));
        tool.run(QemuImgArguments.fill(from, to));
    }
}
