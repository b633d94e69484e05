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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What is compiled against the declared API of Jenkins is what is compiled against Jenkins. */
@ResourceLock(ReproducibleBuildIT.FILES_OF_THE_BUILD)
class SameBytesJenkinsIT {
    private static final Path AGAINST_JENKINS = Path.of(System.getProperty("hpi"));
    private static final Path AGAINST_THE_DECLARATIONS = Path.of("target/openstack-image-factory.hpi");

    /** What Jenkins' Maven plugins write in addition: copies of the POM, and the licences of libraries. */
    private static final Set<String> ADDED = Set.of("META-INF/maven/", "WEB-INF/licenses.xml");

    @BeforeAll
    static void buildAgainstTheDeclarations() throws Exception {
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
    }

    @Test
    void bothBuildsPackageTheSameClassesViewsAndIndexes() throws IOException {
        assertThat(content(AGAINST_JENKINS)).isEqualTo(content(AGAINST_THE_DECLARATIONS));
    }

    @Test
    void theirManifestsTellTheSameButForWhoBuiltThem() throws IOException {
        Map<String, String> ours = manifest(AGAINST_THE_DECLARATIONS);
        Map<String, String> theirs = manifest(AGAINST_JENKINS);

        Set<String> different = new TreeSet<>(ours.keySet());
        different.addAll(theirs.keySet());
        different.removeIf(name -> ours.containsKey(name) && ours.get(name).equals(theirs.get(name)));
        assertThat(different)
                .containsExactlyInAnyOrder(
                        "Build-Jdk-Spec",
                        "Created-By",
                        "Extension-Name",
                        "Hudson-Version",
                        "Implementation-Build",
                        "Java-Version",
                        "Minimum-Java-Version",
                        "Plugin-Dependencies",
                        "Plugin-ScmTag",
                        "Plugin-Version",
                        "Specification-Version",
                        "Support-Dynamic-Loading");
        assertThat(dependencies(theirs)).isEqualTo(dependencies(ours));
        assertThat(theirs.get("Plugin-Version")).startsWith(ours.get("Plugin-Version"));
    }

    /** They stand in another order. */
    private static Set<String> dependencies(Map<String, String> manifest) {
        return new TreeSet<>(List.of(manifest.get("Plugin-Dependencies").split(",")));
    }

    private static Map<String, String> manifest(Path hpi) throws IOException {
        try (JarFile jar = new JarFile(hpi.toFile())) {
            Map<String, String> attributes = new TreeMap<>();
            jar.getManifest()
                    .getMainAttributes()
                    .forEach((name, value) -> attributes.put(name.toString(), value.toString()));
            return attributes;
        }
    }

    /** Every file but the manifests, also those in jars, with its bytes in hexadecimal. */
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
            String name = entry.getName();
            byte[] bytes = zip.readAllBytes();
            if (name.endsWith(".jar")) {
                collect(prefix + name + "!/", new ByteArrayInputStream(bytes), content);
            } else if (!entry.isDirectory()
                    && !name.equals(JarFile.MANIFEST_NAME)
                    && ADDED.stream().noneMatch(name::startsWith)) {
                content.put(prefix + name, HexFormat.of().formatHex(bytes));
            }
        }
    }
}
