package io.jenkins.plugins.imagefactory.jenkins.convert;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * What a file on the agent is.
 *
 * @param size bytes
 */
record NodeFile(long size, DigestedFile digested) implements Serializable {

    String sha256() {
        return digested.sha256();
    }

    /** Reads the file to its end. */
    static NodeFile of(FilePath file) throws IOException, InterruptedException {
        return file.act(new Reading());
    }

    /** Puts a whole file in place of what there was under its final name. */
    static void move(FilePath file, FilePath target) throws IOException, InterruptedException {
        file.act(new Moving(target.getRemote()));
    }

    private static final class Reading implements ControllerToAgentFileCallable<NodeFile> {
        private static final long serialVersionUID = 1L;

        @Override
        public NodeFile invoke(File file, VirtualChannel channel) throws IOException, InterruptedException {
            return new NodeFile(file.length(), DigestedFile.read(file.toPath()));
        }
    }

    private static final class Moving implements ControllerToAgentFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final String target;

        Moving(String target) {
            this.target = target;
        }

        @Override
        public Void invoke(File file, VirtualChannel channel) throws IOException {
            Path path = Path.of(target);
            Files.createDirectories(
                    Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a directory"));
            Files.move(file.toPath(), path, StandardCopyOption.ATOMIC_MOVE);
            return null;
        }
    }
}
