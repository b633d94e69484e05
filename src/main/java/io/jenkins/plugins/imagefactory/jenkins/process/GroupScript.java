package io.jenkins.plugins.imagefactory.jenkins.process;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shell script that runs a program on Unix: in a process group of its own, so that a signal reaches all that it started,
 * such as Packer's plugins and their virtual machines: Packer's wrapper process swallows a signal to itself alone.
 *
 * @param command an argument list
 * @param groupFile where the script writes the id of the process group
 * @param secretsFile what it removes when the program has ended
 * @param outputFile where the output goes; null for the script's own
 */
record GroupScript(
        List<String> command,
        String groupFile,
        String secretsFile,
        @CheckForNull String outputFile) {

    String text() {
        String output = outputFile == null ? "" : " >" + quote(outputFile);
        return "#!/bin/sh\n"
                + "if command -v setsid >/dev/null 2>&1; then group=setsid; else group=; set -m; fi\n"
                + "$group /bin/sh -c 'echo $$ >\"$0\"; exec \"$@\"' " + quote(groupFile) + " "
                + command.stream().map(GroupScript::quote).collect(Collectors.joining(" "))
                + " </dev/null" + output + " 2>&1\n"
                + "status=$?\n"
                + "rm -f " + quote(secretsFile) + "\n"
                + "exit $status\n";
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
