package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.remoting.Channel;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackPassword;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** What an agent that has never seen this plugin fetches of it for its first upload, from a Jenkins with packaged plugins. */
@ExtendWith(OpenStackExtension.class)
class NewAgentJenkinsTest {
    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-Djenkins.model.Jenkins.slaveAgentPort=-1");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void theFirstUploadFetchesClassesInABoundedNumberOfRoundTripsAndTheSecondNone(OpenStack cloud) throws Throwable {
        controller.startJenkins();
        agents.createAgent(
                controller,
                InboundAgentExtension.Options.newBuilder()
                        .name("remote")
                        .label("builder")
                        .webSocket()
                        .build());
        try {
            controller.runRemotely(NewAgentJenkinsTest::upload, cloud.authUrl().toString());
        } finally {
            cloud.deleteImages("of a new agent");
        }
    }

    private static void upload(JenkinsRule jenkins, String authUrl) throws Throwable {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StoredOpenStackPassword(
                        CredentialsScope.GLOBAL,
                        "password",
                        "",
                        User.BUILDER.name(),
                        Secret.fromString(User.BUILDER.password())));
        OpenStackCloud configured = new OpenStackCloud("testcloud", authUrl, "password");
        configured.setProject("factory");
        OpenStackClouds.get().setClouds(List.of(configured));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "uploads");
        job.setDefinition(new CpsFlowDefinition("""
                node('builder') {
                    writeFile file: 'disk.raw', text: 'x' * 2000
                    def start = System.currentTimeMillis()
                    glanceUpload file: 'disk.raw', name: 'of a new agent', diskFormat: 'raw'
                    echo "upload took ${System.currentTimeMillis() - start} ms"
                }
                """, false));

        Fetched before = fetched(jenkins);
        long first = millis(jenkins, job);
        Fetched afterFirst = fetched(jenkins);
        long second = millis(jenkins, job);
        Fetched afterSecond = fetched(jenkins);

        System.out.println("first upload " + first + " ms, second " + second + " ms; " + before + ", " + afterFirst
                + ", " + afterSecond);
        assertThat(afterFirst.classes() - before.classes()).isLessThan(MOST_ROUND_TRIPS);
        assertThat(afterSecond.classes() - afterFirst.classes()).isLessThan(5);
    }

    private static final long MOST_ROUND_TRIPS = 400;

    private static long millis(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        WorkflowRun build = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
        Matcher took = Pattern.compile("upload took ([0-9]+) ms").matcher(JenkinsRule.getLog(build));
        assertThat(took.find()).isTrue();
        return Long.parseLong(took.group(1));
    }

    private static Fetched fetched(JenkinsRule jenkins) throws Exception {
        String[] counts = jenkins.jenkins
                .getComputer("remote")
                .getChannel()
                .call(new Counts())
                .split(" ");
        return new Fetched(Long.parseLong(counts[0]), Long.parseLong(counts[1]), Long.parseLong(counts[2]));
    }

    /**
     * What an agent has fetched from its controller so far.
     *
     * @param classes that it asked for
     * @param millis that this took
     * @param resources other than classes
     */
    private record Fetched(long classes, long millis, long resources) {}

    private static final class Counts extends MasterToSlaveCallable<String, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            Channel channel = Channel.current();
            return channel.classLoadingCount.get() - channel.classLoadingPrefetchCacheCount.get() + " "
                    + channel.classLoadingTime.get() / 1_000_000 + " " + channel.resourceLoadingCount.get();
        }
    }
}
