package io.jenkins.plugins.imagefactory.jenkins.convert;

import hudson.AbortException;
import io.jenkins.plugins.imagefactory.image.QemuImgOutput;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.workspace.FullDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program on the build's node that works for a conversion. What it says stands in the console.
 *
 * @param path of the program
 * @param name how errors call it
 */
record ConversionProgram(BuildContext build, String path, String name) {

    /** One of the build's PATH. */
    static ConversionProgram find(BuildContext build, String program, String name)
            throws IOException, InterruptedException {
        return new ConversionProgram(build, NodeProgram.installed(build.node(), program, name), name);
    }

    /** Runs it to its end; if it fails, the first line of what it says ends the operation. */
    void run(List<String> arguments) throws IOException, InterruptedException {
        run(arguments, "");
    }

    /** @param wayOut the end of that sentence */
    void run(List<String> arguments, String wayOut) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path));
        command.addAll(arguments);
        AtomicReference<String> firstLine = new AtomicReference<>();
        int exitCode;
        try (QemuImgOutput output = new QemuImgOutput(new ProgressLines(this::say), line -> {
            firstLine.compareAndSet(null, line);
            say(line);
        })) {
            exitCode = NodeProgram.run(build.node(), command, output);
        }
        if (exitCode != 0) {
            String said = name + " failed: " + Objects.requireNonNullElse(firstLine.get(), "exit code " + exitCode);
            throw new AbortException(
                    FullDisk.hasNoRoom(build.node().workspace().getUsableDiskSpace())
                            ? said + ": No space left on device"
                            : said + wayOut);
        }
    }

    private void say(String line) {
        build.console().log(ImageConversion.SUBJECT, line);
    }
}
