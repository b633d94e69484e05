package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.IfExists;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One {@link Growth} at one size as a process of its own, so that its memory is its own; says how long it took. */
final class GrowthProcess {
    static final int SMALL_FILE = 64 << 10;

    private final Path directory;
    private final ClientOptions options;
    private final HttpTransport http;
    private final TestClouds clouds;
    private final LocalBuild build;
    private final Iterator<String> images =
            List.of(System.getenv().getOrDefault("IMAGES", "").split(" ")).iterator();

    private GrowthProcess(Path directory, ClientOptions options) throws IOException {
        this.directory = directory;
        this.options = options;
        http = new HttpTransport(HttpSettings.DEFAULT);
        clouds = new TestClouds(options);
        build = LocalBuild.in(
                directory.resolve("workspace"), directory.resolve("archive"), OutputStream.nullOutputStream(), clouds);
    }

    /** @param arguments name of the {@link Growth}, size, directory; the login comes as an openrc in {@code OPENRC} */
    public static void main(String[] arguments) throws Exception {
        GrowthProcess process =
                new GrowthProcess(Path.of(arguments[2]), ClientOptions.ofFile(System.getenv("OPENRC"), ""));
        Growth growth = Growth.valueOf(arguments[0]);
        int size = Integer.parseInt(arguments[1]);
        growth.run(process, growth.sizes()[0]);
        long start = System.nanoTime();
        growth.run(process, size);
        System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
        System.exit(0);
    }

    /** Id of an image that nothing was done with yet. */
    String nextImage() {
        return images.next();
    }

    Path directory() {
        return directory;
    }

    Session session() throws OpenStackException {
        return new Session(http, options.toLogin("bench"));
    }

    Glance glance() throws OpenStackException {
        return Glance.of(session());
    }

    void upload(String name, IfExists ifExists, Map<String, String> properties) throws Exception {
        Growth.upload(session(), Growth.image(name, properties), ifExists, directory.resolve("workspace/small.raw"));
    }

    /** In the one build of this process. */
    Void pipeline(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("Jenkinsfile-" + UUID.randomUUID()), script);
        try {
            Pipeline.run(
                    file,
                    build,
                    Map.of("BUILD_URL", "http://jenkins/job/bench/1/", "JOB_NAME", "bench", "BUILD_NUMBER", "1"));
            return null;
        } finally {
            Files.delete(file);
        }
    }
}
