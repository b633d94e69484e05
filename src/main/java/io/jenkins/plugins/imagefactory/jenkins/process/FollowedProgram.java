package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** The programs that are followed. */
public enum FollowedProgram {
    PACKER("Packer", "packer", "packer_cache", "INT", null),
    /**
     * A shell script, which cannot be interrupted where it was started in the background. It prints through a filter, and
     * without that its cleaning up dies of a broken pipe.
     */
    DISK_IMAGE_CREATE("disk-image-create", "dib", null, "TERM", "outfilter.py");

    private final String title;
    private final String subject;
    private final String cache;
    private final String politeSignal;
    private final String spared;

    FollowedProgram(String title, String subject, String cache, String politeSignal, String spared) {
        this.title = title;
        this.subject = subject;
        this.cache = cache;
        this.politeSignal = politeSignal;
        this.spared = spared;
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    /** What lines of the console that speak of it begin with. */
    public String subject() {
        return subject;
    }

    /** The name of the copy of its latest log. */
    String latestLog() {
        return subject + ".latest.log";
    }

    /** What it keeps in the workspace for the next run; null for nothing. */
    @CheckForNull
    String cache() {
        return cache;
    }

    /** The signal at which it cleans up and ends. */
    String politeSignal() {
        return politeSignal;
    }

    /** A part of the command lines of its processes that must live while it cleans up; null for none. */
    @CheckForNull
    String spared() {
        return spared;
    }
}
