package io.jenkins.plugins.imagefactory.jenkins.job;

import static io.jenkins.plugins.imagefactory.jenkins.ServedPages.page;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackCloud;
import io.jenkins.plugins.imagefactory.jenkins.cloud.OpenStackClouds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job's page shows its latest image and a trend, and looks at few builds for it. */
@WithJenkins
class JobPageJenkinsTest {
    private static final Path BUILD = Path.of("src/test/resources/io/jenkins/plugins/imagefactory/jenkins/run"
            + "/BuildPageJenkinsTest/aBuildOfVersionOneIsReadAndGivesEverythingBack/jobs/images/builds/1/build.xml");
    private static final long START = 1_795_238_400_000L;

    @Test
    void theLatestImageStandsThereWithItsIdAgeAndBuild(JenkinsRule jenkins) throws Exception {
        OpenStackCloud cloud = new OpenStackCloud("mycloud", "https://cloud.example.com:5000/v3", "");
        cloud.setHorizonUrl("https://cloud.example.com/dashboard");
        OpenStackClouds.get().setClouds(List.of(cloud));
        job(jenkins, 3);

        assertThat(page(jenkins.getURL(), "job/images/"))
                .contains("debian 12 build 3</a>", "4c71a667-a1b6-4e36-8c7c-000000000003")
                .contains("https://cloud.example.com/dashboard/project/images/4c71a667-a1b6-4e36-8c7c-000000000003/")
                .contains(" ago,", "/job/images/3/\">build #3</a>");
    }

    @Test
    void theTrendIsDrawnOnTheServerAndToldInWords(JenkinsRule jenkins) throws Exception {
        job(jenkins, 3);

        String page = page(jenkins.getURL(), "job/images/");

        assertThat(page)
                .contains("Size of the images of builds 1 to 3: between 601 MiB and 603 MiB, last 603 MiB")
                .contains("Build time of builds 1 to 3: between 11 sec and 13 sec, last 13 sec")
                .contains("<title>#2: 602 MiB</title>", "<title>#2: 12 sec</title>");
        assertThat(page.substring(page.indexOf("image-factory-job"), page.indexOf("</section>")))
                .doesNotContainPattern("<script(?![^>]* src=)| style=| on[a-z]+=");
    }

    @Test
    void theNewestImageOfEveryNameStandsThereNewestFirst(JenkinsRule jenkins) throws Exception {
        job(jenkins, 12);

        String page = page(jenkins.getURL(), "job/images/");

        assertThat(page.indexOf("build #12</a>")).isPositive().isLessThan(page.indexOf("build #11</a>"));
        assertThat(page).contains("Show all 12", "Copy the id of debian 12 build 11");
    }

    @Test
    void jobsThatMadeNoImageShowNothing(JenkinsRule jenkins) throws Exception {
        jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("plain"));

        assertThat(page(jenkins.getURL(), "job/plain/")).doesNotContain("image-factory-job", "image-factory-chart");
    }

    @Test
    void ofAThousandBuildsAPageLoadsNoMoreThanItShows(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = job(jenkins, 1000);

        assertThat(page(jenkins.getURL(), job.getUrl())).contains("debian 12 build 1000");

        assertThat(job._getRuns().getLoadedBuilds()).hasSizeLessThanOrEqualTo(ImageTrend.BUILDS + 2);
    }

    /** A job whose builds, with an image each, lie on the disk as Jenkins keeps them, and are not loaded. */
    private static FreeStyleProject job(JenkinsRule jenkins, int builds) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(builds == 1000 ? "many" : "images");
        String xml = Files.readString(BUILD);
        for (int number = 1; number <= builds; number++) {
            Path directory = Files.createDirectories(
                    job.getRootDir().toPath().resolve("builds").resolve(String.valueOf(number)));
            Files.writeString(directory.resolve("build.xml"), build(xml, number));
        }
        Files.writeString(job.getRootDir().toPath().resolve("builds/permalinks"), """
                lastCompletedBuild %1$d
                lastFailedBuild -1
                lastStableBuild %1$d
                lastSuccessfulBuild %1$d
                lastUnstableBuild -1
                lastUnsuccessfulBuild -1
                """.formatted(builds));
        jenkins.jenkins.reload();
        return (FreeStyleProject) jenkins.jenkins.getItem(job.getName());
    }

    private static String build(String xml, int number) throws IOException {
        return xml.replace("000000000001<", "%012d<".formatted(number))
                .replace("debian 12 build 1", "debian 12 build " + number)
                .replace("<size>629145600</size>", "<size>" + ((600L + number) << 20) + "</size>")
                .replace("<duration>754000<", "<duration>" + (10_000 + number * 1000) + "<")
                .replace(String.valueOf(START), String.valueOf(START + number * 60_000L));
    }
}
