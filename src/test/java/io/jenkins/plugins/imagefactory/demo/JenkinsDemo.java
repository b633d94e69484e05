package io.jenkins.plugins.imagefactory.demo;

import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.User;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code ./demo.sh --jenkins WAR [PLUGINS_DIR]} runs: the quickstart in a given Jenkins, until Ctrl-C. */
public final class JenkinsDemo {
    private static final Path DIRECTORY = Path.of("target", "demo").toAbsolutePath();
    private static final Path EXAMPLE = Path.of("docs", "examples", "quickstart");
    private static final Path HPI = Path.of("target", "openstack-image-factory.hpi");
    private static final Path TEMPLATES = Path.of("src", "test", "resources", "demo");
    private static final String JOB = "quickstart";
    private static final String AGENT = "builder";
    private static final List<String> PLUGIN_SUFFIXES = List.of(".hpi", ".jpi");

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
        Path home = home(cloud, paths.subList(1, paths.size()));
        out.println("Starting Jenkins …");
        JenkinsServer jenkins = JenkinsServer.start(paths.get(0), home);
        Runtime.getRuntime().addShutdownHook(new Thread(jenkins::close));
        Path agent = DIRECTORY.resolve("agent");
        FileTree.copy(EXAMPLE, agent.resolve("workspace").resolve(JOB));
        jenkins.connectAgent(AGENT, agent, Map.of());
        out.println("Running the job '" + JOB + "' on the agent '" + AGENT + "' …");
        String result = jenkins.build(JOB, out::print);
        out.println();
        out.println(result + ": " + jenkins.url() + "job/" + JOB + "/1/");
        if (once) {
            System.exit("SUCCESS".equals(result) ? 0 : 1);
        }
        out.println("Jenkins goes on until you press Ctrl-C.");
        Thread.currentThread().join();
    }

    private static Path home(OpenStack cloud, List<Path> pluginDirectories) throws IOException {
        Path home = DIRECTORY.resolve("jenkins");
        FileTree.delete(home);
        FileTree.delete(DIRECTORY.resolve("agent"));
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        for (Path directory : pluginDirectories) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(JenkinsDemo::isPlugin).toList()) {
                    Files.copy(file, plugins.resolve(file.getFileName()));
                }
            }
        }
        Files.copy(HPI, plugins.resolve("openstack-image-factory.jpi"), StandardCopyOption.REPLACE_EXISTING);
        Map<String, String> values = Map.of(
                "auth.url", cloud.authUrl().toString(),
                "user", User.BUILDER.name(),
                "password", User.BUILDER.password().replace("\"", "\\\""),
                "base.image", BaseDisk.path().toString(),
                "agent", AGENT,
                "agent.directory", DIRECTORY.resolve("agent").toString(),
                "script", escaped(Files.readString(EXAMPLE.resolve("Jenkinsfile"))));
        fill("jenkins.yaml", home.resolve("jenkins.yaml"), values);
        fill("job.xml", home.resolve("jobs").resolve(JOB).resolve("config.xml"), values);
        return home;
    }

    private static boolean isPlugin(Path file) {
        return PLUGIN_SUFFIXES.stream().anyMatch(file.toString()::endsWith);
    }

    private static void fill(String template, Path file, Map<String, String> values) throws IOException {
        String text = Files.readString(TEMPLATES.resolve(template));
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String escaped(String xmlText) {
        return xmlText.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
