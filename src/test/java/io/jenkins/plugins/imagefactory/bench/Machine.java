package io.jenkins.plugins.imagefactory.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;

/** What something was measured on, and when. */
final class Machine {
    private Machine() {}

    /** One sentence, with the machine's load before anything was measured: what others did beside. */
    static String now() throws IOException, InterruptedException {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return "Measured on " + LocalDate.now(ZoneOffset.UTC) + ": "
                + Runtime.getRuntime().availableProcessors() + " cores ("
                + said("sed", "-n", "s/^model name.*: //p", "/proc/cpuinfo") + "), "
                + said("sed", "-n", "s/^MemTotal: *//p", "/proc/meminfo") + ", Linux "
                + System.getProperty("os.version")
                + ", Java " + System.getProperty("java.version") + ", "
                + said("curl", "--version").replaceFirst("^(curl \\S+).*", "$1") + ", Debian's "
                + versions(
                        "python3-glance",
                        "python3-keystone",
                        "python3-openstackclient",
                        "python3-glanceclient",
                        "packer")
                + "; load average at the start " + load + ".";
    }

    private static String versions(String... packages) throws IOException, InterruptedException {
        StringBuilder versions = new StringBuilder();
        for (String debian : packages) {
            String version = said("dpkg-query", "-W", "-f", "${Version}", debian);
            versions.append(versions.isEmpty() ? "" : ", ")
                    .append(debian.replaceFirst("^python3-", ""))
                    .append(' ')
                    .append(version.replaceFirst("^[0-9]+:", ""));
        }
        return versions.toString();
    }

    /** The first line. */
    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Arrays.toString(command) + ": " + output);
        }
        return output.lines().findFirst().orElse("").strip();
    }
}
