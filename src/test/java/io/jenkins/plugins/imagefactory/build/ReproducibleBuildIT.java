package io.jenkins.plugins.imagefactory.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The sources in another directory, at another time, in another time zone and language: the same files come of them. */
@ResourceLock(ReproducibleBuildIT.FILES_OF_THE_BUILD)
class ReproducibleBuildIT {
    /** What the build against the declarations of Jenkins' API has made. */
    static final String FILES_OF_THE_BUILD = "target/openstack-image-factory";

    private static final List<String> SOURCES = List.of("pom.xml", "src/main", "src/jenkins-api");
    private static final Path TARGET = Path.of("target");

    @TempDir
    Path elsewhere;

    @Test
    void anotherBuildMakesTheSameBytes() throws Exception {
        for (String source : SOURCES) {
            copy(Path.of(source), elsewhere.resolve(source));
        }
        build();

        for (String made : List.of(".jar", ".hpi", ".cdx.json")) {
            Path own = TARGET.resolve("openstack-image-factory" + made);
            if (Files.exists(own)) {
                assertThat(elsewhere.resolve(own)).hasSameBinaryContentAs(own);
            } else {
                assertThat(made).as("not made by an offline Maven").isEqualTo(".cdx.json");
            }
        }
    }

    private void build() throws Exception {
        Path log = elsewhere.resolve("log");
        ProcessBuilder maven = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "-B",
                        "-q",
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "-Dmaven.test.skip",
                        "-Dspotless.check.skip",
                        "-Dspotbugs.skip",
                        "package"))
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.environment().put("TZ", "Pacific/Kiritimati");
        maven.environment().put("LC_ALL", "C");
        assertThat(maven.start().waitFor()).as(() -> text(log)).isZero();
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
