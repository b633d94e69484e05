package io.jenkins.plugins.imagefactory.jenkins.run;

import static io.jenkins.plugins.imagefactory.jenkins.ServedPages.page;
import static io.jenkins.plugins.imagefactory.jenkins.run.KeptResults.image;
import static io.jenkins.plugins.imagefactory.jenkins.run.KeptResults.share;
import static io.jenkins.plugins.imagefactory.jenkins.run.KeptResults.uploaded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import io.jenkins.plugins.imagefactory.jenkins.freestyle.GlanceUploadBuilder;
import io.jenkins.plugins.imagefactory.jenkins.result.ImageInGlance;
import io.jenkins.plugins.imagefactory.jenkins.result.UploadedImage;
import io.jenkins.plugins.imagefactory.jenkins.step.GlanceUploadStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;
import org.jvnet.localizer.LocaleProvider;

/** What a build keeps is on its page and in its {@code api/json}, and outlives Jenkins and versions of the plugin. */
@WithJenkins
class BuildPageJenkinsTest {

    @Test
    void thePageShowsImagesFilesRunsAndTemplates(JenkinsRule jenkins) throws Exception {
        configureCloud("https://cloud.example.com/dashboard/");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("images"));
        archive(build, "out put/debian+12.qcow2", "target/stack.yaml", "packer-logs/debian-20261121-053000.log");
        KeptResults.keepOneOfEach(ImageFactoryAction.of(build));

        String page = page(jenkins.getURL(), build.getUrl());

        assertThat(page)
                .contains(
                        "href=\"https://cloud.example.com/dashboard/project/images/"
                                + "4c71a667-a1b6-4e36-8c7c-000000000001/\"",
                        "debian 12 build 1</a>",
                        "text=\"4c71a667-a1b6-4e36-8c7c-000000000001\"",
                        "600 MiB",
                        "disk of 2.3 GiB",
                        "%064x".formatted(1),
                        "prod-a",
                        "there is no project 'prod-a'",
                        "Packer 1.6.6 ran for 12 min.",
                        "0d6f1c9e-5b1a-4a53-9d2e-8f4f2f6f7a10",
                        "Script exited with non-zero exit status: 3.",
                        "Copy the id of debian 12 build 1",
                        "target/stack.yaml</a>")
                .contains("/job/images/1/artifact/out%20put/debian+12.qcow2\"");
        for (String link : List.of(
                "artifact/out%20put/debian+12.qcow2",
                "artifact/target/stack.yaml", "artifact/packer-logs/debian-20261121-053000.log/*view*/")) {
            assertThat(page).contains("/job/images/1/" + link + "\"");
            assertThat(page(jenkins.getURL(), build.getUrl() + link)).isEqualTo("archived");
        }
    }

    @Test
    void anOperationThatFailedIsOnThePageWithALinkToItsPlaceInTheConsole(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("failing");
        job.getBuildersList().add(new GlanceUploadBuilder(new GlanceUploadStep("disk.qcow2")));
        FreeStyleBuild build = job.scheduleBuild2(0).get();
        String sentence =
                "no file matches 'disk.qcow2' in " + build.getWorkspace().getRemote();

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("[glanceUpload] failed\nERROR: " + sentence, build);
        assertThat(page(jenkins.getURL(), build.getUrl()))
                .contains("glanceUpload", sentence)
                .contains("/job/failing/1/consoleFull#:~:text=no%20file%20matches%20%27disk.qcow2%27%20in%20");
        assertThat(kept(jenkins, build).path("failures"))
                .extracting(
                        failure -> failure.path("step").asText(),
                        failure -> failure.path("sentence").asText())
                .containsExactly(tuple("glanceUpload", sentence));
    }

    @Test
    void ofAPipelineThatTriesAHundredTimesAndMoreTheFirstHundredFailuresAreKept(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                for (int i = 0; i < 101; i++) {
                    try {
                        glanceShare image: 'i', projects: 'p', cloud: 'none'
                    } catch (e) {
                        echo "try again"
                    }
                }
                """, true));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        assertThat(build.getAction(ImageFactoryAction.class).getFailures())
                .hasSize(100)
                .allSatisfy(failure -> assertThat(failure.getSentence()).contains("no OpenStack cloud"));
        assertThat(page(jenkins.getURL(), build.getUrl())).contains("consoleFull#:~:text=");
    }

    @Test
    void underTheErrorOfAPackerBuildStandTheLinesThatItPrintedLastWithTheLogBesideThem(JenkinsRule jenkins)
            throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("images"));
        archive(build, "packer-logs/web.log");
        KeptResults.keepFailedRun(ImageFactoryAction.of(build), "one & two", "sh: 1: foo: not found");

        assertThat(page(jenkins.getURL(), build.getUrl()))
                .containsPattern("(?s)Script exited: 127.*/job/images/1/artifact/packer-logs/web.log/\\*view\\*/\""
                        + ".*one &amp; two\nsh: 1: foo: not found\n");
        build.reload();
        assertThat(build.getAction(ImageFactoryAction.class)
                        .getPackerRuns()
                        .get(0)
                        .getBuilds()
                        .get(0)
                        .getLastLines())
                .containsExactly("one & two", "sh: 1: foo: not found");
    }

    @Test
    void whatAllImagesHaveInCommonIsSaidOnceAndAFailedShareBelowItsImage(JenkinsRule jenkins) throws Exception {
        configureCloud(null);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("images"));
        ImageFactoryAction kept = ImageFactoryAction.of(build);
        for (int number = 1; number <= 3; number++) {
            kept.imageUploaded(uploaded(number, 10));
            kept.imageShared(image(number, 10), List.of(share("dev", "accepted", null)));
        }
        kept.imageShared(image(2, 10), List.of(share("prod", null, "there is no project 'prod'")));

        String page = page(jenkins.getURL(), build.getUrl());

        assertThat(page)
                .containsOnlyOnce("In project factory of cloud mycloud.")
                .containsOnlyOnce("Shared with: dev accepted.")
                .doesNotContain("Show all")
                .containsPattern(
                        "(?s)class=\"image-factory-below\".{1,200}Not shared with prod:.{1,200}there is no project");
    }

    @Test
    void filesThatAreNoLongerArchivedAreNoLinks(JenkinsRule jenkins) throws Exception {
        configureCloud(null);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("images"));
        KeptResults.keepOneOfEach(ImageFactoryAction.of(build));

        assertThat(page(jenkins.getURL(), build.getUrl()))
                .contains("out put/debian+12.qcow2", "target/stack.yaml")
                .doesNotContain("artifact/out", "artifact/target", "artifact/packer", "/project/images/");
    }

    @Test
    void thoseWhoReadFrenchReadFrench(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("images");
        job.getBuildersList().add(new GlanceUploadBuilder(new GlanceUploadStep("disk.qcow2")));
        FreeStyleBuild build = job.scheduleBuild2(0).get();
        KeptResults.keepOneOfEach(ImageFactoryAction.of(build));

        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.FRENCH;
            }
        });
        try {
            assertThat(page(jenkins.getURL(), build.getUrl()))
                    .contains(
                            "Images dans OpenStack",
                            "Copier l'identifiant de debian 12 build 1",
                            "disque de 2,3 Gio",
                            "En échec",
                            "acceptée",
                            "Packer 1.6.6 a tourné pendant");
            assertThat(page(jenkins.getURL(), job.getUrl())).contains("Images les plus récentes", "créée il y a ");
            assertThat(page(jenkins.getURL(), job.getUrl() + "configure"))
                    .contains("Image OpenStack : envoyer à Glance", "Fichier d'image", "Mémoire minimale, Mio");
        } finally {
            LocaleProvider.setProvider(LocaleProvider.DEFAULT);
        }
    }

    @Test
    void theApiTellsTheSame(JenkinsRule jenkins) throws Exception {
        configureCloud("https://cloud.example.com/dashboard");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("images"));
        KeptResults.keepOneOfEach(ImageFactoryAction.of(build));

        JsonNode kept = kept(jenkins, build);

        JsonNode image = kept.path("images").path(0);
        assertThat(image.path("id").asText()).isEqualTo("4c71a667-a1b6-4e36-8c7c-000000000001");
        assertThat(image.path("size").asLong()).isEqualTo(600L << 20);
        assertThat(image.path("sha256").asText()).isEqualTo("%064x".formatted(1));
        assertThat(image.path("horizonUrl").asText())
                .isEqualTo("https://cloud.example.com/dashboard/project/images/4c71a667-a1b6-4e36-8c7c-000000000001/");
        assertThat(image.path("shares"))
                .extracting(
                        share -> share.path("name").asText(),
                        share -> share.path("status").asText(),
                        share -> share.path("error").asText())
                .containsExactly(
                        tuple("dev", "accepted", "null"), tuple("prod-a", "null", "there is no project 'prod-a'"));
        assertThat(kept.path("imageFiles").path(0).path("artifact").asText())
                .isEqualTo("artifact/out%20put/debian+12.qcow2");
        assertThat(kept.path("packerRuns")
                        .path(0)
                        .path("builds")
                        .path(1)
                        .path("status")
                        .asText())
                .isEqualTo("failure");
        assertThat(kept.path("heatTemplates").path(0).path("output").asText()).isEqualTo("target/stack.yaml");
    }

    @Test
    void sharingAgainReplacesWhatWasKnownOfAProject(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        ImageFactoryAction kept = ImageFactoryAction.of(build);
        kept.imageShared(image(7, 1), List.of(share("dev", "pending", null), share("test", "accepted", null)));

        kept.imageShared(image(7, 1), List.of(share("dev", "accepted", null)));

        assertThat(kept.getImages())
                .singleElement()
                .satisfies(shared -> assertThat(shared.getShares())
                        .extracting(ProjectShare::getName, ProjectShare::getStatus)
                        .containsExactly(tuple("dev", "accepted"), tuple("test", "accepted")));
        assertThat(kept.uploadedImages()).as("it was not uploaded here").isEmpty();
    }

    @Test
    @LocalData
    void aBuildOfVersionOneIsReadAndGivesEverythingBack(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild before = ((FreeStyleProject) jenkins.jenkins.getItem("images")).getBuildByNumber(1);
        FreeStyleBuild now = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        KeptResults.keepOneOfEach(ImageFactoryAction.of(now));
        EnvVars environment = new EnvVars();

        ImageFactoryAction kept = before.getAction(ImageFactoryAction.class);

        assertThat(kept.uploadedImages())
                .isEqualTo(now.getAction(ImageFactoryAction.class).uploadedImages());
        assertThat(kept)
                .usingRecursiveComparison()
                .ignoringFields("run")
                .isEqualTo(now.getAction(ImageFactoryAction.class));
        kept.buildEnvironment(before, environment);
        assertThat(environment)
                .containsEntry("IMAGE_FILE", "out put/debian+12.qcow2")
                .containsEntry("IMAGE_SHA256", "%064x".formatted(1))
                .containsEntry("IMAGE_ID", "4c71a667-a1b6-4e36-8c7c-000000000001")
                .containsEntry("IMAGE_NAME", "debian 12 build 1")
                .containsEntry("HEAT_TEMPLATE", "target/stack.yaml");
        assertThat(page(jenkins.getURL(), before.getUrl())).contains("debian 12 build 1");
        assertThat(action(now)).isEqualTo(action(before));
    }

    /** Of {@code build.xml}, without the versions of plugins. */
    private static String action(Run<?, ?> build) throws IOException {
        String xml = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
        String name = ImageFactoryAction.class.getName();
        return xml.substring(xml.indexOf("<" + name), xml.indexOf("</" + name + ">"))
                .replaceFirst(" plugin=\"[^\"]*\"", "");
    }

    @Test
    void otherVersionsMayKnowMoreOrLess(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        String action = """
                <actions><PACKAGE.ImageFactoryAction>
                  <images><PACKAGE.GlanceImage>
                    <id>4c71a667</id><name>old</name><laterField>x</laterField><uploaded>true</uploaded>
                  </PACKAGE.GlanceImage></images>
                  <packerRuns><PACKAGE.FinishedPackerRun/></packerRuns>
                  <imageFiles><PACKAGE.ImageFile/></imageFiles>
                  <laterList><string>y</string></laterList>
                </PACKAGE.ImageFactoryAction>""".replace("PACKAGE", ImageFactoryAction.class.getPackageName());
        Path xml = build.getRootDir().toPath().resolve("build.xml");
        Files.writeString(
                xml,
                Files.readString(xml)
                        .replaceFirst(
                                "<actions/?>",
                                action.replace("$", "\\$")
                                        + (Files.readString(xml).contains("<actions/>") ? "</actions>" : "")));

        build.reload();

        ImageFactoryAction kept = build.getAction(ImageFactoryAction.class);
        assertThat(kept.getHeatTemplates()).isEmpty();
        assertThat(kept.uploadedImages())
                .singleElement()
                .extracting(UploadedImage::image)
                .extracting(ImageInGlance::name, ImageInGlance::tags)
                .containsExactly("old", List.of());
        assertThat(page(jenkins.getURL(), build.getUrl())).contains("4c71a667");
        assertThat(kept(jenkins, build).path("images")).hasSize(1);
    }

    @Test
    void eachOfFiftyImagesOfABuildIsOnItsPageOnce(JenkinsRule jenkins) throws Exception {
        configureCloud("https://cloud.example.com/dashboard");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("images"));
        ImageFactoryAction kept = ImageFactoryAction.of(build);
        for (int number = 1; number <= 50; number++) {
            kept.imageUploaded(uploaded(number, number * 1_000_000L));
            kept.imageShared(
                    image(number, number), List.of(share("dev", "accepted", null), share("prod", "pending", null)));
            KeptResults.keepImageFile(kept);
        }

        assertThat(Pattern.compile(">debian 12 build (\\d+)</a>")
                        .matcher(page(jenkins.getURL(), build.getUrl()))
                        .results()
                        .map(image -> Integer.valueOf(image.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
        assertThat(page(jenkins.getURL(), build.getUrl())).contains("Show all 50");
    }

    private static void configureCloud(String horizonUrl) {
        OpenStackCloud cloud = new OpenStackCloud("mycloud", "https://cloud.example.com:5000/v3", "");
        cloud.setHorizonUrl(horizonUrl);
        OpenStackClouds.get().setClouds(List.of(cloud));
    }

    private static void archive(Run<?, ?> build, String... paths) throws IOException {
        for (String path : paths) {
            Path file = build.getRootDir().toPath().resolve("archive").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "archived");
        }
    }

    private static JsonNode kept(JenkinsRule jenkins, Run<?, ?> build) throws IOException {
        for (JsonNode action : new ObjectMapper()
                .readTree(page(jenkins.getURL(), build.getUrl() + "api/json"))
                .path("actions")) {
            if (action.path("_class").asText().equals(ImageFactoryAction.class.getName())) {
                return action;
            }
        }
        throw new AssertionError("api/json has no " + ImageFactoryAction.class.getSimpleName());
    }
}
