package io.jenkins.plugins.imagefactory.packer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The shell script that runs Packer on Unix: in a process group of its own, so that a signal reaches Packer, its plugins
 * and their virtual machines alike, since Packer's wrapper process swallows a signal to itself alone.
 *
 * @param command an argument list
 * @param groupFile where the script writes the id of the process group
 * @param secretsFile what it removes when Packer has ended
 * @param outputFile where the output goes; null for the script's own
 */
public record PackerScript(List<String> command, String groupFile, String secretsFile, String outputFile) {

    public String text() {
        String output = outputFile == null ? "" : " >" + quote(outputFile);
        return "#!/bin/sh\n"
                + "if command -v setsid >/dev/null 2>&1; then group=setsid; else group=; set -m; fi\n"
                + "$group /bin/sh -c 'echo $$ >\"$0\"; exec \"$@\"' " + quote(groupFile) + " "
                + command.stream().map(PackerScript::quote).collect(Collectors.joining(" "))
                + " </dev/null" + output + " 2>&1\n"
                + "status=$?\n"
                + "rm -f " + quote(secretsFile) + "\n"
                + "exit $status\n";
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
