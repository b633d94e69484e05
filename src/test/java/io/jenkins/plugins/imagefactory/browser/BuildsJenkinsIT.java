package io.jenkins.plugins.imagefactory.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.demo.QuickstartJenkins;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openqa.selenium.By;

/** The packaged plugin takes the quickstart's recipe to a shared image in a real Jenkins, whatever kind of job asks. */
@ExtendWith(BrowserExtension.class)
@ResourceLock("the Jenkins of the browser")
class BuildsJenkinsIT {
    private static final String SCRIPTED = """
            node('builder') {
                def built = packerBuild template: 'image.json', vars: [base_image: env.BASE_IMAGE, version: '2.0'], force: true
                def image = glanceUpload file: built.image, name: 'scripted', properties: [os_distro: 'linux']
                def share = glanceShare image: image.id, projects: 'dev;prod-a'
                def templates = heatRender template: 'stack.yaml.j2', varsFiles: ['build-vars.yml'], output: 'target'
                echo "${image.name} is ${image.status}, ${share.projects*.status}, ${templates[0].output}"
            }
            """;

    @AfterAll
    static void thePluginGaveNoCauseForAWarning(QuickstartJenkins jenkins) throws IOException {
        assertThat(Pattern.compile("(?m)^\\S+ \\S+ \\[id=\\d+]\t")
                        .splitAsStream(jenkins.log())
                        .filter(entry -> entry.startsWith("WARNING") || entry.startsWith("SEVERE")))
                .noneMatch(entry -> entry.contains("imagefactory") || entry.contains("image-factory"));
    }

    @Test
    void theQuickstartsDeclarativePipeline(QuickstartJenkins jenkins, Browser browser) throws Exception {
        jenkins.createPipeline("declarative", QuickstartJenkins.quickstart());

        assertThat(build(jenkins, "declarative")).contains("Launch it with: openstack stack create");
        for (String colours : List.of("light", "dark")) {
            browser.prefer(colours);
            browser.open("job/declarative/1/");
            browser.find(By.xpath("//strong[.='quickstart 1.0.1']"));
            browser.photograph("build-page-" + colours);
        }
    }

    @Test
    void aScriptedPipeline(QuickstartJenkins jenkins) throws Exception {
        jenkins.createPipeline("scripted", SCRIPTED);

        assertThat(build(jenkins, "scripted")).contains("scripted is active, [accepted, accepted], target/stack.yaml");
    }

    @Test
    void aFreestyleJobThatSomeoneConfiguredInTheBrowser(QuickstartJenkins jenkins, Browser browser) throws Exception {
        jenkins.createFreestyleJob("freestyle");
        FreestyleJobPage page = FreestyleJobPage.open(browser, "freestyle");
        page.addBuildStep("OpenStack image: build with Packer")
                .type("Template", "image.json")
                .type("Variables", "base_image=${BASE_IMAGE}\nversion=3.0.${BUILD_NUMBER}")
                .openAdvanced()
                .tick("Overwrite what an earlier build left", true);
        page.addBuildStep("OpenStack image: upload to Glance")
                .type("Image file", "${IMAGE_FILE}")
                .type("Image name", "freestyle ${BUILD_NUMBER}")
                .choose("OpenStack cloud", "mycloud")
                .openAdvanced()
                .type("Properties", "os_distro=linux\nimage_version=3.0.${BUILD_NUMBER}");
        page.addBuildStep("OpenStack image: share with projects")
                .type("Image", "${IMAGE_ID}")
                .type("Share with projects", "dev\nprod-a")
                .choose("OpenStack cloud", "mycloud");
        page.addBuildStep("OpenStack stack: render Heat templates")
                .type("Templates", "stack.yaml.j2")
                .type("Variable files", "build-vars.yml")
                .type("Output directory", "target");
        page.save();

        assertEveryFieldIsKept(FreestyleJobPage.open(browser, "freestyle"), browser);
        assertThat(build(jenkins, "freestyle")).contains("Image 'freestyle 1' is active", "prod-a  accepted");
    }

    private static void assertEveryFieldIsKept(FreestyleJobPage page, Browser browser) {
        Form packer = page.buildStep("OpenStack image: build with Packer").openAdvanced();
        assertThat(packer.value("Template")).isEqualTo("image.json");
        assertThat(packer.value("Variables")).isEqualTo("base_image=${BASE_IMAGE}\nversion=3.0.${BUILD_NUMBER}");
        assertThat(packer.isTicked("Overwrite what an earlier build left")).isTrue();
        Form upload = page.buildStep("OpenStack image: upload to Glance");
        browser.photograph(upload.element(), "freestyle");
        upload.openAdvanced();
        assertThat(upload.value("Image file")).isEqualTo("${IMAGE_FILE}");
        assertThat(upload.value("Image name")).isEqualTo("freestyle ${BUILD_NUMBER}");
        assertThat(upload.value("OpenStack cloud")).isEqualTo("mycloud");
        assertThat(upload.value("Visibility")).isEqualTo("shared");
        assertThat(upload.value("Properties")).isEqualTo("image_version=3.0.${BUILD_NUMBER}\nos_distro=linux");
        Form share = page.buildStep("OpenStack image: share with projects");
        assertThat(share.value("Image")).isEqualTo("${IMAGE_ID}");
        assertThat(share.value("Share with projects")).isEqualTo("dev\nprod-a");
        Form render = page.buildStep("OpenStack stack: render Heat templates");
        assertThat(render.value("Templates")).isEqualTo("stack.yaml.j2");
        assertThat(render.value("Variable files")).isEqualTo("build-vars.yml");
        assertThat(render.value("Output directory")).isEqualTo("target");
    }

    private static String build(QuickstartJenkins jenkins, String job) throws Exception {
        StringBuilder console = new StringBuilder();
        String result = jenkins.build(job, console::append);
        assertThat(result).as(console.toString()).isEqualTo("SUCCESS");
        return console.toString();
    }
}
