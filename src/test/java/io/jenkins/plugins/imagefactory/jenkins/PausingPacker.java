package io.jenkins.plugins.imagefactory.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A template with which Packer prints the first two of ten lines, and the others when it is told to, so that what happens in
 * between takes as long as it takes.
 *
 * @param directory for the files by which it is told and tells; its path needs no quotes
 */
record PausingPacker(Path directory) {
    /** Printed when Packer begins to wait. */
    static final String PAUSES = "null: line 2";

    String template() {
        return """
                {"builders": [{"type": "null", "communicator": "none"}], "provisioners": [{"type": "shell-local", "inline": [
                    "echo started >> %1$s/starts",
                    "for i in 1 2; do echo line $i; done",
                    "until test -e %1$s/go-on; do sleep 1; done",
                    "for i in 3 4 5 6 7 8 9 10; do echo line $i; done",
                    "touch %1$s/printed"]}]}
                """.formatted(directory);
    }

    /** Lets Packer go on, and waits until it has printed all. */
    void goOn() throws IOException, InterruptedException {
        Files.createFile(directory.resolve("go-on"));
        while (!Files.exists(directory.resolve("printed"))) {
            Thread.sleep(50);
        }
    }

    /** Has a line for every time that Packer was started. */
    Path starts() {
        return directory.resolve("starts");
    }
}
