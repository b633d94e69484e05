package io.jenkins.plugins.imagefactory.jenkins;

import java.nio.file.Path;
import org.jvnet.hudson.test.injected.InjectedTestBase;

/** What Jenkins asks of every plugin: each Jelly view parses and holds no inline script, each text is well encoded. */
class InjectedJenkinsTest extends InjectedTestBase {
    private static final String CLASSES = System.getProperty("buildDirectory") + "/classes";

    InjectedJenkinsTest() {
        super(
                "io.jenkins.plugins",
                "openstack-image-factory",
                "1.0",
                Path.of(CLASSES).toAbsolutePath().toString(),
                false,
                true);
    }
}
