package io.jenkins.plugins.imagefactory.demo;

import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.User;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A real Jenkins with this plugin, a test cloud configured as code, and one agent over WebSocket that has the files of
 * the quickstart in the workspace of every job.
 */
public final class QuickstartJenkins implements AutoCloseable {
    private static final Path EXAMPLE = Path.of("docs", "examples", "quickstart");
    private static final Path TEMPLATES = Path.of("src", "test", "resources", "demo");
    private static final String AGENT = "builder";
    private static final List<String> PLUGIN_SUFFIXES = List.of(".hpi", ".jpi");

    private final Path directory;
    private final JenkinsServer server;

    private QuickstartJenkins(Path directory, JenkinsServer server) {
        this.directory = directory;
        this.server = server;
    }

    /**
     * @param directory gets {@code jenkins/} and {@code agent/}; what they held goes
     * @param hpi this plugin
     * @param pluginDirectories other plugins, among them workflow-aggregator's and configuration-as-code
     * @param more files with more configuration as code
     */
    public static QuickstartJenkins start(
            Path directory, OpenStack cloud, Path war, Path hpi, List<Path> pluginDirectories, Path... more)
            throws IOException, InterruptedException {
        Path home = directory.resolve("jenkins");
        Path agent = directory.resolve("agent");
        FileTree.delete(home);
        FileTree.delete(agent);
        installPlugins(home.resolve("plugins"), hpi, pluginDirectories);
        Path configuration = Files.createDirectories(home.resolve("casc"));
        for (Path file : more) {
            Files.copy(file, configuration.resolve(file.getFileName()));
        }
        Files.writeString(
                configuration.resolve("jenkins.yaml"),
                filled(
                        "jenkins.yaml",
                        Map.of(
                                "auth.url", cloud.authUrl().toString(),
                                "user", User.BUILDER.name(),
                                "password", User.BUILDER.password().replace("\"", "\\\""),
                                "base.image", BaseDisk.path().toString(),
                                "agent", AGENT,
                                "agent.directory", agent.toString())));
        JenkinsServer server = JenkinsServer.start(war, home);
        try {
            server.connectAgent(AGENT, agent);
            return new QuickstartJenkins(directory, server);
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void installPlugins(Path plugins, Path hpi, List<Path> directories) throws IOException {
        Files.createDirectories(plugins);
        for (Path directory : directories) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(QuickstartJenkins::isPlugin).sorted().toList()) {
                    Files.copy(file, plugins.resolve(installedName(file)));
                }
            }
        }
        Files.copy(hpi, plugins.resolve("openstack-image-factory.jpi"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Jenkins warns of plugins under another one. */
    private static String installedName(Path plugin) {
        return plugin.getFileName().toString().replaceFirst("hpi$", "jpi");
    }

    private static boolean isPlugin(Path file) {
        return PLUGIN_SUFFIXES.stream().anyMatch(file.toString()::endsWith);
    }

    public URI url() {
        return server.url();
    }

    /** What Jenkins has logged so far. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("jenkins").resolve("jenkins.log"));
    }

    /** The Jenkinsfile of the quickstart. */
    public static String quickstart() throws IOException {
        return Files.readString(EXAMPLE.resolve("Jenkinsfile"));
    }

    /** Creates a Pipeline in the sandbox. */
    public void createPipeline(String job, String script) throws IOException, InterruptedException {
        create(job, filled("pipeline.xml", Map.of("script", escaped(script))));
    }

    /** Creates a freestyle job that does nothing yet. */
    public void createFreestyleJob(String job) throws IOException, InterruptedException {
        create(job, "<project/>");
    }

    private void create(String job, String config) throws IOException, InterruptedException {
        checkOut(job);
        server.createJob(job, config);
    }

    /** Puts the quickstart's files into the workspace of a job, as its source code management would. */
    public void checkOut(String job) throws IOException {
        FileTree.copy(EXAMPLE, directory.resolve("agent").resolve("workspace").resolve(job));
    }

    /** A header of the answer to a request for one of Jenkins' pages. */
    public Optional<String> header(String path, String name) throws IOException, InterruptedException {
        return server.header(path, name);
    }

    /** Runs the job's next build, hands its console on while it grows, and returns its result. */
    public String build(String job, Consumer<String> console) throws IOException, InterruptedException {
        return server.build(job, console);
    }

    private static String filled(String template, Map<String, String> values) throws IOException {
        String text = Files.readString(TEMPLATES.resolve(template));
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    private static String escaped(String xmlText) {
        return xmlText.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void close() {
        server.close();
    }
}
