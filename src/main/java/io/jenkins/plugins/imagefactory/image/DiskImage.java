package io.jenkins.plugins.imagefactory.image;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * What the content of a disk image file says about it.
 *
 * @param format read from the content, never from the file's name
 * @param size bytes of the file
 * @param virtualSize bytes of the disk that a guest sees; null if it is not known
 * @param flaw what is wrong with the file itself, as the rest of a sentence that the file's name begins; null if nothing is
 * @param neededFiles without which this one is not whole
 */
public record DiskImage(
        DiskFormat format,
        long size,
        @CheckForNull Long virtualSize,
        @CheckForNull String flaw,
        List<NeededFile> neededFiles)
        implements Serializable {

    /** Whether it is one whole file that reaches for no other. */
    public boolean isSound() {
        return flaw == null && neededFiles.isEmpty();
    }

    /**
     * The same image.
     *
     * @throws UnusableImageException if it is flawed, or needs another file
     */
    public DiskImage requireSound(Path file) throws UnusableImageException {
        if (!isSound()) {
            throw new UnusableImageException(file + " " + trouble(String.valueOf(file.getFileName())));
        }
        return this;
    }

    /**
     * Why it is not sound, as the rest of a sentence that the file begins.
     *
     * @param file its name
     */
    public String trouble(String file) {
        return flaw != null
                ? flaw
                : "needs " + neededFiles.get(0).text()
                        + ", and only an image that is one file is taken: flatten it where both are, if you trust both, with"
                        + " 'qemu-img convert -f " + format.qemuName() + " -O qcow2 " + file + " flat.qcow2'";
    }
}
