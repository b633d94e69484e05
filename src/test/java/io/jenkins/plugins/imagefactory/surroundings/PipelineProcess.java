package io.jenkins.plugins.imagefactory.surroundings;

import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.PipelineFailure;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.nio.file.Path;
import java.util.Map;

/** A process of its own for {@link ClockIT}: runs a Jenkinsfile with its console, and tells at last what came of it. */
public final class PipelineProcess {
    static final String SUCCESS = "The Pipeline has ended well";

    private PipelineProcess() {}

    /** @param arguments Jenkinsfile, directory of the build, and a clouds.yaml */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        String yaml = java.nio.file.Files.readString(Path.of(arguments[2]));
        try (TestClouds clouds = new TestClouds(ClientOptions.ofFile(yaml, TestClouds.NAME))) {
            LocalBuild build =
                    LocalBuild.in(directory.resolve("workspace"), directory.resolve("archive"), System.out, clouds);
            Pipeline.run(Path.of(arguments[0]), build, Map.of());
            System.out.println(SUCCESS);
        } catch (PipelineFailure e) {
            System.out.println("It has failed: " + e.getMessage());
        }
        System.exit(0);
    }
}
