package io.jenkins.plugins.imagefactory.jenkins.convert;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.QemuNode;
import io.jenkins.plugins.imagefactory.image.inspection.ImageInspection;
import io.jenkins.plugins.imagefactory.image.inspection.SplitVmdk;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * The image to convert, which has been inspected.
 *
 * @param node by which programs open it
 * @param virtualBytes size of the disk as a guest sees it
 */
record SourceImage(QemuNode node, long virtualBytes) {
    private static final String DESCRIPTION = "source.vmdk";

    /**
     * What an inspection on the agent tells.
     *
     * @param description of a VMDK that consists of several files, with their real paths; null for all other images
     */
    record Inspected(DiskImage content, @CheckForNull String description) implements Serializable {

        /** @param work directory in which a description can be written */
        QemuNode node(FilePath file, FilePath work) throws IOException, InterruptedException {
            if (description == null) {
                return new QemuNode(content.format(), file.getRemote());
            }
            FilePath written = work.child(DESCRIPTION);
            written.write(description, StandardCharsets.UTF_8.name());
            return new QemuNode(DiskFormat.VMDK, written.getRemote());
        }
    }

    /** Inspects an image that is one file, or a VMDK of several files, all of the workspace. */
    static Inspected inspect(FilePath file, FilePath workspace) throws IOException, InterruptedException {
        return file.act(new Inspecting(workspace.getRemote()));
    }

    private static final class Inspecting implements ControllerToAgentFileCallable<Inspected> {
        private static final long serialVersionUID = 1L;

        private final String workspace;

        Inspecting(String workspace) {
            this.workspace = workspace;
        }

        @Override
        public Inspected invoke(File file, VirtualChannel channel) throws IOException {
            Path path = file.toPath();
            DiskImage content = ImageInspection.of(path);
            if (content.flaw() == null && SplitVmdk.isOne(path)) {
                return new Inspected(
                        content, SplitVmdk.of(path, Path.of(workspace)).description());
            }
            return new Inspected(content.requireSound(path), null);
        }
    }
}
