package io.jenkins.plugins.imagefactory.browser;

import static io.jenkins.plugins.imagefactory.browser.Accessibility.assertNothingSerious;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.demo.QuickstartJenkins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Every view of the plugin keeps nobody out, light or dark, and keeps to Jenkins' Content Security Policy. */
@ExtendWith(BrowserExtension.class)
@ResourceLock("the Jenkins of the browser")
class ViewsJenkinsIT {
    private static final String JOB = "images";
    private static final Path JENKINSFILE = Path.of("src", "test", "resources", "browser", "Jenkinsfile");
    private static final By OWN_SUMMARIES = By.xpath(
            "//tr[contains(@class, 'app-summary')][.//*[contains(@class, 'image-factory-table') or contains(@class, 'image-factory-failures')]]");

    private static final By OWN_FIELDS = By.xpath("//div[contains(@class, 'jenkins-form-item')]"
            + "[div/a[contains(@helpurl, 'io.jenkins.plugins.imagefactory')]]");

    @BeforeAll
    static void buildSomeImages(QuickstartJenkins jenkins) throws Exception {
        jenkins.createPipeline(JOB, Files.readString(JENKINSFILE));
        jenkins.createFreestyleJob("steps");
        for (int build = 1; build <= 6; build++) {
            StringBuilder console = new StringBuilder();
            assertThat(jenkins.build(JOB, console::append))
                    .as(console.toString())
                    .isEqualTo("SUCCESS");
        }
    }

    /** The Pipeline functions of the plugin. */
    static List<String> functions() throws IOException {
        return Pattern.compile("(?m)^## (\\w+)$")
                .matcher(Files.readString(Path.of("docs", "steps.md")))
                .results()
                .map(heading -> heading.group(1))
                .toList();
    }

    @Test
    void thePolicyIsEnforcedAndWhatBreaksItIsNoticed(QuickstartJenkins jenkins, Browser browser) throws Exception {
        browser.open("job/" + JOB + "/");
        assertThat(browser.complaints()).isEmpty();

        browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=\"nowhere\" onerror=\"alert(1)\">')");

        browser.await("the violation", () -> !browser.complaints().isEmpty());
        assertThat(jenkins.header("job/" + JOB + "/", "Content-Security-Policy"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void thePageOfABuild(String colours, Browser browser) {
        browser.prefer(colours);
        browser.open("job/" + JOB + "/6/");

        browser.find(By.xpath("//h2[.='Images in OpenStack']"));
        List<WebElement> summaries = browser.findAll(OWN_SUMMARIES);
        assertThat(summaries).hasSize(4);
        summaries.forEach(summary -> assertNothingSerious(browser, summary));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1280})
    void nothingOfThePageOfABuildIsCutAndNobodyKeptOutHoweverNarrowTheWindow(int width, Browser browser) {
        browser.widen(width);
        browser.open("job/" + JOB + "/6/");
        browser.find(By.xpath("//h2[.='Images in OpenStack']"));
        browser.photograph("build-page-" + width);

        assertThat(browser.run("return [...document.querySelectorAll('.image-factory-scroll')]"
                        + ".filter(it => it.scrollWidth > it.clientWidth"
                        + " || it.getBoundingClientRect().right > innerWidth).map(it => it.outerHTML)"))
                .isEqualTo(List.of());
        browser.findAll(OWN_SUMMARIES).forEach(summary -> assertNothingSerious(browser, summary));
    }

    @Test
    void theFailureOfAnOperationLeadsToItsPlaceInTheConsole(QuickstartJenkins jenkins, Browser browser)
            throws Exception {
        jenkins.createPipeline("failing", "node('builder') { dir('new') { glanceUpload 'disk.qcow2' } }");
        assertThat(jenkins.build("failing", line -> {})).isEqualTo("FAILURE");
        for (int width : List.of(400, 1280)) {
            browser.widen(width);
            browser.open("job/failing/1/");
            assertNothingSerious(browser, browser.find(OWN_SUMMARIES));
            browser.photograph("failed-operation-" + width);
        }
        assertThat(browser.find(By.className("image-factory-failures")).getText())
                .contains("glanceUpload", "there is no 'disk.qcow2': the directory ");

        browser.click(browser.find(By.xpath("//ul[@class='image-factory-failures']//a[.='Console']")));

        browser.await("the console is there", () -> browser.count(By.cssSelector("pre.console-output")) == 1);
        assertThat(browser.find(By.cssSelector("pre.console-output")).getText())
                .contains("[glanceUpload] failed\nERROR: there is no 'disk.qcow2': the directory ");
    }

    @Test
    void ofManyRowsTenAreShownUntilSomebodyAsksForAll(QuickstartJenkins jenkins, Browser browser) throws Exception {
        jenkins.createPipeline("many", """
                node('builder') {
                    writeFile file: 'disk.img', text: 'x' * 512
                    for (int i = 1; i <= 12; i++) { glanceUpload file: 'disk.img', name: "many $i", diskFormat: 'raw' }
                }
                """);
        StringBuilder console = new StringBuilder();
        assertThat(jenkins.build("many", console::append))
                .as(console.toString())
                .isEqualTo("SUCCESS");
        browser.open("job/many/1/");
        By rows = By.cssSelector(".image-factory-images > tbody");
        browser.find(rows);
        browser.photograph("many-images");
        assertThat(browser.count(rows)).isEqualTo(10);

        browser.click(browser.find(By.cssSelector(".image-factory-all > summary")));

        browser.await("all rows", () -> browser.count(rows) == 12);
        browser.open("job/many/");
        browser.find(By.className("image-factory-newest"));
        assertThat(browser.count(By.cssSelector(".image-factory-newest > li"))).isEqualTo(10);
        assertNothingSerious(browser, browser.find(By.className("image-factory-job")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void thePageOfAJob(String colours, Browser browser) {
        browser.prefer(colours);
        browser.open("job/" + JOB + "/");

        WebElement images = browser.find(By.className("image-factory-job"));
        browser.photograph("job-page-" + colours);
        assertNothingSerious(browser, images);
        assertThat(browser.count(By.cssSelector(".image-factory-chart--size circle")))
                .isEqualTo(6);
    }

    @Test
    void theIdOfAnImageIsCopiedWithAClick(Browser browser) {
        browser.open("job/" + JOB + "/6/");
        WebElement id = browser.find(By.cssSelector(".image-factory-images .image-factory-copied"));
        WebElement button = browser.find(id, By.cssSelector("button"));
        assertThat(button.getAccessibleName()).isEqualTo("Copy the id of debian 12 build 6");

        browser.click(button);

        browser.await("it is confirmed", () -> button.getDomAttribute("class").contains("--copied"));
        browser.await(
                "the id is copied",
                () -> browser.clipboard().equals(id.getText().strip()));
        assertThat(button.getRect().getX()
                        - id.findElement(By.tagName("code")).getRect().getX()
                        - id.findElement(By.tagName("code")).getRect().getWidth())
                .as("pixels between the text and its button")
                .isBetween(0, 20);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theFormOfAStepInANarrowWindow(String function, Browser browser) {
        browser.widen(400);
        Form form = SnippetGenerator.open(browser, JOB).chooseFunction(function).openAllAdvanced();

        assertNothingSerious(browser, form.element());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theFormOfAStep(String function, Browser browser) {
        browser.prefer("dark");
        Form form = SnippetGenerator.open(browser, JOB).chooseFunction(function);
        assertNothingSerious(browser, form.element());

        browser.prefer("light");
        form.openAllAdvanced();

        assertNothingSerious(browser, form.element());
    }

    @Test
    void theFormOfABuildStep(Browser browser) {
        FreestyleJobPage page = FreestyleJobPage.open(browser, "steps");

        assertNothingSerious(
                browser,
                page.addBuildStep("OpenStack image: upload to Glance")
                        .openAllAdvanced()
                        .element());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openstack-password", "openstack-application-credential"})
    void theFormOfCredentials(String id, Browser browser) {
        browser.open("manage/credentials/store/system/domain/_/credential/" + id + "/");
        browser.clickButton("Update credential");

        browser.find(OWN_FIELDS);
        browser.findAll(OWN_FIELDS).forEach(field -> assertNothingSerious(browser, field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theFormOfACloud(String colours, Browser browser) {
        browser.prefer(colours);

        assertNothingSerious(
                browser, SystemPage.open(browser).cloud(0).openAllAdvanced().element());
    }
}
