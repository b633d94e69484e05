package hudson.slaves;

import hudson.FilePath;

public final class WorkspaceList {
    WorkspaceList() {}

    public static FilePath tempDir(FilePath ws) {
        return new FilePath(new java.io.File(ws.getRemote() + "@tmp"));
    }
}
