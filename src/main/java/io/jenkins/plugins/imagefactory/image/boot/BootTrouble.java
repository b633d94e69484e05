package io.jenkins.plugins.imagefactory.image.boot;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What consoles show of boots that have failed for good. */
enum BootTrouble {
    PANIC("Kernel panic - not syncing.*", "its kernel panicked"),
    EMERGENCY("You are in emergency mode", "systemd went into emergency mode"),
    INITRAMFS("^\\(initramfs\\)", "its initial RAM disk did not find the root file system and waits in a shell"),
    DRACUT("^Entering emergency mode", "its initial RAM disk waits in an emergency shell"),
    GRUB("^grub rescue>|^grub>", "GRUB did not find its configuration and waits in a shell");

    private final Pattern line;
    private final String meaning;

    BootTrouble(String line, String meaning) {
        this.line = Pattern.compile(line);
        this.meaning = meaning;
    }

    /** What a line of the console tells of it, in the words of a sentence. */
    static Optional<String> in(String text) {
        return Arrays.stream(values())
                .map(trouble -> trouble.sentence(text))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> sentence(String text) {
        Matcher matcher = line.matcher(text.strip());
        return matcher.find() ? Optional.of(meaning + " ('" + matcher.group() + "')") : Optional.empty();
    }
}
