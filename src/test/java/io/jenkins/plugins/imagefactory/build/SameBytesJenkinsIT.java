package io.jenkins.plugins.imagefactory.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is compiled against the declared API of Jenkins is what is compiled against Jenkins. */
class SameBytesJenkinsIT {
    private static final String HPI = "openstack-image-factory.hpi";

    @Test
    void bothBuildsPackageTheSameClassesIndexesStaplerFilesAndManifest() throws Exception {
        Process build = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "-B",
                        "-o",
                        "-q",
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "-DskipTests",
                        "-Dspotless.check.skip",
                        "-Dspotbugs.skip",
                        "package"))
                .inheritIO()
                .start();
        assertThat(build.waitFor()).isZero();

        assertThat(content(Path.of(System.getProperty("hpi")))).isEqualTo(content(Path.of("target", HPI)));
    }

    /** Every file, also those in jars, with its bytes in hexadecimal. */
    private static Map<String, String> content(Path hpi) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (InputStream file = Files.newInputStream(hpi)) {
            collect("", file, content);
        }
        return content;
    }

    private static void collect(String prefix, InputStream archive, Map<String, String> content) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            byte[] bytes = zip.readAllBytes();
            if (entry.getName().endsWith(".jar")) {
                collect(entry.getName() + "!/", new ByteArrayInputStream(bytes), content);
            } else if (!entry.isDirectory()) {
                content.put(prefix + entry.getName(), HexFormat.of().formatHex(bytes));
            }
        }
    }
}
