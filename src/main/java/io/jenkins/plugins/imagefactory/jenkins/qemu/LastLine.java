package io.jenkins.plugins.imagefactory.jenkins.qemu;

import java.util.Optional;

/** What a program said last, which is why it failed. */
public final class LastLine {
    private LastLine() {}

    static Optional<String> of(String output) {
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce((before, line) -> line);
    }
}
