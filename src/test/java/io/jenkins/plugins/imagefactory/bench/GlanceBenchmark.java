package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import java.nio.file.Files;
import java.nio.file.Path;

/** Big files sent to the real Glance: by this plugin, by OpenStack's own clients, and by curl. */
public final class GlanceBenchmark {
    private static final Path DIRECTORY = Path.of("target", "bench");

    private GlanceBenchmark() {}

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        String machine = Machine.now();
        try (OpenStack openStack = OpenStack.start(DIRECTORY.resolve("openstack"))) {
            BenchmarkCloud cloud = BenchmarkCloud.of(openStack);
            String section = machine + "\n\n" + new UploadBenchmark(DIRECTORY, cloud).run();
            System.out.println(section);
            Section.replace(Path.of(arguments[0]), "glance", section);
        }
        System.exit(0);
    }
}
