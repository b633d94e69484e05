package io.jenkins.plugins.imagefactory.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.credentials.StoredOpenStackPassword;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatStackBuildWrapper;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatStackBuilder;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.HeatStackDeleteBuilder;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackDeleteStep;
import io.jenkins.plugins.imagefactory.jenkins.step.HeatStackStep;
import io.jenkins.plugins.imagefactory.jenkins.step.WithHeatStackStep;
import io.jenkins.plugins.imagefactory.openstack.TestSessions;
import io.jenkins.plugins.imagefactory.openstack.orchestration.Stacks;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Stacks in a real Jenkins, launched by a real Heat; what Heat does takes seconds. */
@ExtendWith(OpenStackExtension.class)
class HeatStackJenkinsTest {
    private static final String SLOW = """
            heat_template_version: 2018-08-31
            parameters:
              word: {type: string, default: none}
            resources:
              slow:
                type: OS::Heat::TestResource
                properties: {value: ready, action_wait_secs: {create: 8, delete: 8}}
            outputs:
              word: {value: {get_param: word}}
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final OpenStack cloud;
    private final Stacks stacks;

    HeatStackJenkinsTest(OpenStack cloud) {
        this.cloud = cloud;
        cloud.heat(Project.FACTORY);
        stacks = Stacks.of(TestSessions.of(cloud, User.BUILDER, Project.FACTORY));
    }

    @Test
    void aStackOutlivesARestartInEveryPhase() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            WorkflowRun build = start(jenkins, """
                    def inside = withHeatStack(name: 'restarted', parameters: [word: 'kept'], template: '''%s''') {
                        echo "inside ${env.STACK_NAME}"
                        sleep 8
                        echo "still inside with ${env.STACK_OUTPUT_WORD}"
                        'what the block gave'
                    }
                    echo "behind it: ${inside}"
                    """);
            jenkins.waitForMessage("slow CREATE_IN_PROGRESS", build);
        });
        sessions.then(jenkins -> jenkins.waitForMessage("inside restarted", build(jenkins)));
        sessions.then(jenkins -> jenkins.waitForMessage("slow DELETE_IN_PROGRESS", build(jenkins)));
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("Jenkins is back: going on with stack 'restarted'", build);
            jenkins.assertLogContains("still inside with kept", build);
            jenkins.assertLogContains("behind it: what the block gave", build);
            assertThat(build.getLog(1000))
                    .filteredOn(line -> line.contains("inside restarted"))
                    .hasSize(1);
            assertThat(stacks.find("restarted")).isEmpty();
        });
    }

    @Test
    void anAbortedBlockLosesItsStack() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            WorkflowRun build = start(jenkins, """
                    withHeatStack(name: 'aborted', template: '''%s''') {
                        echo 'inside'
                        sleep 600
                    }
                    """);
            jenkins.waitForMessage("inside", build);
            build.getExecutor().interrupt();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("is gone", build);
            assertThat(stacks.find("aborted")).isEmpty();
        });
    }

    /** The console tells of the stack before the block is there. */
    @Test
    void aBlockThatIsAbortedJustWhenItsStackIsCompleteLosesIt() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            WorkflowRun build = start(jenkins, """
                    withHeatStack(name: 'aborted-at-once', template: '''%s''') { sleep 600 }
                    """);
            while (!JenkinsRule.getLog(build).contains("is CREATE_COMPLETE")) {
                Thread.sleep(1);
            }
            build.getExecutor().interrupt();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            while (stacks.find("aborted-at-once").isPresent()) {
                Thread.sleep(100);
            }
        });
    }

    @Test
    void aBlockWhoseAgentIsLostLosesItsStack() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            DumbSlave agent = jenkins.createSlave("remote", "remote", null);
            WorkflowRun build = start(jenkins, """
                    node('remote') {
                        withHeatStack(name: 'agentless', template: '''%s''') {
                            echo 'inside'
                            sleep 4
                            error 'enough'
                        }
                    }
                    """);
            jenkins.waitForMessage("inside", build);
            agent.getComputer().disconnect(null).get();

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("enough", build);
            assertThat(stacks.find("agentless")).isEmpty();
        });
    }

    @Test
    void freestyleJobsLaunchAndDeleteStacks() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            FreeStyleProject job = jenkins.createFreeStyleProject();
            jenkins.jenkins.getWorkspaceFor(job).child("slow.yaml").write(SLOW, "UTF-8");
            HeatStackStep launch = new HeatStackStep("slow.yaml");
            launch.setName("freestyle-${BUILD_NUMBER}");
            launch.setParameters(Map.of("word", "${JOB_BASE_NAME}"));
            job.getBuildersList().add(new HeatStackBuilder(launch));
            job.getBuildersList().add(new HeatStackDeleteBuilder(new HeatStackDeleteStep("freestyle-${BUILD_NUMBER}")));

            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("Stack 'freestyle-1'", build);
            assertThat(stacks.find("freestyle-1")).isEmpty();
            assertThat(withoutStyles(jenkins).getPage(build).asNormalizedText())
                    .contains("Stacks", "freestyle-1", "CREATE_COMPLETE", "word: " + job.getName());
        });
    }

    @Test
    void theBuildStepsOfAFreestyleJobRunInAStackWhichIsGoneAfterwards() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            FreeStyleProject job = jenkins.createFreeStyleProject();
            jenkins.jenkins.getWorkspaceFor(job).child("slow.yaml").write(SLOW, "UTF-8");
            WithHeatStackStep around = new WithHeatStackStep("slow.yaml");
            around.setName("around-${BUILD_NUMBER}");
            around.setParameters(Map.of("word", "a-word"));
            job.getBuildWrappersList().add(new HeatStackBuildWrapper(around));
            job.getBuildersList().add(new Shell("echo \"in $STACK_NAME with $STACK_OUTPUT_WORD\"; exit 1"));

            jenkins.configRoundtrip(job);
            assertThat(job.getBuildWrappersList()
                            .get(HeatStackBuildWrapper.class)
                            .getStep())
                    .usingRecursiveComparison()
                    .isEqualTo(around);
            FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            jenkins.assertLogContains("in around-1 with a-word", build);
            jenkins.assertLogContains("is gone", build);
            assertThat(stacks.find("around-1")).isEmpty();
            assertThat(withoutStyles(jenkins).getPage(build).asNormalizedText())
                    .containsPattern("CREATE_COMPLETE\\s+deleted");
        });
    }

    @Test
    void aFreestyleJobThatFailsKeepsItsStackIfThatIsWishedForAndSaysHowItGoes() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            FreeStyleProject job = jenkins.createFreeStyleProject();
            jenkins.jenkins.getWorkspaceFor(job).child("slow.yaml").write(SLOW, "UTF-8");
            WithHeatStackStep around = new WithHeatStackStep("slow.yaml");
            around.setName("kept-by-freestyle");
            around.setKeepOnFailure(true);
            job.getBuildWrappersList().add(new HeatStackBuildWrapper(around));
            job.getBuildersList().add(new Shell("exit 1"));

            FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            String id = stacks.find("kept-by-freestyle").orElseThrow().id();
            jenkins.assertLogContains("stays: delete it with heatStackDelete '" + id, build);
            job.getBuildWrappersList().clear();
            job.getBuildersList().clear();
            job.getBuildersList().add(new HeatStackDeleteBuilder(new HeatStackDeleteStep(id)));
            jenkins.buildAndAssertSuccess(job);
            assertThat(stacks.find("kept-by-freestyle")).isEmpty();
        });
    }

    /** HtmlUnit does not know all selectors of our style sheet. */
    private static JenkinsRule.WebClient withoutStyles(JenkinsRule jenkins) {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setCssEnabled(false);
        return client;
    }

    private void configure() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StoredOpenStackPassword(
                        CredentialsScope.GLOBAL,
                        "password",
                        "",
                        User.BUILDER.name(),
                        Secret.fromString(User.BUILDER.password())));
        SystemCredentialsProvider.getInstance().save();
        OpenStackCloud configured =
                new OpenStackCloud("testcloud", cloud.authUrl().toString(), "password");
        configured.setProject("factory");
        OpenStackClouds.get().setClouds(List.of(configured));
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "stacks");
        job.setDefinition(new CpsFlowDefinition(script.formatted(SLOW), true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("stacks", WorkflowJob.class).getBuildByNumber(1);
    }
}
