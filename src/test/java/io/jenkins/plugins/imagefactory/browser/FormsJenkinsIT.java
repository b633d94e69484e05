package io.jenkins.plugins.imagefactory.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.demo.QuickstartJenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** A person fills in the plugin's forms in a real Jenkins. */
@ExtendWith(BrowserExtension.class)
@ResourceLock("the Jenkins of the browser")
class FormsJenkinsIT {
    private static final String PIPELINE = "any-pipeline";

    @BeforeAll
    static void createAPipeline(QuickstartJenkins jenkins) throws Exception {
        jenkins.createPipeline(PIPELINE, "");
    }

    @Test
    void aCloudThatWasAddedIsThereAfterSavingUntilItIsDeleted(Browser browser) {
        SystemPage before = SystemPage.open(browser);
        before.addCloud()
                .type("Name", "staging")
                .type("Keystone address", "https://staging.example.com:5000/v3")
                .choose("Credentials", "builder/****** (Builder of the test cloud)")
                .type("Default project", "images")
                .openAdvanced()
                .type("User domain", "users")
                .type("Project domain", "projects")
                .type("Region", "RegionTwo")
                .choose("Endpoint interface", "internal");
        before.save();

        Form saved = SystemPage.open(browser).cloud(1);

        assertThat(saved.value("Name")).isEqualTo("staging");
        assertThat(saved.value("Keystone address")).isEqualTo("https://staging.example.com:5000/v3");
        assertThat(saved.value("Credentials")).isEqualTo("builder/****** (Builder of the test cloud)");
        assertThat(saved.value("Default project")).isEqualTo("images");
        assertThat(saved.element()
                        .findElement(By.className("repeated-chunk__header"))
                        .getText())
                .contains("OpenStack cloud", "staging");
        browser.photograph(saved.element(), "cloud");
        saved.openAdvanced();
        assertThat(saved.value("User domain")).isEqualTo("users");
        assertThat(saved.value("Project domain")).isEqualTo("projects");
        assertThat(saved.value("Region")).isEqualTo("RegionTwo");
        assertThat(saved.value("Endpoint interface")).isEqualTo("internal");
        SystemPage after = SystemPage.open(browser);
        after.cloud(1).delete();
        after.save();
        assertThat(SystemPage.open(browser).clouds()).isEqualTo(1);
    }

    @Test
    void theSnippetGeneratorWritesNoParameterThatKeepsItsDefault(Browser browser) {
        SnippetGenerator generator = SnippetGenerator.open(browser, PIPELINE);

        generator.choose("packerBuild: OpenStack image: build with Packer").type("Template", "image.json");
        assertThat(generator.generate()).isEqualTo("packerBuild 'image.json'");
        generator.choose("glanceUpload: OpenStack image: upload to Glance").type("Image file", "image.qcow2");
        assertThat(generator.generate()).isEqualTo("glanceUpload 'image.qcow2'");
        generator
                .choose("glanceShare: OpenStack image: share with projects")
                .type("Image", "debian 12")
                .type("Share with projects", "dev");
        assertThat(generator.generate()).isEqualTo("glanceShare image: 'debian 12', projects: ['dev']");
        generator.choose("heatRender: OpenStack stack: render Heat templates").type("Templates", "stack.yaml.j2");
        assertThat(generator.generate()).isEqualTo("heatRender 'stack.yaml.j2'");
        generator.choose("withOpenStack: OpenStack: log clients in to a cloud");
        assertThat(generator.generate()).isEqualTo("withOpenStack {\n    // some block\n}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packerBuild: OpenStack image: build with Packer",
                "glanceUpload: OpenStack image: upload to Glance",
                "glanceShare: OpenStack image: share with projects",
                "heatRender: OpenStack stack: render Heat templates",
                "imageConvert: OpenStack image: convert for another platform",
                "diskImageBuild: OpenStack image: build with diskimage-builder"
            })
    void everyStepAndEachOfItsFieldsIsExplained(String step, Browser browser) {
        Form form = SnippetGenerator.open(browser, PIPELINE).choose(step).openAdvanced();

        assertThat(form.help()).hasSizeGreaterThan(4).noneMatch(help -> help.contains("ERROR"));
    }

    @Test
    void theBlockThatLogsClientsInIsExplained(Browser browser) {
        Form form =
                SnippetGenerator.open(browser, PIPELINE).choose("withOpenStack: OpenStack: log clients in to a cloud");

        assertThat(form.help()).hasSize(6).noneMatch(help -> help.contains("ERROR"));
    }

    @Test
    void everyFieldOfACloudIsExplained(Browser browser) {
        Form form = SystemPage.open(browser).cloud(0).openAdvanced();

        assertThat(form.help()).hasSize(14).noneMatch(help -> help.contains("ERROR"));
    }

    @Test
    void listsAndMapsSayHowTheyAreWrittenAndAreTwoLinesHighUntilTheyGrow(Browser browser) {
        Form form = SnippetGenerator.open(browser, PIPELINE).chooseFunction("glanceShare");
        WebElement projects = form.field("Share with projects");
        assertThat(projects.getDomAttribute("placeholder")).isEqualTo("dev\nprod-a");
        int height = projects.getRect().getHeight();
        assertThat(height).isBetween(40, 100);

        projects.sendKeys("a\nb\nc\nd\ne\nf");

        assertThat(projects.getRect().getHeight()).isGreaterThan(height);
    }

    @Test
    void theSnippetGeneratorWritesPackerBuild(Browser browser) {
        SnippetGenerator generator = SnippetGenerator.open(browser, PIPELINE);
        generator
                .choose("packerBuild: OpenStack image: build with Packer")
                .type("Template", "image.json")
                .type("Variables", "base=a b\nversion=1")
                .type("Variable files", "one.json\ntwo.json")
                .openAdvanced()
                .type("Only these builds", "qemu")
                .type("Images", "out/*.qcow2")
                .tick("Overwrite what an earlier build left", true)
                .tick("Archive the images", false);

        assertThat(generator.generate())
                .isEqualTo("packerBuild archiveImages: false, force: true, images: 'out/*.qcow2', only: ['qemu'], "
                        + "template: 'image.json', varFiles: ['one.json', 'two.json'], "
                        + "vars: [base: 'a b', version: '1']");
    }

    @Test
    void theSnippetGeneratorWritesGlanceUpload(Browser browser) {
        SnippetGenerator generator = SnippetGenerator.open(browser, PIPELINE);
        generator
                .choose("glanceUpload: OpenStack image: upload to Glance")
                .type("Image file", "output/*.qcow2")
                .type("Image name", "debian 12")
                .choose("OpenStack cloud", "mycloud")
                .type("Project that owns the image", "factory")
                .choose("Visibility", "private")
                .openAdvanced()
                .choose("Disk format", "qcow2")
                .type("Minimum disk, GiB", "4")
                .type("Minimum memory, MiB", "512")
                .type("Tags", "debian\nstable")
                .type("Properties", "os_distro=debian")
                .tick("Protected", true)
                .tick("Hidden", true);

        assertThat(generator.generate())
                .isEqualTo("glanceUpload cloud: 'mycloud', diskFormat: 'qcow2', file: 'output/*.qcow2', hidden: true, "
                        + "minDisk: 4, minRam: 512, name: 'debian 12', project: 'factory', "
                        + "properties: [os_distro: 'debian'], 'protected': true, tags: ['debian', 'stable'], "
                        + "visibility: 'private'");
    }

    @Test
    void theSnippetGeneratorWritesGlanceShare(Browser browser) {
        SnippetGenerator generator = SnippetGenerator.open(browser, PIPELINE);
        generator
                .choose("glanceShare: OpenStack image: share with projects")
                .type("Image", "debian 12")
                .type("Share with projects", "dev\nprod")
                .choose("OpenStack cloud", "(the only one: mycloud)")
                .openAdvanced()
                .tick("Accept the image in the projects", false);

        assertThat(generator.generate())
                .isEqualTo("glanceShare accept: false, image: 'debian 12', projects: ['dev', 'prod']");
        browser.photograph(generator.element(), "snippet-generator");
    }

    @Test
    void theSnippetGeneratorWritesHeatRender(Browser browser) {
        SnippetGenerator generator = SnippetGenerator.open(browser, PIPELINE);
        generator
                .choose("heatRender: OpenStack stack: render Heat templates")
                .type("Templates", "templates/*.j2")
                .type("Variables", "flavor=m1.small")
                .type("Variable files", "vars.yml")
                .type("Output directory", "target")
                .openAdvanced()
                .tick("Archive the rendered files", false);

        assertThat(generator.generate())
                .isEqualTo("heatRender archive: false, output: 'target', template: 'templates/*.j2', "
                        + "vars: [flavor: 'm1.small'], varsFiles: ['vars.yml']");
    }

    @Test
    void theProjectsOfTheCloudAreOfferedWhileSomebodyTypes(Browser browser) {
        Form form = SnippetGenerator.open(browser, PIPELINE)
                .choose("glanceUpload: OpenStack image: upload to Glance")
                .choose("OpenStack cloud", "mycloud");
        browser.await("the form has the projects", () -> (Boolean) browser.run(
                "return performance.getEntriesByType('resource').some(it => it.name.endsWith('/fillProjectItems'))"));
        form.type("Project that owns the image", "prod");
        browser.await("two projects are offered", () -> browser.count(By.className("jenkins-dropdown__item")) == 2);
        browser.click(
                browser.find(By.xpath("//*[contains(@class, 'jenkins-dropdown__item')][normalize-space()='prod-b']")));

        assertThat(form.value("Project that owns the image")).isEqualTo("prod-b");
    }
}
