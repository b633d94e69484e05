package io.jenkins.plugins.imagefactory.openstack.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads openrc files as a real shell does. */
class OpenRcIT {
    private static final String QUOTINGS = """
            export OS_PLAIN=value
            export OS_SINGLE='a "b" $c \\d'
            export OS_DOUBLE="a 'b' \\"c\\" \\$d \\e \\\\f"
            export OS_PIECES=a'b c'"d e"f\\ g
            export OS_QUOTE='it'\\''s'
            export OS_COMMENT=value # comment
            export OS_HASH=val#ue
            export OS_EMPTY=
            OS_UNEXPORTED=x; export OS_UNEXPORTED
            HOST=cloud.example.com
            export OS_REFERENCE="https://${HOST}:5000/v3/$OS_PLAIN"
              export   OS_INDENTED="  spaces  "
            export OS_UMLAUT=schlüssel
            # export OS_NOT=there
            echo export OS_ALSO_NOT=there
            """;

    @TempDir
    private Path directory;

    @Test
    void everyQuotingMeansWhatItMeansToAShell() throws Exception {
        Path file = Files.writeString(directory.resolve("openrc"), QUOTINGS);
        Process shell =
                new ProcessBuilder("env", "-i", "bash", "-c", ". \"$0\" >/dev/null; env -0", file.toString()).start();
        Map<String, String> sourced = new TreeMap<>();
        for (String variable : new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0")) {
            String[] parts = variable.split("=", 2);
            if (parts[0].startsWith("OS_") && !parts[1].isEmpty()) {
                sourced.put(parts[0], parts[1]);
            }
        }

        assertThat(sourced).hasSizeGreaterThan(10);
        assertThat(OpenRc.read(QUOTINGS)).isEqualTo(sourced);
    }
}
