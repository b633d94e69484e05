package io.jenkins.plugins.imagefactory.jenkins.masking;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The same in a real Jenkins, whose plugins know how shells write secrets: without it they know of none. */
@WithJenkins
class MaskingJenkinsTest extends MaskingTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }
}
