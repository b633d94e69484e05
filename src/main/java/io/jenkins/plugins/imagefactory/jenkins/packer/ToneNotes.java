package io.jenkins.plugins.imagefactory.jenkins.packer;

import hudson.tasks._maven.MavenErrorNote;
import hudson.tasks._maven.MavenWarningNote;
import io.jenkins.plugins.imagefactory.packer.LineTone;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import jenkins.model.Jenkins;

/** The console notes that give a line the colour of errors and warnings: those that Jenkins has for Maven's. */
final class ToneNotes {
    private ToneNotes() {}

    /** What to write in front of a line of each tone that stands out; nothing where there is no Jenkins to sign it. */
    static Map<LineTone, String> encoded() throws IOException {
        Map<LineTone, String> notes = new EnumMap<>(LineTone.class);
        if (Jenkins.getInstanceOrNull() != null) {
            notes.put(LineTone.ERROR, new MavenErrorNote().encode());
            notes.put(LineTone.WARNING, new MavenWarningNote().encode());
        }
        return notes;
    }
}
