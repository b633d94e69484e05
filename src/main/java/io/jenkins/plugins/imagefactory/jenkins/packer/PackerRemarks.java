package io.jenkins.plugins.imagefactory.jenkins.packer;

import io.jenkins.plugins.imagefactory.jenkins.process.LineRemarks;
import io.jenkins.plugins.imagefactory.packer.LineTone;
import io.jenkins.plugins.imagefactory.packer.PackerHint;
import java.io.IOException;
import java.util.Map;

/** Gives Packer's errors and warnings a colour, and puts a hint under what has a known way out. */
final class PackerRemarks implements LineRemarks {
    private final Map<LineTone, String> notes;
    private final PackerHint.Finder hints = new PackerHint.Finder();

    PackerRemarks() throws IOException {
        this.notes = ToneNotes.encoded();
    }

    @Override
    public Remark on(String line) {
        LineTone tone = LineTone.of(line);
        return tone == LineTone.PLAIN
                ? Remark.NONE
                : new Remark(note(tone), tone == LineTone.ERROR ? hint(line) : null);
    }

    private String hint(String line) {
        return hints.find(line)
                .map(hint -> note(LineTone.WARNING) + "[packer] Hint: " + hint.text())
                .orElse(null);
    }

    private String note(LineTone tone) {
        return notes.getOrDefault(tone, "");
    }
}
