package io.jenkins.plugins.imagefactory.browser;

import org.openqa.selenium.By;

/** Manage Jenkins → System. */
final class SystemPage {
    private static final String CLOUDS =
            "//*[contains(@class, 'repeated-chunk__header')][starts-with(normalize-space(), 'OpenStack cloud')]/..";

    private final Browser browser;

    private SystemPage(Browser browser) {
        this.browser = browser;
    }

    static SystemPage open(Browser browser) {
        browser.open("manage/configure");
        return new SystemPage(browser);
    }

    /** Adds an OpenStack cloud after those there are. */
    Form addCloud() {
        int before = clouds();
        browser.clickButton("Add cloud");
        return cloud(before);
    }

    /** How many there are. */
    int clouds() {
        browser.find(By.name("Submit"));
        return browser.count(By.xpath(CLOUDS));
    }

    /** @param index from 0 */
    Form cloud(int index) {
        return new Form(browser, browser.find(By.xpath("(" + CLOUDS + ")[" + (index + 1) + "]")));
    }

    void save() {
        browser.save();
    }
}
