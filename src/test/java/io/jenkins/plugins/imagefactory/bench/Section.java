package io.jenkins.plugins.imagefactory.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of docs/benchmarks.md that a benchmark writes, between two comments. */
public final class Section {
    private Section() {}

    public static void replace(Path file, String name, String text) throws IOException {
        String before = "<!-- " + name + ": measured -->\n";
        String after = "<!-- " + name + ": end -->";
        String whole = Files.readString(file);
        int start = whole.indexOf(before) + before.length();
        Files.writeString(file, whole.substring(0, start) + text + whole.substring(whole.indexOf(after)));
    }
}
