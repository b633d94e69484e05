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
    private static final By OWN_SUMMARIES =
            By.xpath("//tr[contains(@class, 'app-summary')][.//*[contains(@class, 'image-factory-table')]]");

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
        assertThat(browser.policyViolations()).isEmpty();

        browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=\"nowhere\" onerror=\"alert(1)\">')");

        browser.await("the violation", () -> !browser.policyViolations().isEmpty());
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
        WebElement id = browser.find(By.cssSelector(".image-factory-digest"));

        browser.click(browser.find(id, By.cssSelector("button")));

        browser.await(
                "the id is copied",
                () -> browser.clipboard().equals(id.getText().strip()));
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
