package hudson.tasks._maven;

import hudson.console.ConsoleNote;

@SuppressWarnings("rawtypes")
public class MavenErrorNote extends ConsoleNote {
    private static final long serialVersionUID = 1L;

    public MavenErrorNote() {}
}
