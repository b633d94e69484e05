package io.jenkins.plugins.imagefactory.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.demo.QuickstartJenkins;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.OpenStackExtension;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openqa.selenium.By;

/** Somebody who has never seen the plugin, and reads nothing but the labels of Jenkins' pages. */
@ExtendWith({OpenStackExtension.class, BrowserExtension.class})
@ResourceLock("the Jenkins of the browser")
class NewcomerJenkinsIT {
    private static final String JOB = "my first image";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @Test
    void getsFromACloudToTheIdOfAnImage(QuickstartJenkins jenkins, Browser browser, OpenStack openStack)
            throws Exception {
        addACloud(browser, openStack);
        createAJob(browser);
        jenkins.checkOut(JOB);
        browser.clickLink("Build Now");

        String id = awaitTheImage(browser);

        assertThat(openStack.image(id).path("status").asText()).isEqualTo("active");
        assertThat(openStack.members(id)).hasSize(2);
    }

    @AfterEach
    void deleteTheCloud(Browser browser) {
        SystemPage page = SystemPage.open(browser);
        page.cloud(1).delete();
        page.save();
    }

    private static void addACloud(Browser browser, OpenStack openStack) {
        SystemPage page = SystemPage.open(browser);
        Form cloud = page.addCloud()
                .type("Name", "lab")
                .type("Keystone address", openStack.authUrl().toString())
                .choose("Credentials", "builder/****** (Builder of the test cloud)")
                .type("Default project", "factory");
        browser.click(browser.find(cloud.element(), By.xpath(".//button[normalize-space()='Test connection']")));
        browser.find(cloud.element(), By.xpath(".//*[contains(text(), \"project 'factory'\")]"));
        page.save();
    }

    private static void createAJob(Browser browser) {
        browser.open("");
        browser.clickLink("New Item");
        browser.find(By.xpath("//input[@id=//label[normalize-space()='Enter an item name']/@for]"))
                .sendKeys(JOB);
        browser.click(browser.find(By.xpath("//li[.//*[normalize-space()='Freestyle project']]")));
        browser.clickButton("OK");
        FreestyleJobPage page = FreestyleJobPage.shown(browser);
        page.addBuildStep("OpenStack image: build with Packer")
                .type("Template", "image.json")
                .type("Variables", "base_image=${BASE_IMAGE}");
        page.addBuildStep("OpenStack image: upload to Glance")
                .type("Image file", "${IMAGE_FILE}")
                .choose("OpenStack cloud", "lab");
        page.addBuildStep("OpenStack image: share with projects")
                .type("Image", "${IMAGE_ID}")
                .type("Share with projects", "dev\nprod-a")
                .choose("OpenStack cloud", "lab");
        page.addBuildStep("OpenStack stack: render Heat templates")
                .type("Templates", "stack.yaml.j2")
                .type("Variable files", "build-vars.yml");
        page.save();
    }

    /** Until the build has ended, which takes as long as the machine lets it. */
    private static String awaitTheImage(Browser browser) throws InterruptedException {
        boolean ended = false;
        while (!ended) {
            Thread.sleep(2000);
            browser.open("job/" + JOB.replace(" ", "%20") + "/1/");
            ended = !browser.findAll(By.xpath("//*[contains(text(), 'Took ')]")).isEmpty();
            for (var section :
                    browser.findAll(By.xpath("//*[normalize-space()='Images in OpenStack']/following::table[1]"))) {
                Matcher id = ID.matcher(section.getText());
                if (id.find() && section.getText().contains("prod-a accepted")) {
                    return id.group();
                }
            }
        }
        throw new AssertionError("the build's page shows no image: "
                + browser.find(By.tagName("body")).getText());
    }
}
