package io.jenkins.plugins.imagefactory.demo;

import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./demo.sh --jenkins WAR [PLUGINS_DIR]} runs: the quickstart in a given Jenkins, until Ctrl-C. */
public final class JenkinsDemo {
    private static final Path DIRECTORY = Path.of("target", "demo").toAbsolutePath();
    private static final Path HPI = Path.of("target", "openstack-image-factory.hpi");
    private static final String JOB = "quickstart";

    private JenkinsDemo() {}

    /**
     * @param arguments the war; a directory of plugins, among them workflow-aggregator's and configuration-as-code; and
     *     {@code --once} to end when the build has ended
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        boolean once = given.contains("--once");
        List<Path> paths = given.stream()
                .filter(argument -> !argument.startsWith("--"))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .toList();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        OpenStack cloud = OpenStack.start(DIRECTORY.resolve("openstack"));
        out.println("Starting Jenkins and its agent …");
        QuickstartJenkins jenkins =
                QuickstartJenkins.start(DIRECTORY, cloud, paths.get(0), HPI, paths.subList(1, paths.size()));
        Runtime.getRuntime().addShutdownHook(new Thread(jenkins::close));
        jenkins.createPipeline(JOB, QuickstartJenkins.quickstart());
        out.println("Running the job '" + JOB + "' …");
        String result = jenkins.build(JOB, out::print);
        out.println();
        out.println(result + ": " + jenkins.url() + "job/" + JOB + "/1/");
        if (once) {
            System.exit("SUCCESS".equals(result) ? 0 : 1);
        }
        out.println("Jenkins goes on until you press Ctrl-C.");
        Thread.currentThread().join();
    }
}
