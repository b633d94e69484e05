package io.jenkins.plugins.imagefactory.browser;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Pipeline Syntax → Snippet Generator of a job. */
final class SnippetGenerator {
    private final Browser browser;

    private SnippetGenerator(Browser browser) {
        this.browser = browser;
    }

    static SnippetGenerator open(Browser browser, String job) {
        browser.open("job/" + job + "/pipeline-syntax/");
        return new SnippetGenerator(browser);
    }

    /** @param step function and title, such as {@code "sh: Shell Script"} */
    Form choose(String step) {
        new Select(browser.find(By.cssSelector("select.dropdownList"))).selectByVisibleText(step);
        return new Form(browser, browser.find(By.cssSelector(".dropdownList-container")));
    }

    /** @param function such as {@code sh} */
    Form chooseFunction(String function) {
        Select steps = new Select(browser.find(By.cssSelector("select.dropdownList")));
        return choose(steps.getOptions().stream()
                .map(WebElement::getText)
                .filter(step -> step.startsWith(function + ":"))
                .findFirst()
                .orElseThrow());
    }

    /** The whole form, with the snippet. */
    WebElement element() {
        return browser.find(By.name("config"));
    }

    /** The snippet for what the form holds. */
    String generate() {
        WebElement snippet = browser.find(By.id("prototypeText"));
        String before = snippet.getDomProperty("value");
        browser.clickButton("Generate Pipeline Script");
        return browser.await("another snippet", () -> {
            String text = snippet.getDomProperty("value");
            return text.equals(before) ? null : text;
        });
    }
}
