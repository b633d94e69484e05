package io.jenkins.plugins.imagefactory.jenkins.node;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.DiskImage;
import io.jenkins.plugins.imagefactory.image.inspection.ImageInspection;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/** An image file on a node, as its own content tells what it is. */
public final class NodeImage {
    private NodeImage() {}

    /** What the file is, with its flaw if it has one. */
    public static DiskImage inspect(FilePath file) throws IOException, InterruptedException {
        return file.act(new Inspecting(false));
    }

    /** @throws IOException with one sentence if the image has a flaw or needs another file */
    public static DiskImage requireSound(FilePath file) throws IOException, InterruptedException {
        return file.act(new Inspecting(true));
    }

    private static final class Inspecting implements ControllerToAgentFileCallable<DiskImage> {
        private static final long serialVersionUID = 1L;

        private final boolean requiresSound;

        Inspecting(boolean requiresSound) {
            this.requiresSound = requiresSound;
        }

        @Override
        public DiskImage invoke(File file, VirtualChannel channel) throws IOException {
            DiskImage image = ImageInspection.of(file.toPath());
            return requiresSound ? image.requireSound(file.toPath()) : image;
        }
    }
}
