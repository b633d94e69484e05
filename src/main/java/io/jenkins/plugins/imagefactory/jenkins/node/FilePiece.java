package io.jenkins.plugins.imagefactory.jenkins.node;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * A piece of a file that grows on a node.
 *
 * @param fileSize bytes of the file when it was read
 */
public record FilePiece(byte[] bytes, long fileSize) implements Serializable {

    /**
     * @param position where the piece begins; at the file's end or behind it the piece is empty
     * @param most bytes at a time
     */
    public static FilePiece of(FilePath file, long position, int most) throws IOException, InterruptedException {
        return file.act(new Reading(position, most));
    }

    private static final class Reading implements ControllerToAgentFileCallable<FilePiece> {
        private static final long serialVersionUID = 1L;

        private final long position;
        private final int most;

        Reading(long position, int most) {
            this.position = position;
            this.most = most;
        }

        @Override
        public FilePiece invoke(File file, VirtualChannel channel) throws IOException {
            if (file.length() <= position) {
                return new FilePiece(new byte[0], file.length());
            }
            try (RandomAccessFile open = new RandomAccessFile(file, "r")) {
                byte[] bytes = new byte[(int) Math.min(most, open.length() - position)];
                open.seek(position);
                open.readFully(bytes);
                return new FilePiece(bytes, open.length());
            }
        }
    }
}
