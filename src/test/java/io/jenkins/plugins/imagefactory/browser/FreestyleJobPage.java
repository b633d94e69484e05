package io.jenkins.plugins.imagefactory.browser;

import org.openqa.selenium.By;

/** The configuration of a freestyle job. */
final class FreestyleJobPage {
    private final Browser browser;

    private FreestyleJobPage(Browser browser) {
        this.browser = browser;
    }

    static FreestyleJobPage open(Browser browser, String job) {
        browser.open("job/" + job + "/configure");
        return new FreestyleJobPage(browser);
    }

    /** The one that the browser shows. */
    static FreestyleJobPage shown(Browser browser) {
        return new FreestyleJobPage(browser);
    }

    Form addBuildStep(String title) {
        browser.clickButton("Add build step");
        browser.click(browser.find(
                By.xpath("//*[contains(@class, 'jenkins-dropdown__item')][normalize-space()='" + title + "']")));
        return buildStep(title);
    }

    /** The first build step of that title. */
    Form buildStep(String title) {
        return new Form(
                browser,
                browser.find(By.xpath("//div[@name='builder'][normalize-space(*[contains(@class, "
                        + "'repeated-chunk__header')]/text()[normalize-space()])='" + title + "']")));
    }

    void save() {
        browser.save();
    }
}
