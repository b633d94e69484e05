package io.jenkins.plugins.imagefactory.jenkins.node;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.FileState;

/** A file of a node whose SHA-256 a build knows, because one of its steps made it there. Part of {@code build.xml}. */
public final class KnownFile {
    private final String node;
    private final String path;
    private final long size;
    private final long modified;
    private final String key;
    private final String sha256;

    private KnownFile(String node, String path, FileState state, String sha256) {
        this.node = node;
        this.path = path;
        size = state.size();
        modified = state.modified();
        key = state.key();
        this.sha256 = sha256;
    }

    /**
     * Null if somebody may write to it unnoticed.
     *
     * @param node name of the node
     * @param path of the file on the node
     */
    @CheckForNull
    public static KnownFile of(String node, String path, DigestedFile file) {
        FileState state = file.state();
        return state == null ? null : new KnownFile(node, path, state, file.sha256());
    }

    public boolean isAt(String otherNode, String otherPath) {
        return node.equals(otherNode) && path.equals(otherPath);
    }

    /** As it was when it was digested, to be compared with what is there now. */
    public DigestedFile digested() {
        return new DigestedFile(new FileState(size, modified, key), sha256);
    }
}
