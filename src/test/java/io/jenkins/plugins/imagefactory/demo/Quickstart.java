package io.jenkins.plugins.imagefactory.demo;

import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import io.jenkins.plugins.imagefactory.runner.TestClouds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** One run of {@code docs/examples/quickstart/Jenkinsfile} in a fresh workspace, against a test cloud. */
final class Quickstart {
    private static final Path EXAMPLE = Path.of("docs", "examples", "quickstart");

    private final OpenStack cloud;
    private final Path directory;

    /** @param directory gets {@code workspace/} and {@code artifacts/}; its earlier content goes */
    Quickstart(OpenStack cloud, Path directory) {
        this.cloud = cloud;
        this.directory = directory.toAbsolutePath();
    }

    Path artifacts() {
        return directory.resolve("artifacts");
    }

    /** What the build recorded about itself. */
    ImageFactoryAction run(OutputStream console) throws IOException {
        FileTree.delete(directory);
        Path workspace = directory.resolve("workspace");
        FileTree.copy(EXAMPLE, workspace);
        try (TestClouds clouds = new TestClouds(cloud, User.BUILDER)) {
            LocalBuild build = LocalBuild.in(workspace, artifacts(), console, clouds);
            Pipeline.run(
                    workspace.resolve("Jenkinsfile"),
                    build,
                    Map.of("BASE_IMAGE", BaseDisk.path().toString(), "BUILD_NUMBER", "1", "JOB_NAME", "quickstart"));
            return build.action(ImageFactoryAction.class);
        }
    }
}
